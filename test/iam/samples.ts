// What each action is tried on: the guard's own, and what is somebody else's in the same account or in another.
import { readOfEverything } from '../../templates-src/parts/bootstrap-reads.ts'
import { arn, role } from './harm.ts'
import { account, type Call } from './simulate.ts'

export interface Sample {
  readonly own: readonly string[]
  readonly strange: readonly string[]
  /** What the call carries, of the guard's own, and of a stranger's. */
  readonly context?: Call['context']
  readonly strangeContext?: Call['context']
}

const stackSets: Sample = {
  own: ['us-east-1', 'ap-northeast-2', 'operations', 'relay'].map((name) =>
    arn('cloudformation', 'ap-northeast-2', `stackset/root-guard-${name}:sample`),
  ),
  strange: [arn('cloudformation', 'ap-northeast-2', 'stackset/payroll:sample')],
}
const stacks: Sample = {
  own: [
    arn('cloudformation', 'us-east-1', 'stack/StackSet-root-guard-us-east-1-0a1b/sample'),
    arn('cloudformation', 'eu-west-1', 'stack/StackSet-root-guard-relay-0a1b/sample'),
    arn('cloudformation', 'ap-northeast-2', 'stack/root-guard-bootstrap/sample'),
  ],
  strange: [
    arn('cloudformation', 'ap-northeast-2', 'stack/payroll/sample'),
    arn('cloudformation', 'eu-west-1', 'stack/StackSet-payroll-0a1b/sample'),
  ],
}
const roles: Sample = {
  own: [
    ...['notifier', 'rule-to-api', 'relay-us-west-2', 'deploy', 'stackset-execution'].map((name) =>
      role(`root-guard-${name}`),
    ),
    role('AWSCloudFormationStackSetAdministrationRole'),
    role('AWSCloudFormationStackSetExecutionRole'),
  ],
  strange: [role('admin'), role('aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS')],
}
const keyOf = (aliases: readonly string[]): Call['context'] => ({ 'kms:ResourceAliases': aliases })
/** By their aliases: a key's ARN says nothing of whose it is. */
export const keys: Sample = {
  own: [arn('kms', 'us-east-1', 'key/00000000-0000-4000-8000-000000000001')],
  strange: [arn('kms', 'us-east-1', 'key/00000000-0000-4000-8000-000000000002')],
  context: keyOf(['alias/root-guard']),
  strangeContext: keyOf(['alias/payroll']),
}
export const bus = (region: string) => arn('events', region, 'event-bus/default')
const NONE: Sample = { own: ['*'], strange: [] }

/** By action, or by its service. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  account: { own: [arn('account', '', 'account')], strange: ['arn:aws:account::444455556666:account'] },
  apigateway: {
    own: [
      '',
      '/resources/abc123',
      '/resources/abc123/methods/POST',
      '/resources/abc123/methods/POST/integration',
      '/stages/live',
    ].map((path) => `arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5${path}`),
    strange: [
      'arn:aws:apigateway:us-east-1::/apikeys/a1b2c3d4e5',
      'arn:aws:apigateway:us-east-1::/usageplans/abc123/keys/abc123',
      'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/production',
      'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/models/abc123',
      'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/authorizers/abc123',
      'arn:aws:apigateway:us-east-1::/restapis',
      'arn:aws:apigateway:ap-northeast-2::/restapis/a1b2c3d4e5',
    ],
  },
  cloudformation: stacks,
  ...Object.fromEntries(
    [
      'CreateStackInstances',
      'DeleteStackInstances',
      'DescribeStackSet',
      'DescribeStackSetOperation',
      'DetectStackSetDrift',
      'ListStackInstanceResourceDrifts',
      'ListStackInstances',
      'ListStackSetOperationResults',
      'ListStackSetOperations',
      'UpdateStackSet',
    ].map((name) => [`cloudformation:${name}`, stackSets]),
  ),
  cloudtrail: {
    own: [arn('cloudtrail', 'ap-northeast-2', 'trail/root-guard-trail')],
    strange: [arn('cloudtrail', 'ap-northeast-2', 'trail/payroll')],
  },
  cloudwatch: {
    own: [`arn:aws:cloudwatch::${account}:dashboard/root-guard`],
    strange: [`arn:aws:cloudwatch::${account}:dashboard/payroll`],
  },
  'cloudwatch:DescribeAlarms': { own: [arn('cloudwatch', 'us-east-1', 'alarm:root-guard-drills')], strange: [] },
  'config:DescribeConfigurationRecorders': {
    own: [arn('config', 'ap-northeast-2', 'configuration-recorder/root-guard-recorder/0a1b')],
    strange: [],
  },
  'config:DescribeConfigurationRecorderStatus': {
    own: [arn('config', 'ap-northeast-2', 'configuration-recorder/root-guard-recorder/0a1b')],
    strange: [],
  },
  dynamodb: {
    own: [arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
    strange: [arn('dynamodb', 'us-east-1', 'table/payroll')],
  },
  events: {
    own: [
      arn('events', 'us-east-1', 'rule/root-guard-root-activity'),
      arn('events', 'us-west-2', 'rule/root-guard-relay-root-activity'),
    ],
    strange: [arn('events', 'us-east-1', 'rule/payroll')],
  },
  'execute-api': {
    own: ['GET', 'POST'].map((method) => arn('execute-api', 'us-east-1', `a1b2c3d4e5/live/${method}/alerts/sample`)),
    strange: [
      ...['POST/alerts', 'GET/alerts', 'DELETE/alerts/sample', 'PUT/alerts/sample', 'GET/payroll'].map((request) =>
        arn('execute-api', 'us-east-1', `a1b2c3d4e5/live/${request}`),
      ),
      arn('execute-api', 'us-east-1', 'a1b2c3d4e5/production/GET/alerts/sample'),
      arn('execute-api', 'eu-west-1', 'a1b2c3d4e5/live/GET/alerts/sample'),
    ],
  },
  'iam:GetRole': {
    own: [
      ...roles.own,
      role('aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig'),
      role('AWSServiceRoleForConfig'),
    ],
    strange: roles.strange,
  },
  ...Object.fromEntries(
    ['GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies'].map((name) => [`iam:${name}`, roles]),
  ),
  ...Object.fromEntries(
    ['GetPolicy', 'GetPolicyVersion'].map((name) => [
      `iam:${name}`,
      {
        own: ['role-boundary', 'stackset-boundary'].map((policy) => arn('iam', '', `policy/root-guard-${policy}`)),
        strange: [arn('iam', '', 'policy/payroll')],
      },
    ]),
  ),
  // Of data sets alone AWS knows an ARN.
  'cloudwatch:GetMetricData': NONE,
  'iam:GetOpenIDConnectProvider': {
    own: [arn('iam', '', 'oidc-provider/token.actions.githubusercontent.com')],
    strange: [arn('iam', '', 'oidc-provider/gitlab.com')],
  },
  'iam:PassRole': {
    own: [role('root-guard-stackset-administration')],
    strange: ['admin', 'root-guard-stackset-execution', 'root-guard-notify', 'root-guard-deploy'].map(role),
    context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
    strangeContext: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
  },
  'iam:CreateServiceLinkedRole': {
    own: [role('aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig')],
    strange: [role('aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS')],
    context: { 'iam:AWSServiceName': 'config.amazonaws.com' },
    strangeContext: { 'iam:AWSServiceName': 'eks.amazonaws.com' },
  },
  kms: keys,
  ...Object.fromEntries(
    ['kms:Decrypt', 'kms:Encrypt'].map((action) => [
      action,
      {
        ...keys,
        context: { 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' },
        strangeContext: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
      },
    ]),
  ),
  lambda: {
    own: [arn('lambda', 'us-east-1', 'function:root-guard-notify')],
    strange: [arn('lambda', 'us-east-1', 'function:payroll')],
  },
  s3: {
    own: ['trailbucket', 'configbucket', 'accesslogsbucket'].map(
      (id) => `arn:aws:s3:::stackset-root-guard-ap-no-${id}-0a1b2c3d4e5f`,
    ),
    strange: ['arn:aws:s3:::payroll', 'arn:aws:s3:::stackset-payroll-bucket-0a1b2c3d4e5f'],
  },
  sns: {
    own: ['alerts', 'operations'].map((name) => arn('sns', 'us-east-1', `root-guard-${name}`)),
    strange: [arn('sns', 'us-east-1', 'payroll')],
  },
  sqs: {
    own: [arn('sqs', 'us-west-2', 'root-guard-dead-letters')],
    strange: [arn('sqs', 'us-east-1', 'payroll')],
  },
  ssm: {
    own: [arn('ssm', 'us-east-1', 'parameter/root-guard/channels/telegram')],
    strange: [arn('ssm', 'us-east-1', 'parameter/payroll/password')],
  },
}

const withoutResource = readOfEverything.find(({ why }) => why === 'AWS knows no resource for it')?.actions ?? []
/** Throws where an action has none, so that none is left out. */
export const sampleOf = (action: string): Sample => {
  if (withoutResource.includes(action) || action === 'cloudformation:CreateStackSet') return NONE
  const sample = SAMPLES[action] ?? SAMPLES[action.split(':')[0] ?? '']
  if (sample === undefined) throw new Error(`no sample of ${action}`)
  return sample
}
