// Of what the workflows' roles may read, held to the guard's own by name wherever AWS knows a resource for the action. A read
// tells more than it seems: a function's environment, an API's keys, a template's parameters.
import { alarmRegion, type Settings } from '../config/schema.ts'
import { filledIn } from './bootstrap-names.ts'

interface Reads {
  readonly actions: readonly string[]
  /** ARNs without partition, with words that stand for names of the guard: bootstrap-names.ts says which. */
  readonly resources: readonly string[]
  readonly condition?: object
  /** Why it is everything in the account, or more than the guard's own. */
  readonly why?: string
}

/** What is read of everything in the account, each with the reason. */
export const readOfEverything: readonly (Reads & { readonly why: string })[] = [
  {
    actions: [
      'cloudformation:BatchDescribeTypeConfigurations',
      'cloudformation:ListStacks',
      'cloudtrail:DescribeTrails',
      'config:DescribeConfigRules',
      'config:DescribeDeliveryChannelStatus',
      'config:DescribeDeliveryChannels',
      'config:DescribeRetentionConfigurations',
      'config:PutRetentionConfiguration',
      'iam:GetAccountSummary',
      'logs:DescribeLogGroups',
      'notifications:ListNotificationHubs',
      'sts:GetCallerIdentity',
    ],
    resources: ['*'],
    why: 'AWS knows no resource for it',
  },
  {
    actions: ['config:DescribeConfigurationRecorderStatus', 'config:DescribeConfigurationRecorders'],
    resources: ['*'],
    why: 'whether another recorder stands in the way is asked without a name, and a Region has one',
  },
  {
    actions: ['cloudwatch:DescribeAlarms'],
    resources: ['*'],
    why: 'AWS asks for it on every alarm, whatever names are given',
  },
  {
    actions: ['cloudwatch:GetMetricData'],
    resources: ['*'],
    why: 'the metrics that AWS services write are in no data set, the one resource that AWS knows for it',
  },
]

const ofTheGuard: readonly Reads[] = [
  { actions: ['account:ListRegions'], resources: ['account::ACCOUNT:account'] },
  {
    actions: ['apigateway:GET'],
    resources: [
      // Ten question marks, because a star would take in everything below the API.
      `apigateway:${alarmRegion}::/restapis/??????????`,
      `apigateway:${alarmRegion}::/restapis/*/resources/*`,
      `apigateway:${alarmRegion}::/restapis/*/stages/live`,
    ],
    why: "AWS makes up an API's id, of ten characters: every API there with its resources, methods and stages called live, but no keys, models or domains",
  },
  {
    actions: [
      'cloudformation:DescribeStackSet',
      'cloudformation:DescribeStackSetOperation',
      'cloudformation:ListStackInstanceResourceDrifts',
      'cloudformation:ListStackInstances',
      'cloudformation:ListStackSetOperationResults',
      'cloudformation:ListStackSetOperations',
    ],
    resources: ['cloudformation:HOME:ACCOUNT:stackset/NAME-*'],
  },
  {
    actions: [
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeStacks',
      'cloudformation:DetectStackDrift',
      'cloudformation:DetectStackResourceDrift',
      'cloudformation:GetTemplate',
      'cloudformation:ListStackResources',
    ],
    resources: ['cloudformation:*:ACCOUNT:stack/StackSet-NAME-*', 'cloudformation:HOME:ACCOUNT:stack/NAME-bootstrap/*'],
  },
  {
    actions: ['cloudtrail:GetEventSelectors', 'cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus'],
    resources: ['cloudtrail:*:ACCOUNT:trail/NAME-*'],
  },
  { actions: ['cloudwatch:GetDashboard'], resources: ['cloudwatch::ACCOUNT:dashboard/NAME*'] },
  {
    actions: ['dynamodb:DescribeTable', 'dynamodb:DescribeTimeToLive'],
    resources: ['dynamodb:*:ACCOUNT:table/NAME-*'],
  },
  { actions: ['events:DescribeRule', 'events:ListTargetsByRule'], resources: ['events:*:ACCOUNT:rule/NAME-*'] },
  {
    actions: ['iam:GetOpenIDConnectProvider'],
    resources: ['iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com'],
  },
  { actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'], resources: ['iam::ACCOUNT:policy/NAME-*'] },
  {
    actions: ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
    resources: [
      'iam::ACCOUNT:role/NAME-*',
      // AWS's own for StackSets, and AWS Config's: while that is not there, IAM knows no path of it.
      'iam::ACCOUNT:role/AWSCloudFormationStackSet*',
      'iam::ACCOUNT:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
      'iam::ACCOUNT:role/AWSServiceRoleForConfig',
    ],
  },
  {
    actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus'],
    resources: ['kms:*:ACCOUNT:key/*'],
    condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/NAME' } },
  },
  {
    actions: ['lambda:GetFunction', 'lambda:GetFunctionConcurrency', 'lambda:GetPolicy'],
    resources: ['lambda:*:ACCOUNT:function:NAME-*'],
  },
  {
    actions: [
      's3:GetBucketLogging',
      's3:GetBucketOwnershipControls',
      's3:GetBucketPolicy',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketVersioning',
      's3:GetEncryptionConfiguration',
      's3:GetLifecycleConfiguration',
    ],
    resources: ['s3:::BUCKET*'],
  },
  {
    actions: ['sns:GetSubscriptionAttributes', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic'],
    resources: ['sns:*:ACCOUNT:NAME-*'],
  },
  { actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'], resources: ['sqs:*:ACCOUNT:NAME-*'] },
]

/** What a deploy, and a plan of it, look at beyond the guard's own, before it writes, and whoever relies on a trail of somebody else's. */
const beyond = {
  otherTrails: {
    actions: ['cloudtrail:GetEventSelectors', 'cloudtrail:GetTrailStatus'],
    resources: ['cloudtrail:*:*:trail/*'],
    why: "whether another trail would do is asked of each, the organization's included, which is another account's",
  },
  otherGuards: {
    actions: ['cloudformation:DescribeStacks'],
    resources: [`cloudformation:${alarmRegion}:ACCOUNT:stack/StackSet-*`],
    why: 'a guard of another name is known by what its stack says it is',
  },
} as const satisfies Readonly<Record<string, Reads>>

/**
 * Statements that allow the actions of the guard's own. Throws when an action is in no row above: whoever adds a read says of
 * what. `looksBeyond` adds what a deploy, and a plan of it, looks at beyond.
 */
export function readStatements(
  settings: Settings,
  actions: readonly string[],
  { looksBeyond }: { readonly looksBeyond: boolean },
): readonly object[] {
  const unsaid = actions.filter(
    (action) => ![...readOfEverything, ...ofTheGuard].some((row) => row.actions.includes(action)),
  )
  if (unsaid.length > 0) throw new Error(`bootstrap-reads.ts does not say of what: ${unsaid.join(', ')}`)
  const rows: readonly Reads[] = [
    { actions: readOfEverything.flatMap((row) => row.actions), resources: ['*'] },
    ...ofTheGuard,
    ...(looksBeyond || settings.trail === 'reuse' ? [beyond.otherTrails] : []),
    ...(looksBeyond ? [beyond.otherGuards] : []),
  ]
  return rows
    .map((row) => ({ ...row, actions: row.actions.filter((action) => actions.includes(action)).sort() }))
    .filter((row) => row.actions.length > 0)
    .map((row) => statementOf(settings, row))
}

function statementOf(settings: Settings, { actions, resources, condition }: Reads): object {
  const statement = {
    Effect: 'Allow',
    Action: actions,
    Resource: resources.includes('*') ? '*' : resources.map((resource) => `arn:aws:${resource}`),
    ...(condition === undefined ? {} : { Condition: condition }),
  }
  return filledIn(statement, settings)
}
