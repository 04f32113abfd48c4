// Where alarms ring: a topic of its own, so that who looks after the guard can be others than who is alerted of root, and
// so that an alert's topic can be broken without the alarm about it being lost.
import { Events, Fn, SNS } from 'cloudform'
import { alarmRegion, type Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { ruleArn } from './activity-rule.ts'
import { emailSubscriptions, publishers } from './alert-topic.ts'
import { keyAlias } from './encryption-key.ts'
import { arn } from './iam.ts'
import { relayedAlarms } from './relay-alarms.ts'

/** Its logical id. */
export const topicId = 'OperationsTopic'

export const relayedAlarmsName = ({ name }: Settings) => `${name}-relayed-alarms`

export function operationsTopic(settings: Settings): Resources {
  const { id, description, pattern } = relayedAlarms(settings)
  const ruleName = relayedAlarmsName(settings)
  return merge(
    {
      [topicId]: new SNS.Topic({
        TopicName: `${settings.name}-operations`,
        DisplayName: settings.name,
        ...(settings.encryption === 'customer-key' ? { KmsMasterKeyId: keyAlias(settings) } : {}),
      }),
      OperationsTopicPolicy: new SNS.TopicPolicy({
        Topics: [Fn.Ref(topicId)],
        PolicyDocument: publishers(topicId, {
          'cloudwatch.amazonaws.com': [arn('cloudwatch', `alarm:${settings.name}-*`)],
          'events.amazonaws.com': [ruleArn(ruleName)],
        }),
      }),
      [`Relayed${id}`]: new Events.Rule({
        Name: ruleName,
        Description: `From other Regions. ${description}`,
        // Alarms of this Region ring the topic themselves.
        EventPattern: { ...pattern, region: [{ 'anything-but': alarmRegion }] },
        State: 'ENABLED',
        Targets: [
          {
            Id: 'operations',
            Arn: Fn.Ref(topicId),
            InputTransformer: {
              InputPathsMap: { alarm: '$.detail.alarmName', region: '$.region', time: '$.time' },
              InputTemplate: `"[${settings.name}] The alarm <alarm> rang in <region> at <time>"`,
            },
          },
        ],
      }).dependsOn('OperationsTopicPolicy'),
    },
    emailSubscriptions('OperationsEmail', topicId, settings.operationsEmails ?? settings.emails),
  )
}
