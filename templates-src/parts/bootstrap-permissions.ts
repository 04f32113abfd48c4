// The AWS actions each command calls, as IAM names them. The bootstrap's roles are made of these lists, and --help
// prints them, so that what a role may do and what its command does cannot drift apart.

/** StackSets, seen from outside. */
const lookAtStackSets = [
  'sts:GetCallerIdentity',
  'cloudformation:DescribeStackSet',
  'cloudformation:DescribeStackSetOperation',
  'cloudformation:ListStackInstances',
  'cloudformation:ListStackSetOperations',
  'cloudformation:DescribeStacks',
  'account:ListRegions',
] as const

/** What the account already has, before a write. */
const lookBeforeWrites = [
  'cloudformation:ListStacks',
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:GetEventSelectors',
  'config:DescribeConfigurationRecorders',
  'config:DescribeDeliveryChannels',
  'iam:GetAccountSummary',
  'iam:GetRole',
  'notifications:ListNotificationHubs',
] as const

/** Resources as AWS holds them: what the live checks of scripts/lib/live ask. */
export const lookAtResources = [
  'apigateway:GET',
  'cloudformation:GetTemplate',
  'cloudformation:ListStackResources',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetTrail',
  'cloudtrail:GetTrailStatus',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetDashboard',
  'config:DescribeConfigRules',
  'config:DescribeConfigurationRecorderStatus',
  'config:DescribeConfigurationRecorders',
  'config:DescribeDeliveryChannelStatus',
  'config:DescribeDeliveryChannels',
  'dynamodb:DescribeTable',
  'dynamodb:DescribeTimeToLive',
  'events:DescribeRule',
  'events:ListTargetsByRule',
  'iam:GetOpenIDConnectProvider',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'lambda:GetFunction',
  'lambda:GetFunctionConcurrency',
  'lambda:GetPolicy',
  'logs:DescribeLogGroups',
  's3:GetBucketLogging',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPolicy',
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketVersioning',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  'sns:GetSubscriptionAttributes',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
] as const

export const permissions = {
  // It says what a deploy would change, and what would make a deploy refuse.
  plan: [
    ...lookAtStackSets,
    ...lookBeforeWrites,
    'cloudformation:GetTemplate',
    'cloudformation:ListStackResources',
    'config:DescribeRetentionConfigurations',
  ],
  deploy: [
    ...lookAtStackSets,
    ...lookBeforeWrites,
    ...lookAtResources,
    'cloudformation:CreateStackSet',
    'cloudformation:UpdateStackSet',
    'cloudformation:CreateStackInstances',
    'cloudformation:DeleteStackInstances',
    'cloudformation:ListStackSetOperationResults',
    'cloudformation:DescribeStackEvents',
    'config:DescribeRetentionConfigurations',
    'config:PutRetentionConfiguration',
    'iam:CreateServiceLinkedRole',
    'iam:PassRole',
  ],
  // events:PutEvents with --alert alone.
  drift: [
    'events:PutEvents',
    ...lookAtStackSets,
    ...lookAtResources,
    'cloudtrail:DescribeTrails',
    'cloudformation:DetectStackSetDrift',
    'cloudformation:ListStackInstanceResourceDrifts',
    'cloudformation:ListStackSetOperationResults',
    // AWS's documentation asks these of whoever detects drift; whether it does so of StackSets with roles of their own is
    // not known here.
    'cloudformation:BatchDescribeTypeConfigurations',
    'cloudformation:DetectStackDrift',
    'cloudformation:DetectStackResourceDrift',
  ],
  doctor: [
    ...lookAtStackSets,
    ...lookAtResources,
    'cloudtrail:DescribeTrails',
    'iam:GetAccountSummary',
    'ssm:GetParameters',
    'kms:Decrypt',
  ],
  secrets: ['sts:GetCallerIdentity', 'ssm:GetParameters', 'ssm:PutParameter', 'kms:Decrypt', 'kms:Encrypt'],
  drill: [
    'sts:GetCallerIdentity',
    'cloudformation:DescribeStackSet',
    'cloudformation:ListStackInstances',
    'cloudformation:DescribeStacks',
    'events:PutEvents',
    'execute-api:Invoke',
    // To say which leg broke.
    'events:DescribeRule',
    'events:ListTargetsByRule',
    'sqs:GetQueueUrl',
    'sqs:GetQueueAttributes',
    // To say whether a mail got through.
    'cloudwatch:GetMetricData',
    // The one call of --through-cloudtrail.
    'cloudtrail:DescribeTrails',
  ],
  bootstrap: [
    'sts:GetCallerIdentity',
    'cloudformation:DescribeStacks',
    'cloudformation:GetTemplate',
    'cloudformation:CreateStack',
    'cloudformation:UpdateStack',
    'cloudformation:UpdateTerminationProtection',
    'cloudformation:DescribeStackEvents',
    // For relayRegions: all-enabled, of whose relays there are roles.
    'account:ListRegions',
    // CloudFormation makes roles, a policy and a provider with the rights of whoever calls: an administrator. Its own calls
    // are iam:GetOpenIDConnectProvider, iam:GetRole and iam:PutRolePermissionsBoundary.
    'iam:*',
  ],
  destroy: [
    ...lookAtStackSets,
    'cloudformation:GetTemplate',
    'cloudformation:ListStackResources',
    'cloudformation:DescribeStackEvents',
    'cloudformation:ListStackSetOperationResults',
    'cloudformation:DeleteStackInstances',
    'cloudformation:DeleteStackSet',
    'config:StopConfigurationRecorder',
    'iam:PassRole',
    's3:ListAllMyBuckets',
    's3:GetBucketTagging',
    's3:ListBucketVersions',
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:DeleteBucket',
    'ssm:GetParameters',
    'ssm:DeleteParameters',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** An administrator's: what the steps of npm run first-day call, and what it reads besides. No role is made of it. */
export const firstDay: readonly string[] = [
  ...permissions.plan,
  ...permissions.doctor,
  ...permissions.drift,
  ...permissions.drill,
  'cloudformation:DescribeStackEvents',
  'cloudtrail:LookupEvents',
]
