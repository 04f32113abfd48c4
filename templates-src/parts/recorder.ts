// AWS Config: the recorder, and the delivery channel that puts what it records into a bucket and tells a topic.
import { Config, Fn, Refs, SNS } from 'cloudform'
import { withProperties } from '../beyond-cloudform.ts'
import type { Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { emailSubscriptions } from './alert-topic.ts'
import { allowService } from './iam.ts'
import { logBucket } from './log-buckets.ts'

export const configBucket = 'ConfigBucket'

export function recorder(settings: Settings): Resources {
  return merge(
    logBucket(settings, configBucket, bucketWriters()),
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
          RecordingGroup: { AllSupported: false, IncludeGlobalResourceTypes: false, ResourceTypes: ['AWS::IAM::User'] },
        }),
        { RecordingMode: { RecordingFrequency: 'CONTINUOUS' } },
      ),
      DeliveryChannel: new Config.DeliveryChannel({
        Name: `${settings.name}-delivery`,
        S3BucketName: Fn.Ref(configBucket),
        SnsTopicARN: Fn.Ref('ConfigTopic'),
      }).dependsOn([`${configBucket}Policy`, 'ConfigTopicPolicy']),
      // Not encrypted: AWS Config does not publish to encrypted topics, says its documentation.
      ConfigTopic: new SNS.Topic({ TopicName: `${settings.name}-config`, DisplayName: settings.name }),
      ConfigTopicPolicy: new SNS.TopicPolicy({
        Topics: [Fn.Ref('ConfigTopic')],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [allowService('config.amazonaws.com', 'sns:Publish', Fn.Ref('ConfigTopic'), ofThisAccount())],
        },
      }),
    },
    // Config publishes every item it records; people want to know when a rule changes its mind.
    emailSubscriptions('ConfigEmail', 'ConfigTopic', settings.emails, {
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: { messageType: ['ComplianceChangeNotification'] },
    }),
  )
}

const ofThisAccount = () => ({ StringEquals: { 'AWS:SourceAccount': Refs.AccountId } })

function bucketWriters() {
  const service = 'config.amazonaws.com'
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
