// What the execution role needs for each type of resource in our templates, by what AWS's own schema of the type says that
// its handlers call (`npm run check:grants` holds the two against each other) less what our resources never set. A type
// without a row here could not be deployed with it; a row with no actions says that another row of its service covers it.
import { formerNotifier } from '../former-notifier.ts'

export interface Grant {
  readonly actions: readonly string[]
  /**
   * ARNs without partition; `ACCOUNT` and `NAME` stand for the settings', `ROLE` for each role of the templates, and `BUCKET`
   * for how the name of a bucket begins.
   */
  readonly resources: readonly string[]
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
  /** Given only while the setting is on, since AWS lets nobody hold it to the guard's own. */
  readonly onlyWith?: 'customer-key'
}

/**
 * The roles of the templates, without the guard's name. The relay's is one in each Region; the former one is the function's of the
 * release before, which a deploy over it takes away.
 */
export const templateRoles = ['notify', formerNotifier, 'relay-*', 'rule-to-api'] as const

/** The managed policy that bounds them, without the guard's name. */
export const roleBoundary = 'role-boundary'

/** What CloudFormation calls to make, change and take away a resource of the type. */
export const executionGrants = {
  'AWS::ApiGateway::RestApi': {
    actions: ['apigateway:*'],
    resources: ['apigateway:*::/restapis', 'apigateway:*::/restapis/*', 'apigateway:*::/tags/*'],
  },
  'AWS::ApiGateway::Resource': { actions: [], resources: [] },
  'AWS::ApiGateway::Method': { actions: [], resources: [] },
  'AWS::ApiGateway::Deployment': { actions: [], resources: [] },
  'AWS::ApiGateway::Stage': { actions: [], resources: [] },
  'AWS::CloudTrail::Trail': {
    actions: [
      'cloudtrail:CreateTrail',
      'cloudtrail:UpdateTrail',
      'cloudtrail:DeleteTrail',
      'cloudtrail:StartLogging',
      'cloudtrail:StopLogging',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrail',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:GetInsightSelectors',
      'cloudtrail:GetEventConfiguration',
      'cloudtrail:AddTags',
      'cloudtrail:RemoveTags',
      'cloudtrail:ListTags',
    ],
    resources: ['cloudtrail:*:ACCOUNT:trail/NAME-*'],
  },
  'AWS::CloudWatch::Alarm': {
    actions: [
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:DeleteAlarms',
      'cloudwatch:TagResource',
      'cloudwatch:UntagResource',
      'cloudwatch:ListTagsForResource',
    ],
    resources: ['cloudwatch:*:ACCOUNT:alarm:NAME-*'],
  },
  'AWS::CloudWatch::Dashboard': {
    actions: [
      'cloudwatch:PutDashboard',
      'cloudwatch:DeleteDashboards',
      'cloudwatch:GetDashboard',
      'cloudwatch:TagResource',
      'cloudwatch:UntagResource',
      'cloudwatch:ListTagsForResource',
    ],
    resources: ['cloudwatch::ACCOUNT:dashboard/NAME-*', 'cloudwatch::ACCOUNT:dashboard/NAME'],
  },
  // encryption: customer-key. A key's ARN is AWS's own id, so nothing holds this to the guard's: who has it can rewrite
  // the policy of any key. It is there only while the setting is.
  'AWS::KMS::Key': {
    actions: [
      'kms:CreateKey',
      'kms:DescribeKey',
      'kms:PutKeyPolicy',
      'kms:GetKeyPolicy',
      'kms:EnableKey',
      'kms:EnableKeyRotation',
      'kms:GetKeyRotationStatus',
      'kms:UpdateKeyDescription',
      'kms:ScheduleKeyDeletion',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:ListResourceTags',
    ],
    resources: ['*'],
    onlyWith: 'customer-key',
  },
  // Asked of the alias and of the key it is given to.
  'AWS::KMS::Alias': {
    actions: ['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias'],
    resources: ['kms:*:ACCOUNT:alias/NAME', 'kms:*:ACCOUNT:key/*'],
  },
  // userNotifications. AWS gives these resources ids of its own.
  'AWS::Notifications::NotificationConfiguration': {
    actions: [
      'notifications:CreateNotificationConfiguration',
      'notifications:UpdateNotificationConfiguration',
      'notifications:DeleteNotificationConfiguration',
      'notifications:GetNotificationConfiguration',
      'notifications:CreateEventRule',
      'notifications:UpdateEventRule',
      'notifications:DeleteEventRule',
      'notifications:GetEventRule',
      'notifications:AssociateChannel',
      'notifications:DisassociateChannel',
      'notifications:ListChannels',
      'notifications:RegisterNotificationHub',
      'notifications:DeregisterNotificationHub',
      'notifications:ListNotificationHubs',
      'notifications:TagResource',
      'notifications:UntagResource',
      'notifications:ListTagsForResource',
    ],
    resources: ['*'],
  },
  'AWS::Notifications::NotificationHub': { actions: [], resources: [] },
  'AWS::Notifications::EventRule': { actions: [], resources: [] },
  'AWS::Notifications::ChannelAssociation': { actions: [], resources: [] },
  'AWS::NotificationsContacts::EmailContact': {
    actions: [
      'notifications-contacts:CreateEmailContact',
      'notifications-contacts:DeleteEmailContact',
      'notifications-contacts:GetEmailContact',
      'notifications-contacts:ListEmailContacts',
      'notifications-contacts:SendActivationCode',
      'notifications-contacts:TagResource',
      'notifications-contacts:UntagResource',
      'notifications-contacts:ListTagsForResource',
    ],
    resources: ['*'],
  },
  'AWS::Config::ConfigRule': {
    actions: [
      'config:PutConfigRule',
      'config:DeleteConfigRule',
      'config:TagResource',
      'config:UntagResource',
      'config:ListTagsForResource',
      'config:PutConfigurationRecorder',
      'config:DeleteConfigurationRecorder',
      'config:StartConfigurationRecorder',
      'config:StopConfigurationRecorder',
      'config:PutDeliveryChannel',
      'config:DeleteDeliveryChannel',
    ],
    // Rules' ARNs are AWS's own ids, and a Region has one recorder and one channel.
    resources: ['*'],
  },
  'AWS::Config::ConfigurationRecorder': { actions: [], resources: [] },
  'AWS::Config::DeliveryChannel': { actions: [], resources: [] },
  'AWS::DynamoDB::Table': {
    actions: [
      'dynamodb:CreateTable',
      'dynamodb:UpdateTable',
      'dynamodb:DeleteTable',
      'dynamodb:DescribeTable',
      'dynamodb:DescribeTimeToLive',
      'dynamodb:UpdateTimeToLive',
      'dynamodb:DescribeContinuousBackups',
      'dynamodb:UpdateContinuousBackups',
      'dynamodb:DescribeKinesisStreamingDestination',
      'dynamodb:DescribeContributorInsights',
      'dynamodb:GetResourcePolicy',
      'dynamodb:ListTagsOfResource',
      'dynamodb:TagResource',
      'dynamodb:UntagResource',
    ],
    resources: ['dynamodb:*:ACCOUNT:table/NAME-*'],
  },
  'AWS::Events::Rule': {
    actions: [
      'events:PutRule',
      'events:DeleteRule',
      'events:DescribeRule',
      'events:EnableRule',
      'events:DisableRule',
      'events:PutTargets',
      'events:RemoveTargets',
      'events:ListTargetsByRule',
      'events:TagResource',
      'events:UntagResource',
      'events:ListTagsForResource',
    ],
    resources: ['events:*:ACCOUNT:rule/NAME-*'],
  },
  'AWS::IAM::Role': {
    actions: [
      'iam:DeleteRole',
      'iam:GetRole',
      'iam:UpdateRole',
      'iam:UpdateRoleDescription',
      'iam:UpdateAssumeRolePolicy',
      'iam:DeleteRolePolicy',
      'iam:GetRolePolicy',
      'iam:ListRolePolicies',
      'iam:ListAttachedRolePolicies',
      'iam:TagRole',
      'iam:UntagRole',
    ],
    resources: ['iam::ACCOUNT:role/ROLE'],
  },
  'AWS::Lambda::Function': {
    actions: [
      'lambda:CreateFunction',
      'lambda:DeleteFunction',
      'lambda:GetFunction',
      'lambda:GetFunctionConfiguration',
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
      'lambda:PutFunctionConcurrency',
      'lambda:DeleteFunctionConcurrency',
      'lambda:GetFunctionCodeSigningConfig',
      'lambda:GetFunctionRecursionConfig',
      'lambda:GetFunctionScalingConfig',
      'lambda:GetRuntimeManagementConfig',
      'lambda:AddPermission',
      'lambda:RemovePermission',
      'lambda:GetPolicy',
      'lambda:ListTags',
      'lambda:TagResource',
      'lambda:UntagResource',
    ],
    resources: ['lambda:*:ACCOUNT:function:NAME-*'],
  },
  'AWS::Lambda::Permission': { actions: [], resources: [] },
  'AWS::Logs::LogGroup': {
    actions: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:PutRetentionPolicy',
      'logs:DeleteRetentionPolicy',
      'logs:GetDataProtectionPolicy',
      'logs:ListTagsForResource',
      'logs:TagResource',
      'logs:UntagResource',
    ],
    resources: ['logs:*:ACCOUNT:log-group:/aws/lambda/NAME-*'],
  },
  'AWS::S3::Bucket': {
    actions: [
      's3:CreateBucket',
      's3:DeleteBucket',
      's3:ListBucket',
      's3:GetBucket*',
      's3:PutBucket*',
      's3:DeleteBucketPolicy',
      's3:GetEncryptionConfiguration',
      's3:PutEncryptionConfiguration',
      's3:GetLifecycleConfiguration',
      's3:PutLifecycleConfiguration',
      's3:GetAccelerateConfiguration',
      's3:GetAnalyticsConfiguration',
      's3:GetIntelligentTieringConfiguration',
      's3:GetInventoryConfiguration',
      's3:GetMetricsConfiguration',
      's3:GetReplicationConfiguration',
      's3:ListTagsForResource',
      's3:TagResource',
      's3:UntagResource',
    ],
    resources: ['s3:::BUCKET*'],
  },
  'AWS::S3::BucketPolicy': { actions: [], resources: [] },
  'AWS::SNS::Topic': {
    actions: [
      'sns:CreateTopic',
      'sns:DeleteTopic',
      'sns:GetTopicAttributes',
      'sns:SetTopicAttributes',
      'sns:Subscribe',
      'sns:Unsubscribe',
      'sns:GetSubscriptionAttributes',
      'sns:SetSubscriptionAttributes',
      'sns:ListSubscriptionsByTopic',
      'sns:GetDataProtectionPolicy',
      'sns:ListTagsForResource',
      'sns:TagResource',
      'sns:UntagResource',
    ],
    resources: ['sns:*:ACCOUNT:NAME-*'],
  },
  'AWS::SNS::TopicPolicy': { actions: [], resources: [] },
  'AWS::SNS::Subscription': { actions: [], resources: [] },
  'AWS::SQS::Queue': {
    actions: [
      'sqs:CreateQueue',
      'sqs:DeleteQueue',
      'sqs:GetQueueUrl',
      'sqs:GetQueueAttributes',
      'sqs:SetQueueAttributes',
      'sqs:ListQueueTags',
      'sqs:TagQueue',
      'sqs:UntagQueue',
    ],
    resources: ['sqs:*:ACCOUNT:NAME-*'],
  },
  'AWS::SQS::QueuePolicy': { actions: [], resources: [] },
} as const satisfies Readonly<Record<string, Grant>>

/** What the types above need of IAM beyond themselves, and what may only be done in one way. */
export const furtherGrants = [
  // A role of the guard is made, and given rights, only under the boundary: whatever a template says, it can do no more.
  {
    actions: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'],
    resources: ['iam::ACCOUNT:role/ROLE'],
    condition: { StringEquals: { 'iam:PermissionsBoundary': `arn:aws:iam::ACCOUNT:policy/NAME-${roleBoundary}` } },
  },
  {
    actions: ['iam:PassRole'],
    resources: ['iam::ACCOUNT:role/ROLE'],
    condition: { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'events.amazonaws.com'] } },
  },
  // AWS Config takes its service-linked role from whoever sets up the recorder.
  {
    actions: ['iam:PassRole'],
    resources: ['iam::ACCOUNT:role/aws-service-role/config.amazonaws.com/*'],
  },
  // API Gateway makes its own with the rights of the caller who makes the account's first REST API.
  {
    actions: ['iam:CreateServiceLinkedRole'],
    resources: ['iam::ACCOUNT:role/aws-service-role/ops.apigateway.amazonaws.com/*'],
    condition: { StringEquals: { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' } },
  },
  // User Notifications makes its own with the rights of whoever registers the first hub.
  {
    actions: ['iam:CreateServiceLinkedRole'],
    resources: ['iam::ACCOUNT:role/aws-service-role/notifications.amazonaws.com/*'],
    condition: { StringEquals: { 'iam:AWSServiceName': 'notifications.amazonaws.com' } },
  },
] as const satisfies readonly Grant[]

/** Asked without a resource by their services, and they change nothing. */
export const looks = [
  'cloudformation:BatchDescribeTypeConfigurations',
  // AWS names cloudformation:* as what StackSets need at least: of what knows no stack, these only read.
  'cloudformation:GetTemplateSummary',
  'cloudformation:ValidateTemplate',
  'cloudtrail:DescribeTrails',
  'cloudwatch:DescribeAlarms',
  'config:Describe*',
  'kms:ListAliases',
  'logs:DescribeIndexPolicies',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
] as const
