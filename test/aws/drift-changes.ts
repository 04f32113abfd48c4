// Changes made behind the stacks' back: one of every kind that the live checks look for, and how drift must name it.
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  GetRestApiCommand,
  UpdateIntegrationCommand,
  UpdateMethodCommand,
  UpdateResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway'
import { CloudTrailClient, PutEventSelectorsCommand, StopLoggingCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient, DisableAlarmActionsCommand, PutDashboardCommand } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, DeleteRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  ConfigServiceClient,
  DeleteConfigRuleCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service'
import { DynamoDBClient, UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import {
  DisableRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  AttachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CreateKeyCommand,
  DisableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms'
import {
  AddPermissionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import {
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns'
import { DeleteQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { strToU8, zipSync } from 'fflate'
import type { Fakecloud } from './fakecloud.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

export interface Change {
  /** What somebody did, as a sentence. */
  readonly did: string
  readonly region: 'us-east-1' | 'ap-northeast-2'
  /** The logical id, or how it begins. */
  readonly resource: string
  readonly what: string | RegExp
  /** `id` answers a resource's physical id. */
  readonly make: (at: Account) => Promise<unknown>
}

export interface Account {
  readonly aws: Fakecloud
  readonly id: (region: Change['region'], logicalId: string) => string
}

const virginia = ({ aws }: Account) => clientConfig(aws.endpoint, 'us-east-1')
const seoul = ({ aws }: Account) => clientConfig(aws.endpoint, 'ap-northeast-2')
const s3 = (at: Account) => new S3Client({ ...seoul(at), forcePathStyle: true })
const anyone = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }] })
const openTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
})
const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})
const method = (at: Account) => ({
  restApiId: at.id('us-east-1', 'Api'),
  resourceId: at.id('us-east-1', 'Alerts'),
  httpMethod: 'POST',
})

// biome-ignore format: a change a row
export const changes: readonly Change[] = [
  { did: 'the rule was disabled', region: 'us-east-1', resource: 'RootActivityRule', what: 'State',
    make: (at) => new EventBridgeClient(virginia(at)).send(new DisableRuleCommand({ Name: 'root-guard-root-activity' })) },
  { did: 'digests were made to be looked for once a day', region: 'us-east-1', resource: 'SweepRule', what: 'ScheduleExpression',
    make: (at) => new EventBridgeClient(virginia(at)).send(new PutRuleCommand({ Name: 'root-guard-sweep', ScheduleExpression: 'rate(1 day)', State: 'ENABLED' })) },
  { did: "the phones' target was taken off the rule", region: 'us-east-1', resource: 'RootActivityRule', what: 'Targets.phones',
    make: (at) => new EventBridgeClient(virginia(at)).send(new RemoveTargetsCommand({ Rule: 'root-guard-root-activity', Ids: ['phones'] })) },
  { did: "the relay's pattern was narrowed", region: 'ap-northeast-2', resource: 'RelayRootActivityRule', what: 'EventPattern',
    make: (at) => new EventBridgeClient(seoul(at)).send(new PutRuleCommand({ Name: 'root-guard-relay-root-activity', EventPattern: '{"source":["nobody"]}', State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' })) },
  { did: 'a stranger was made a target', region: 'ap-northeast-2', resource: 'RelayRootActivityRule', what: 'Targets.stranger',
    make: (at) => new EventBridgeClient(seoul(at)).send(new PutTargetsCommand({ Rule: 'root-guard-relay-root-activity', Targets: [{ Id: 'stranger', Arn: 'arn:aws:sqs:ap-northeast-2:444455556666:theirs' }] })) },
  { did: "a role's trust was opened", region: 'us-east-1', resource: 'RuleToApiRole', what: 'trust',
    make: (at) => new IAMClient(virginia(at)).send(new UpdateAssumeRolePolicyCommand({ RoleName: 'root-guard-rule-to-api', PolicyDocument: openTrust })) },
  { did: "a role's policy was widened", region: 'us-east-1', resource: 'NotifierRole', what: 'policy notifier',
    make: (at) => new IAMClient(virginia(at)).send(new PutRolePolicyCommand({ RoleName: 'root-guard-notify', PolicyName: 'notifier', PolicyDocument: everything })) },
  { did: 'a role was given a second policy', region: 'ap-northeast-2', resource: 'RelayRole', what: 'policy more',
    make: (at) => new IAMClient(seoul(at)).send(new PutRolePolicyCommand({ RoleName: 'root-guard-relay-ap-northeast-2', PolicyName: 'more', PolicyDocument: everything })) },
  { did: 'a managed policy was attached to a role', region: 'us-east-1', resource: 'NotifierRole', what: 'attached policies',
    make: (at) => new IAMClient(virginia(at)).send(new AttachRolePolicyCommand({ RoleName: 'root-guard-notify', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })) },
  { did: "the topic's policy was replaced", region: 'us-east-1', resource: 'AlertTopicPolicy', what: 'policy',
    make: (at) => new SNSClient(virginia(at)).send(new SetTopicAttributesCommand({ TopicArn: at.id('us-east-1', 'AlertTopic'), AttributeName: 'Policy', AttributeValue: anyone('sns:Publish') })) },
  { did: 'an address was unsubscribed', region: 'us-east-1', resource: 'Email', what: /^subscription of security@example\.com$/,
    make: (at) => new SNSClient(virginia(at)).send(new UnsubscribeCommand({ SubscriptionArn: at.id('us-east-1', 'Email') })) },
  { did: "a subscription's filter was changed", region: 'ap-northeast-2', resource: 'ConfigEmail', what: 'FilterPolicy',
    make: (at) => new SNSClient(seoul(at)).send(new SetSubscriptionAttributesCommand({ SubscriptionArn: at.id('ap-northeast-2', 'ConfigEmail'), AttributeName: 'FilterPolicy', AttributeValue: '{"messageType":["Nothing"]}' })) },
  { did: "the dead letters' policy was replaced", region: 'us-east-1', resource: 'DeadLettersPolicy', what: 'policy',
    make: (at) => new SQSClient(virginia(at)).send(new SetQueueAttributesCommand({ QueueUrl: at.id('us-east-1', 'DeadLetters'), Attributes: { Policy: anyone('sqs:*') } })) },
  { did: 'dead letters were made to lie for an hour only', region: 'us-east-1', resource: 'DeadLetters', what: 'MessageRetentionPeriod',
    make: (at) => new SQSClient(virginia(at)).send(new SetQueueAttributesCommand({ QueueUrl: at.id('us-east-1', 'DeadLetters'), Attributes: { MessageRetentionPeriod: '3600' } })) },
  { did: 'a queue was deleted', region: 'ap-northeast-2', resource: 'DeadLetters', what: 'the resource',
    make: (at) => new SQSClient(seoul(at)).send(new DeleteQueueCommand({ QueueUrl: at.id('ap-northeast-2', 'DeadLetters') })) },
  { did: 'the recorder was stopped', region: 'ap-northeast-2', resource: 'Recorder', what: 'recording',
    make: (at) => new ConfigServiceClient(seoul(at)).send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: 'root-guard-recorder' })) },
  { did: 'the recorder was made to record something else', region: 'ap-northeast-2', resource: 'Recorder', what: 'RecordingGroup.ResourceTypes',
    make: (at) => new ConfigServiceClient(seoul(at)).send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'root-guard-recorder', roleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', recordingGroup: { allSupported: false, resourceTypes: ['AWS::SQS::Queue'] } } })) },
  { did: 'the delivery channel was pointed at another bucket', region: 'ap-northeast-2', resource: 'DeliveryChannel', what: 'S3BucketName',
    make: (at) => new ConfigServiceClient(seoul(at)).send(new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'root-guard-delivery', s3BucketName: at.id('ap-northeast-2', 'TrailBucket'), snsTopicARN: at.id('ap-northeast-2', 'ConfigTopic') } })) },
  { did: 'a Config rule was deleted', region: 'ap-northeast-2', resource: 'RootMfaRule', what: 'the resource',
    make: (at) => new ConfigServiceClient(seoul(at)).send(new DeleteConfigRuleCommand({ ConfigRuleName: 'root-guard-root-mfa' })) },
  { did: 'the trail was stopped', region: 'ap-northeast-2', resource: 'Trail', what: 'IsLogging',
    make: (at) => new CloudTrailClient(seoul(at)).send(new StopLoggingCommand({ Name: 'root-guard-trail' })) },
  { did: 'the trail was made to leave out reads', region: 'ap-northeast-2', resource: 'Trail', what: 'EventSelectors',
    make: (at) => new CloudTrailClient(seoul(at)).send(new PutEventSelectorsCommand({ TrailName: 'root-guard-trail', EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] })) },
  { did: "a log bucket's policy was deleted", region: 'ap-northeast-2', resource: 'TrailBucketPolicy', what: 'policy',
    make: (at) => s3(at).send(new DeleteBucketPolicyCommand({ Bucket: at.id('ap-northeast-2', 'TrailBucket') })) },
  { did: 'a log bucket was opened to the public', region: 'ap-northeast-2', resource: 'TrailBucket', what: /^PublicAccessBlockConfiguration/,
    make: (at) => s3(at).send(new DeletePublicAccessBlockCommand({ Bucket: at.id('ap-northeast-2', 'TrailBucket') })) },
  { did: "a log bucket's versions were suspended", region: 'ap-northeast-2', resource: 'ConfigBucket', what: 'VersioningConfiguration.Status',
    make: (at) => s3(at).send(new PutBucketVersioningCommand({ Bucket: at.id('ap-northeast-2', 'ConfigBucket'), VersioningConfiguration: { Status: 'Suspended' } })) },
  { did: 'logs were made to stay for ever', region: 'ap-northeast-2', resource: 'AccessLogsBucket', what: /^LifecycleConfiguration/,
    make: (at) => s3(at).send(new DeleteBucketLifecycleCommand({ Bucket: at.id('ap-northeast-2', 'AccessLogsBucket') })) },
  { did: "a log bucket's access log was switched off", region: 'ap-northeast-2', resource: 'ConfigBucket', what: /^LoggingConfiguration/,
    make: (at) => s3(at).send(new PutBucketLoggingCommand({ Bucket: at.id('ap-northeast-2', 'ConfigBucket'), BucketLoggingStatus: {} })) },
  { did: "a log bucket's encryption was taken off", region: 'ap-northeast-2', resource: 'TrailBucket', what: /^BucketEncryption/,
    make: (at) => s3(at).send(new DeleteBucketEncryptionCommand({ Bucket: at.id('ap-northeast-2', 'TrailBucket') })) },
  { did: "the function's log was made to stay for ever", region: 'us-east-1', resource: 'NotifierLog', what: 'RetentionInDays',
    make: (at) => new CloudWatchLogsClient(virginia(at)).send(new DeleteRetentionPolicyCommand({ logGroupName: '/aws/lambda/root-guard-notify' })) },
  { did: "the function's code was replaced", region: 'us-east-1', resource: 'Notifier', what: /^code/,
    make: (at) => new LambdaClient(virginia(at)).send(new UpdateFunctionCodeCommand({ FunctionName: 'root-guard-notify', ZipFile: zipSync({ 'index.js': strToU8('exports.handler = async () => ({ statusCode: 202 })') }) })) },
  { did: "a variable was put into the function's environment", region: 'us-east-1', resource: 'Notifier', what: 'Environment.Variables.NODE_OPTIONS',
    make: (at) => new LambdaClient(virginia(at)).send(new UpdateFunctionConfigurationCommand({ FunctionName: 'root-guard-notify', Environment: { Variables: { NODE_OPTIONS: '--require /tmp/theirs.js' } } })) },
  { did: 'the function was switched off', region: 'us-east-1', resource: 'Notifier', what: 'ReservedConcurrentExecutions',
    make: (at) => new LambdaClient(virginia(at)).send(new PutFunctionConcurrencyCommand({ FunctionName: 'root-guard-notify', ReservedConcurrentExecutions: 0 })) },
  { did: 'the API lost its permission to call the function', region: 'us-east-1', resource: 'ApiInvokesFunction', what: 'permission',
    make: (at) => new LambdaClient(virginia(at)).send(new RemovePermissionCommand({ FunctionName: 'root-guard-notify', StatementId: at.id('us-east-1', 'ApiInvokesFunction').split('|')[1] })) },
  { did: 'the API was opened to unsigned calls', region: 'us-east-1', resource: 'PostAlerts', what: 'AuthorizationType',
    make: (at) => new APIGatewayClient(virginia(at)).send(new UpdateMethodCommand({ ...method(at), patchOperations: [{ op: 'replace', path: '/authorizationType', value: 'NONE' }] })) },
  { did: 'the API was pointed at another function', region: 'us-east-1', resource: 'PostAlerts', what: 'Integration.Uri',
    make: (at) => new APIGatewayClient(virginia(at)).send(new UpdateIntegrationCommand({ ...method(at), patchOperations: [{ op: 'replace', path: '/uri', value: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:theirs/invocations' }] })) },
  { did: "another role was let past the Deny of the API's policy", region: 'us-east-1', resource: 'Api', what: 'policy',
    make: async (at) => {
      const api = new APIGatewayClient(virginia(at))
      const restApiId = at.id('us-east-1', 'Api')
      const { policy = '' } = await api.send(new GetRestApiCommand({ restApiId }))
      const theirs = JSON.parse(`"${policy}"`).replace('role/root-guard-rule-to-api', 'role/theirs')
      await api.send(new UpdateRestApiCommand({ restApiId, patchOperations: [{ op: 'replace', path: '/policy', value: theirs }] }))
    } },
  { did: "the API's endpoint was switched off", region: 'us-east-1', resource: 'Api', what: 'DisableExecuteApiEndpoint',
    make: (at) => new APIGatewayClient(virginia(at)).send(new UpdateRestApiCommand({ restApiId: at.id('us-east-1', 'Api'), patchOperations: [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' }] })) },
  { did: "the API's path was moved", region: 'us-east-1', resource: 'Alert', what: 'path',
    make: (at) => new APIGatewayClient(virginia(at)).send(new UpdateResourceCommand({ restApiId: at.id('us-east-1', 'Api'), resourceId: at.id('us-east-1', 'Alert'), patchOperations: [{ op: 'replace', path: '/pathPart', value: 'theirs' }] })) },
  { did: 'the stage was made to refuse every call', region: 'us-east-1', resource: 'Stage', what: 'MethodSettings.*/*.ThrottlingRateLimit',
    make: (at) => new APIGatewayClient(virginia(at)).send(new UpdateStageCommand({ restApiId: at.id('us-east-1', 'Api'), stageName: 'live', patchOperations: [{ op: 'replace', path: '/*/*/throttling/rateLimit', value: '0' }] })) },
  { did: 'the stage was pointed at another deployment', region: 'us-east-1', resource: 'Stage', what: 'DeploymentId',
    make: async (at) => {
      const api = new APIGatewayClient(virginia(at))
      const restApiId = at.id('us-east-1', 'Api')
      const { id } = await api.send(new CreateDeploymentCommand({ restApiId }))
      await api.send(new UpdateStageCommand({ restApiId, stageName: 'live', patchOperations: [{ op: 'replace', path: '/deploymentId', value: id }] }))
    } },
  { did: 'the phones were made to get a constant instead of the event', region: 'us-east-1', resource: 'GuardTouchedRule', what: 'Targets.phones.Input',
    make: async (at) => {
      const events = new EventBridgeClient(virginia(at))
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: 'root-guard-guard-touched' }))
      const phones = Targets.filter(({ Id }) => Id === 'phones').map((target) => ({ ...target, Input: '{}' }))
      await events.send(new PutTargetsCommand({ Rule: 'root-guard-guard-touched', Targets: phones }))
    } },
  { did: 'the table was given one write a second', region: 'us-east-1', resource: 'Deliveries', what: 'BillingMode',
    make: (at) => new DynamoDBClient(virginia(at)).send(new UpdateTableCommand({ TableName: 'root-guard-deliveries', BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } })) },
  { did: "the dead letters were put under AWS's key", region: 'us-east-1', resource: 'DeadLetters', what: 'KmsMasterKeyId',
    make: (at) => new SQSClient(virginia(at)).send(new SetQueueAttributesCommand({ QueueUrl: at.id('us-east-1', 'DeadLetters'), Attributes: { KmsMasterKeyId: 'alias/aws/sqs' } })) },
  { did: "the bucket's objects were left to those who write them", region: 'ap-northeast-2', resource: 'TrailBucket', what: /^OwnershipControls/,
    make: (at) => s3(at).send(new PutBucketOwnershipControlsCommand({ Bucket: at.id('ap-northeast-2', 'TrailBucket'), OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } })) },
  { did: "records' time to live was switched off", region: 'us-east-1', resource: 'Deliveries', what: 'TimeToLive',
    make: (at) => new DynamoDBClient(virginia(at)).send(new UpdateTimeToLiveCommand({ TableName: 'root-guard-deliveries', TimeToLiveSpecification: { AttributeName: 'expires', Enabled: false } })) },
  { did: "the alarm's actions were switched off", region: 'us-east-1', resource: 'DeadLettersAlarm', what: 'ActionsEnabled',
    make: (at) => new CloudWatchClient(virginia(at)).send(new DisableAlarmActionsCommand({ AlarmNames: ['root-guard-dead-letters'] })) },
  { did: 'the dashboard was emptied', region: 'us-east-1', resource: 'Dashboard', what: 'DashboardBody',
    make: (at) => new CloudWatchClient(virginia(at)).send(new PutDashboardCommand({ DashboardName: 'root-guard', DashboardBody: '{"widgets":[]}' })) },
  { did: "the key's policy was narrowed", region: 'us-east-1', resource: 'EncryptionKey', what: 'KeyPolicy',
    make: (at) => new KMSClient(virginia(at)).send(new PutKeyPolicyCommand({ KeyId: at.id('us-east-1', 'EncryptionKey'), PolicyName: 'default', Policy: anyone('kms:*') })) },
  { did: "the key's rotation was switched off", region: 'us-east-1', resource: 'EncryptionKey', what: 'EnableKeyRotation',
    make: (at) => new KMSClient(virginia(at)).send(new DisableKeyRotationCommand({ KeyId: at.id('us-east-1', 'EncryptionKey') })) },
  { did: "the key of the logs is to be deleted", region: 'ap-northeast-2', resource: 'EncryptionKey', what: 'KeyState',
    make: (at) => new KMSClient(seoul(at)).send(new ScheduleKeyDeletionCommand({ KeyId: at.id('ap-northeast-2', 'EncryptionKey'), PendingWindowInDays: 7 })) },
  { did: 'the alias was given to another key', region: 'us-east-1', resource: 'KeyAlias', what: 'TargetKeyId',
    make: async (at) => {
      const kms = new KMSClient(virginia(at))
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}))
      await kms.send(new UpdateAliasCommand({ AliasName: 'alias/root-guard', TargetKeyId: KeyMetadata?.KeyId }))
    } },
  { did: 'a layer was put under the function', region: 'us-east-1', resource: 'Notifier', what: 'Layers',
    make: async (at) => {
      const lambda = new LambdaClient(virginia(at))
      const { LayerVersionArn = '' } = await lambda.send(new PublishLayerVersionCommand({ LayerName: 'theirs', Content: { ZipFile: zipSync({ 'theirs.js': strToU8('') }) } }))
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'root-guard-notify', Layers: [LayerVersionArn] }))
    } },
  { did: 'everybody was allowed to call the function', region: 'us-east-1', resource: 'ApiInvokesFunction', what: 'permission theirs',
    make: (at) => new LambdaClient(virginia(at)).send(new AddPermissionCommand({ FunctionName: 'root-guard-notify', StatementId: 'theirs', Action: 'lambda:InvokeFunction', Principal: '*' })) },
  { did: 'the recorder was made to record once a day', region: 'ap-northeast-2', resource: 'Recorder', what: 'RecordingMode.RecordingFrequency',
    make: (at) => new ConfigServiceClient(seoul(at)).send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'root-guard-recorder', roleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', recordingGroup: { allSupported: false, resourceTypes: ['AWS::SQS::Queue'] }, recordingMode: { recordingFrequency: 'DAILY' } } })) },
]
