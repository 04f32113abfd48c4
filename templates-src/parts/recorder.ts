// AWS Config: the recorder, and the delivery channel that puts what it records into a bucket and tells a topic.
import { Config, Fn, Refs, SNS } from 'cloudform'
import { withProperties } from '../beyond-cloudform.ts'
import type { Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { rootRuleNames } from './activity-rule.ts'
import { emailSubscriptions } from './alert-topic.ts'
import type { KeyUser } from './encryption-key.ts'
import { allowService } from './iam.ts'
import { type BucketStatement, logBucket } from './log-buckets.ts'

const service = 'config.amazonaws.com'

/** The recorder and its delivery channel; nothing where the account's own is reused. */
export function recorder(settings: Settings): Resources {
  if (settings.recorder === 'reuse') return {}
  const own = ownConfigBucket(settings)
  // Both look at what they were given when they are made, so the policies come first.
  const allowed = [...own.map((id) => `${id}Policy`), 'ConfigTopicPolicy']
  return merge(
    own.length > 0 ? logBucket(settings, bucketId, configWriters()) : {},
    {
      Recorder: withProperties(
        'AWS::Config::ConfigurationRecorder',
        new Config.ConfigurationRecorder({
          Name: `${settings.name}-recorder`,
          // The service-linked role is made before the deploy: CloudFormation fails on one that exists already.
          RoleARN: Fn.Sub(
            `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
            {},
          ),
          RecordingGroup: recorded[settings.recording],
        }),
        { RecordingMode: { RecordingFrequency: 'CONTINUOUS' } },
      ).dependsOn(allowed),
      DeliveryChannel: new Config.DeliveryChannel({
        Name: `${settings.name}-delivery`,
        S3BucketName: settings.buckets.config ?? Fn.Ref(bucketId),
        SnsTopicARN: Fn.Ref('ConfigTopic'),
      }).dependsOn(allowed),
      // Not encrypted: AWS Config does not publish to encrypted topics, says its documentation.
      ConfigTopic: new SNS.Topic({ TopicName: `${settings.name}-config`, DisplayName: settings.name }),
      ConfigTopicPolicy: new SNS.TopicPolicy({
        Topics: [Fn.Ref('ConfigTopic')],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [allowService(service, 'sns:Publish', Fn.Ref('ConfigTopic'), ofThisAccount())],
        },
      }),
    },
    // Config publishes every item it records; people want to know when one of these two rules changes its mind.
    emailSubscriptions('ConfigEmail', 'ConfigTopic', settings.emails, {
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: { messageType: ['ComplianceChangeNotification'], configRuleName: rootRuleNames(settings) },
    }),
  )
}

/** The logical id of AWS Config's bucket, where this guard makes one. */
export function ownConfigBucket({ recorder, buckets }: Settings): readonly string[] {
  return recorder === 'create' && buckets.config === undefined ? [bucketId] : []
}

/** What lets AWS Config write under a key of the account's own. */
export function recorderUsesKey({ recorder }: Settings): readonly KeyUser[] {
  return recorder === 'reuse' ? [] : [{ service, Condition: ofThisAccount(), describes: true }]
}

const bucketId = 'ConfigBucket'

const recorded = {
  'iam-users': { AllSupported: false, IncludeGlobalResourceTypes: false, ResourceTypes: ['AWS::IAM::User'] },
  all: { AllSupported: true, IncludeGlobalResourceTypes: true },
} satisfies Record<Settings['recording'], object>

const ofThisAccount = () => ({ StringEquals: { 'AWS:SourceAccount': Refs.AccountId } })

/** What AWS Config does to its bucket, ours or the owner's. */
export function configWriters(): readonly BucketStatement[] {
  return [
    {
      Sid: 'ConfigChecks',
      Service: service,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      path: '',
      Condition: ofThisAccount(),
    },
    {
      Sid: 'ConfigWrites',
      Service: service,
      Action: 's3:PutObject',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
      path: '/AWSLogs/${AWS::AccountId}/Config/*',
      Condition: {
        StringEquals: { 'AWS:SourceAccount': Refs.AccountId, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
  ]
}
