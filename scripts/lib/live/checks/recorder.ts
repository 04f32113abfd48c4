// AWS Config: is it recording, does what it records arrive, are the rules on? CloudFormation sees none of this.
import {
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelStatusCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service'
import { aws } from '../../aws.ts'
import { gone, type LiveCheck, type Observation } from '../check.ts'
import { differencesOfDocuments, differencesWithin } from '../compare.ts'

interface RecordingGroup {
  readonly ResourceTypes?: unknown
  readonly AllSupported?: unknown
  readonly IncludeGlobalResourceTypes?: unknown
}

export const recorderChecks = {
  'AWS::Config::ConfigurationRecorder': {
    actions: ['config:DescribeConfigurationRecorders', 'config:DescribeConfigurationRecorderStatus'],
    covers: ['RecordingGroup', 'RecordingMode', 'RoleARN'],
    fixed: ['Name'],
    look: async ({ properties, physicalId }, region) => {
      const name = String(properties.Name ?? physicalId)
      const { ConfigurationRecorders = [] } = await aws
        .config(region)
        .send(new DescribeConfigurationRecordersCommand({ ConfigurationRecorderNames: [name] }))
      const { ConfigurationRecordersStatus = [] } = await aws
        .config(region)
        .send(new DescribeConfigurationRecorderStatusCommand({ ConfigurationRecorderNames: [name] }))
      const [recorder, status] = [ConfigurationRecorders[0], ConfigurationRecordersStatus[0]]
      if (recorder === undefined) return [gone]
      const group = properties.RecordingGroup as RecordingGroup | undefined
      const mode = properties.RecordingMode as
        | { RecordingFrequency?: unknown; RecordingModeOverrides?: unknown }
        | undefined
      const { recordingFrequency = 'CONTINUOUS', recordingModeOverrides = [] } = recorder.recordingMode ?? {}
      return [
        ...recording(name, status?.recording === true, region),
        ...lastRecord('recording', status?.lastStatus, status?.lastErrorMessage),
        ...differencesWithin('RoleARN', properties.RoleARN, recorder.roleARN),
        ...differencesWithin(
          'RecordingGroup.ResourceTypes',
          group?.ResourceTypes,
          recorder.recordingGroup?.resourceTypes,
        ),
        ...differencesWithin('RecordingGroup.AllSupported', group?.AllSupported, recorder.recordingGroup?.allSupported),
        // IAM's users are such a type.
        ...differencesWithin(
          'RecordingGroup.IncludeGlobalResourceTypes',
          group?.IncludeGlobalResourceTypes,
          recorder.recordingGroup?.includeGlobalResourceTypes ?? false,
        ),
        // A user that is recorded once a day is an alert that comes a day late.
        ...differencesWithin('RecordingMode.RecordingFrequency', mode?.RecordingFrequency, recordingFrequency),
        ...(mode === undefined || mode.RecordingModeOverrides !== undefined
          ? []
          : differencesOfDocuments('RecordingMode.RecordingModeOverrides', [], recordingModeOverrides)),
      ]
    },
  },

  'AWS::Config::DeliveryChannel': {
    actions: ['config:DescribeDeliveryChannels', 'config:DescribeDeliveryChannelStatus'],
    covers: ['S3BucketName', 'SnsTopicARN'],
    fixed: ['Name'],
    look: async ({ properties, physicalId }, region) => {
      const names = { DeliveryChannelNames: [String(properties.Name ?? physicalId)] }
      const { DeliveryChannels = [] } = await aws.config(region).send(new DescribeDeliveryChannelsCommand(names))
      const { DeliveryChannelsStatus = [] } = await aws
        .config(region)
        .send(new DescribeDeliveryChannelStatusCommand(names))
      const [channel, status] = [DeliveryChannels[0], DeliveryChannelsStatus[0]]
      if (channel === undefined) return [gone]
      const history = status?.configHistoryDeliveryInfo
      const stream = status?.configStreamDeliveryInfo
      return [
        ...differencesWithin('S3BucketName', properties.S3BucketName, channel.s3BucketName),
        ...differencesWithin('SnsTopicARN', properties.SnsTopicARN, channel.snsTopicARN),
        ...lastRecord('history delivery', history?.lastStatus, history?.lastErrorMessage),
        ...lastRecord('stream delivery', stream?.lastStatus, stream?.lastErrorMessage),
      ]
    },
  },

  'AWS::Config::ConfigRule': {
    actions: ['config:DescribeConfigRules'],
    covers: ['MaximumExecutionFrequency', 'Source'],
    fixed: ['ConfigRuleName'],
    look: async ({ properties, physicalId }, region) => {
      const ConfigRuleNames = [String(properties.ConfigRuleName ?? physicalId)]
      const { ConfigRules = [] } = await aws.config(region).send(new DescribeConfigRulesCommand({ ConfigRuleNames }))
      const [rule] = ConfigRules
      if (rule === undefined) return [gone]
      const { Source, MaximumExecutionFrequency } = properties
      return [
        ...differencesWithin('ConfigRuleState', 'ACTIVE', rule.ConfigRuleState),
        ...differencesWithin('', { Source, MaximumExecutionFrequency }, rule),
      ]
    },
  },
} satisfies Record<string, LiveCheck>

function recording(name: string, isRecording: boolean, region: string): readonly Observation[] {
  const hint = `a deploy does not start it: aws configservice start-configuration-recorder --region ${region} --configuration-recorder-name ${name}`
  return isRecording ? [] : [{ what: 'recording', wished: 'true', found: 'false', hint }]
}

/** Right after a deploy there is no status yet; only a failure is one. */
function lastRecord(what: string, status: string | undefined, message = ''): readonly Observation[] {
  if (!/^failure$/i.test(status ?? '')) return []
  const hint = 'the bucket policy, the topic policy or the service-linked role refuses AWS Config'
  return [{ what: `last status of the ${what}`, wished: 'Success', found: `${status}: ${message}`, hint }]
}
