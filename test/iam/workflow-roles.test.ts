// The roles of the workflows and of StackSets, simulated: every action that a command calls is allowed to its role, of the
// guard's own and of nobody else's; and the ways to hurt are not.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { type WorkflowRole, workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { permissions } from '../../templates-src/parts/bootstrap-permissions.ts'
import { readOfEverything } from '../../templates-src/parts/bootstrap-reads.ts'
import { deployed, everything, github, settings, statements } from '../templates-src/references.ts'
import { awsAction } from './aws-actions.ts'
import { propertiesIn, roleIn } from './deployed.ts'
import { arn, HARM, role } from './harm.ts'
import { account, allows, type Call, type Policies } from './simulate.ts'

const bootstrapOf = (of: typeof settings) => deployed(bootstrapTemplate({ ...of, github }))
const bootstrap = bootstrapOf({ ...everything, trail: 'create', driftAlert: true })
const idOf = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}Role`

interface Holder extends Policies {
  readonly arn: string
}
const WORKFLOW = Object.fromEntries(
  workflowRoles.map((name) => [name, roleIn(bootstrap, idOf(name), 'ap-northeast-2')]),
) as unknown as Readonly<Record<WorkflowRole, Holder>>
const ADMINISTRATION: Holder = roleIn(bootstrap, 'StackSetAdministrationRole', 'ap-northeast-2')
const EXECUTION: Holder = {
  ...roleIn(bootstrap, 'StackSetExecutionRole', 'ap-northeast-2'),
  boundary: propertiesIn(bootstrap, 'StackSetBoundary', 'ap-northeast-2').PolicyDocument as object,
}

const may = (holder: Holder, action: string, resource: string, context: Call['context'] = {}) =>
  allows(
    { principal: holder.arn, action, resource, context },
    {
      identity: (holder.identity ?? []).map(asTheSimulatorReads),
      ...(holder.boundary ? { boundary: holder.boundary } : {}),
      ...(action.startsWith('kms:') ? { resource: ofTheAccount } : {}),
    },
  )

/** What a key says of its own account: that policies of IAM count. */
const ofTheAccount = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
}

/**
 * Where the simulator is not IAM: it takes no `*` before a path, and holds no plain StringEquals against `events:source`, whose
 * values are as many as the events. EventBridge asks of each event by itself, and AWS's own samples write it so.
 */
function asTheSimulatorReads(policy: object): object {
  const text = JSON.stringify(policy)
    .replaceAll(':*/live/', ':a1b2c3d4e5/live/')
    .replaceAll('"StringEquals":{"events:source"', '"ForAnyValue:StringEquals":{"events:source"')
  return JSON.parse(text) as object
}

/** What each job runs: the deploy's plans, deploys, puts the secrets and asks the doctor. */
const JOBS: Readonly<Record<WorkflowRole, readonly string[]>> = {
  plan: permissions.plan,
  deploy: [...permissions.plan, ...permissions.deploy, ...permissions.doctor, ...permissions.secrets],
  drift: permissions.drift,
  drill: permissions.drill,
}

interface Sample {
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
const keys: Sample = {
  own: [arn('kms', 'us-east-1', 'key/00000000-0000-4000-8000-000000000001')],
  strange: [arn('kms', 'us-east-1', 'key/00000000-0000-4000-8000-000000000002')],
  context: keyOf(['alias/root-guard']),
  strangeContext: keyOf(['alias/payroll']),
}
const bus = (region: string) => arn('events', region, 'event-bus/default')
const NONE: Sample = { own: ['*'], strange: [] }

/** By action, or by its service. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  account: { own: [arn('account', '', 'account')], strange: ['arn:aws:account::444455556666:account'] },
  apigateway: {
    own: ['resources/abc123/methods/POST', 'resources/abc123/methods/POST/integration', 'stages/live'].map(
      (path) => `arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/${path}`,
    ),
    strange: [
      'arn:aws:apigateway:us-east-1::/apikeys/a1b2c3d4e5',
      'arn:aws:apigateway:us-east-1::/usageplans/abc123/keys/abc123',
      'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/production',
      'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/models/abc123',
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
  'iam:GetOpenIDConnectProvider': {
    own: [arn('iam', '', 'oidc-provider/token.actions.githubusercontent.com')],
    strange: [arn('iam', '', 'oidc-provider/gitlab.com')],
  },
  'iam:PassRole': {
    own: [role('root-guard-stackset-administration')],
    strange: ['admin', 'root-guard-stackset-execution', 'root-guard-notifier', 'root-guard-deploy'].map(role),
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
    own: [arn('lambda', 'us-east-1', 'function:root-guard-notifier')],
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
const sampleOf = (action: string): Sample => {
  if (withoutResource.includes(action) || action === 'cloudformation:CreateStackSet') return NONE
  const sample = SAMPLES[action] ?? SAMPLES[action.split(':')[0] ?? '']
  if (sample === undefined) throw new Error(`no sample of ${action}`)
  return sample
}

const jobs = suite('what each job calls')

for (const name of workflowRoles) {
  // Putting events is told apart by source, below.
  const actions = [...new Set(JOBS[name])].filter((action) => action !== 'events:PutEvents').sort()
  for (const action of actions) {
    jobs(`${name}: ${action} of the guard's own, and of nobody else's`, async () => {
      const { own, strange, context, strangeContext } = sampleOf(action)
      for (const resource of own) assert.ok(await may(WORKFLOW[name], action, resource, context), resource)
      for (const resource of strange) {
        if (isLookedBeyond(name, action, resource)) continue
        assert.not.ok(await may(WORKFLOW[name], action, resource, strangeContext), resource)
      }
    })
  }
}

/** A deploy asks each trail whether it would do, and each StackSet's stack in us-east-1 whether it is a guard. */
function isLookedBeyond(name: WorkflowRole, action: string, resource: string): boolean {
  return name === 'deploy' && /cloudtrail:Get(EventSelectors|TrailStatus)/.test(action) && resource.includes(':trail/')
}

jobs(
  'deploy: looks beyond the guard at trails and at stacks of StackSets in us-east-1, and the others do not',
  async () => {
    const beyond = [
      ['cloudtrail:GetTrailStatus', 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization'],
      ['cloudtrail:GetEventSelectors', arn('cloudtrail', 'us-east-1', 'trail/payroll')],
      ['cloudformation:DescribeStacks', arn('cloudformation', 'us-east-1', 'stack/StackSet-payroll-0a1b/sample')],
    ] as const
    for (const [action, resource] of beyond) {
      for (const name of workflowRoles) {
        assert.is(await may(WORKFLOW[name], action, resource), name === 'deploy', `${name} ${action} ${resource}`)
      }
    }
  },
)

jobs('drift: asks each trail where the guard relies on one of somebody else’s', async () => {
  const holder = roleIn(bootstrapOf({ ...settings, trail: 'reuse' }), 'DriftRole', 'ap-northeast-2')
  for (const action of ['cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors']) {
    assert.ok(await may(holder, action, 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization'), action)
  }
})

jobs('buckets of a guard with a long name, whose stack CloudFormation cuts', async () => {
  const holder = roleIn(bootstrapOf({ ...settings, name: 'a-name-of-twenty-let' }), 'DriftRole', 'ap-northeast-2')
  const own = 'arn:aws:s3:::stackset-a-name-of-twent-trailbucket-0a1b2c3d4e5f'
  assert.ok(await may(holder, 's3:GetBucketPolicy', own))
  assert.not.ok(await may(holder, 's3:GetBucketPolicy', 'arn:aws:s3:::stackset-a-name-of-another-0a1b2c3d4e5f'))
})

const PUTS: readonly (readonly [WorkflowRole, source: string, regions: readonly string[]])[] = [
  ['drift', 'root-guard.drift', ['us-east-1']],
  ['drill', 'root-guard.drill', ['us-east-1', 'ap-northeast-2', 'us-west-2']],
]
const SOURCES = ['root-guard.drift', 'root-guard.drill', 'root-guard', 'aws.signin', 'aws.config', 'payroll']

for (const name of workflowRoles) {
  jobs(`${name}: puts events of its own source alone, where it may`, async () => {
    const [, own = '', regions = []] = PUTS.find(([one]) => one === name) ?? []
    for (const source of SOURCES) {
      for (const region of ['us-east-1', 'ap-northeast-2', 'us-west-2']) {
        const puts = await may(WORKFLOW[name], 'events:PutEvents', bus(region), { 'events:source': [source] })
        assert.is(puts, source === own && regions.includes(region), `${source} in ${region}`)
      }
      const elsewhere = [
        arn('events', 'us-east-1', 'event-bus/payroll'),
        'arn:aws:events:us-east-1:444455556666:event-bus/default',
      ]
      for (const resource of elsewhere) {
        assert.not.ok(await may(WORKFLOW[name], 'events:PutEvents', resource, { 'events:source': [source] }), resource)
      }
    }
  })
}

jobs('drift: puts nothing where root-guard.yaml does not want that', async () => {
  const holder = roleIn(bootstrapOf({ ...settings, driftAlert: false }), 'DriftRole', 'ap-northeast-2')
  assert.not.ok(await may(holder, 'events:PutEvents', bus('us-east-1'), { 'events:source': ['root-guard.drift'] }))
})

jobs('what is read of everything is what AWS knows no resource for, or has its reason', async () => {
  for (const { actions, why } of readOfEverything) {
    for (const action of actions) {
      const { resourceTypes } = await awsAction(action)
      assert.is(resourceTypes.length === 0, why === 'AWS knows no resource for it', `${action}: ${why}`)
    }
  }
})

jobs('every key that the trust of a role asks for is one that AWS lists', async () => {
  const { conditionKeys } = await awsAction('sts:AssumeRoleWithWebIdentity')
  for (const name of workflowRoles) {
    const trust = propertiesIn(bootstrap, idOf(name), 'ap-northeast-2').AssumeRolePolicyDocument
    const wanted = statements({ trust }).flatMap(({ Condition = {} }) =>
      Object.values(Condition as object).flatMap((each) => Object.keys(each)),
    )
    // Of every provider, and listed as such.
    const further = wanted.filter((key) => !/:(aud|sub)$/.test(key))
    assert.ok(further.length > 0)
    for (const key of further) assert.ok(conditionKeys.includes(key), key)
  }
})

jobs.run()

const harmful = suite('what would hurt is denied')

/** The few ways to hurt that are somebody's job. */
const JOB_OF: Readonly<Record<string, readonly string[]>> = {
  'ssm:PutParameter': ['deploy'],
  'execute-api:Invoke GET/alerts/sample': ['drill'],
  'execute-api:Invoke POST/alerts/sample': ['drill'],
}

const MORE_HARM: readonly (readonly [action: string, resource: string])[] = [
  ['cloudtrail:UpdateTrail', arn('cloudtrail', 'ap-northeast-2', 'trail/root-guard-trail')],
  ['cloudtrail:PutEventSelectors', arn('cloudtrail', 'ap-northeast-2', 'trail/root-guard-trail')],
  ['events:DeleteRule', arn('events', 'us-east-1', 'rule/root-guard-root-activity')],
  ['events:PutTargets', arn('events', 'us-east-1', 'rule/root-guard-root-activity')],
  ['iam:CreateRole', role('root-guard-another')],
  ['iam:CreateUser', arn('iam', '', 'user/minji')],
  ['iam:AttachRolePolicy', role('root-guard-deploy')],
  ['iam:PutRolePolicy', role('root-guard-deploy')],
  ['iam:CreatePolicyVersion', arn('iam', '', 'policy/root-guard-stackset-boundary')],
  ['iam:AddClientIDToOpenIDConnectProvider', arn('iam', '', 'oidc-provider/token.actions.githubusercontent.com')],
  ['iam:CreateOpenIDConnectProvider', arn('iam', '', 'oidc-provider/example.com')],
  ...['plan', 'deploy', 'drift', 'drill', 'notifier', 'stackset-administration'].map(
    (name) => ['sts:AssumeRole', role(`root-guard-${name}`)] as const,
  ),
  ['sts:AssumeRole', role('AWSCloudFormationStackSetExecutionRole')],
  ['sts:AssumeRole', role('admin')],
  ['lambda:GetFunction', arn('lambda', 'us-east-1', 'function:payroll')],
  ['dynamodb:GetItem', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['dynamodb:PutItem', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['sqs:ReceiveMessage', arn('sqs', 'us-east-1', 'root-guard-dead-letters')],
  ['s3:PutObject', 'arn:aws:s3:::stackset-root-guard-trailbucket-0a1b2c3d4e5f/AWSLogs/sample'],
  ['cloudformation:UpdateStackSet', arn('cloudformation', 'ap-northeast-2', 'stackset/payroll:sample')],
  ['cloudformation:CreateStackInstances', arn('cloudformation', 'ap-northeast-2', 'stackset/payroll:sample')],
  ['cloudformation:UpdateStack', arn('cloudformation', 'ap-northeast-2', 'stack/root-guard-bootstrap/sample')],
  ['cloudformation:DeleteStack', arn('cloudformation', 'ap-northeast-2', 'stack/root-guard-bootstrap/sample')],
]

for (const [name, holder] of Object.entries({ ...WORKFLOW, 'stackset-administration': ADMINISTRATION })) {
  for (const [action, resource] of [...HARM, ...MORE_HARM]) {
    const request = resource.includes(':a1b2c3d4e5/live/') ? ` ${resource.split('/live/')[1]}` : ''
    if (JOB_OF[action + request]?.includes(name)) continue
    harmful(`${name}: ${action} on ${resource.split(':').slice(2).join(':')}`, async () =>
      assert.not.ok(await may(holder, action, resource)),
    )
  }
}

const SECRETS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory']
const HOLDERS = { ...WORKFLOW, 'stackset-administration': ADMINISTRATION, 'stackset-execution': EXECUTION }

for (const [name, holder] of Object.entries(HOLDERS)) {
  harmful(`${name}: to read the secrets of channels, but for the deploy, and by one call`, async () => {
    const secret = arn('ssm', 'us-east-1', 'parameter/root-guard/channels/telegram')
    for (const action of SECRETS) {
      assert.is(await may(holder, action, secret), name === 'deploy' && action === 'ssm:GetParameters', action)
    }
    const byItself = { 'kms:ResourceAliases': ['alias/aws/ssm'] }
    assert.not.ok(await may(holder, 'kms:Decrypt', keys.own[0] ?? '', byItself))
  })
}

/** What the execution role makes, changes and deletes is the guard's; the rest of the account is not, and no use of it either. */
const BEYOND_EXECUTION: readonly (readonly [action: string, resource: string])[] = [
  ['cloudtrail:DeleteTrail', arn('cloudtrail', 'ap-northeast-2', 'trail/payroll')],
  ['cloudtrail:StopLogging', arn('cloudtrail', 'ap-northeast-2', 'trail/payroll')],
  ['events:PutRule', arn('events', 'us-east-1', 'rule/payroll')],
  ['events:DeleteRule', arn('events', 'us-east-1', 'rule/payroll')],
  ['events:PutEvents', bus('us-east-1')],
  ['iam:PassRole', role('admin')],
  ['iam:CreateUser', arn('iam', '', 'user/minji')],
  ['iam:CreateAccessKey', arn('iam', '', 'user/minji')],
  ['iam:CreateRole', role('admin')],
  ['iam:AttachRolePolicy', role('root-guard-notifier')],
  ['iam:UpdateAssumeRolePolicy', role('root-guard-deploy')],
  ...[...workflowRoles, 'notifier', 'stackset-administration'].map(
    (name) => ['sts:AssumeRole', role(`root-guard-${name}`)] as const,
  ),
  ['sts:AssumeRole', role('admin')],
  ['lambda:UpdateFunctionCode', arn('lambda', 'us-east-1', 'function:payroll')],
  ['lambda:GetFunction', arn('lambda', 'us-east-1', 'function:payroll')],
  ['lambda:InvokeFunction', arn('lambda', 'us-east-1', 'function:root-guard-notifier')],
  ['dynamodb:DeleteTable', arn('dynamodb', 'us-east-1', 'table/payroll')],
  ['dynamodb:GetItem', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['dynamodb:PutItem', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['s3:DeleteBucket', 'arn:aws:s3:::payroll'],
  ['s3:GetObject', 'arn:aws:s3:::stackset-root-guard-trailbucket-0a1b2c3d4e5f/AWSLogs/sample'],
  ['s3:DeleteObject', 'arn:aws:s3:::stackset-root-guard-trailbucket-0a1b2c3d4e5f/AWSLogs/sample'],
  ['sns:Publish', arn('sns', 'us-east-1', 'root-guard-alerts')],
  ['sns:Subscribe', arn('sns', 'us-east-1', 'payroll')],
  ['sqs:ReceiveMessage', arn('sqs', 'us-east-1', 'root-guard-dead-letters')],
  ['logs:DeleteLogGroup', arn('logs', 'us-east-1', 'log-group:/aws/lambda/payroll')],
  ['ssm:PutParameter', arn('ssm', 'us-east-1', 'parameter/root-guard/channels/telegram')],
  ['execute-api:Invoke', arn('execute-api', 'us-east-1', 'a1b2c3d4e5/live/POST/alerts')],
  ['cloudformation:UpdateStack', arn('cloudformation', 'ap-northeast-2', 'stack/root-guard-bootstrap/sample')],
  ['cloudformation:DeleteStackSet', arn('cloudformation', 'ap-northeast-2', 'stackset/root-guard-us-east-1:sample')],
  ['ec2:RunInstances', arn('ec2', 'us-east-1', 'instance/i-0a1b2c3d4e5f')],
]

for (const [action, resource] of BEYOND_EXECUTION) {
  harmful(`stackset-execution: ${action} on ${resource.split(':').slice(2).join(':')}`, async () =>
    assert.not.ok(await may(EXECUTION, action, resource)),
  )
}

harmful('stackset-administration: becomes the execution role, and that is all', async () => {
  assert.ok(await may(ADMINISTRATION, 'sts:AssumeRole', role('root-guard-stackset-execution')))
  assert.equal(
    (ADMINISTRATION.identity ?? []).flatMap((document) => statements(document)).map(({ Action }) => Action),
    ['sts:AssumeRole'],
  )
})

harmful.run()

const becoming = suite("who becomes StackSets' roles")

const taken = (id: string, name: string, of: typeof settings, principal: string, context: Call['context'] = {}) =>
  allows(
    { principal, action: 'sts:AssumeRole', resource: role(name), context },
    { resource: propertiesIn(bootstrapOf(of), id, 'ap-northeast-2').AssumeRolePolicyDocument as object },
  )
const forStackSet = (stackSet: string, region = 'ap-northeast-2', of = account): Call['context'] => ({
  'aws:SourceAccount': of,
  'aws:SourceArn': `arn:aws:cloudformation:${region}:${of}:stackset/${stackSet}:sample`,
})

becoming("the administration role: CloudFormation, for the guard's StackSets", async () => {
  const [id, name] = ['StackSetAdministrationRole', 'root-guard-stackset-administration']
  const cloudFormation = 'cloudformation.amazonaws.com'
  assert.ok(await taken(id, name, settings, cloudFormation, forStackSet('root-guard-us-east-1')))
  assert.not.ok(await taken(id, name, settings, cloudFormation, forStackSet('payroll')))
  assert.not.ok(
    await taken(id, name, settings, cloudFormation, forStackSet('root-guard-us-east-1', 'us-east-1', '444455556666')),
  )
  assert.not.ok(await taken(id, name, settings, cloudFormation))
  for (const principal of ['lambda.amazonaws.com', role('admin'), role('root-guard-deploy')]) {
    assert.not.ok(await taken(id, name, settings, principal, forStackSet('root-guard-us-east-1')), principal)
  }
})

becoming(
  'the administration role: in a Region that is opted into, where a relay is wanted, and not elsewhere',
  async () => {
    const [id, name] = ['StackSetAdministrationRole', 'root-guard-stackset-administration']
    const hongKong = { ...settings, relayRegions: ['ap-east-1'] }
    const context = forStackSet('root-guard-relay')
    assert.ok(await taken(id, name, hongKong, 'cloudformation.ap-east-1.amazonaws.com', context))
    assert.not.ok(await taken(id, name, hongKong, 'cloudformation.me-south-1.amazonaws.com', context))
    assert.not.ok(await taken(id, name, settings, 'cloudformation.ap-east-1.amazonaws.com', context))
  },
)

becoming('the execution role: the administration role alone', async () => {
  const [id, name] = ['StackSetExecutionRole', 'root-guard-stackset-execution']
  assert.ok(await taken(id, name, settings, role('root-guard-stackset-administration')))
  for (const principal of [
    'cloudformation.amazonaws.com',
    ...['admin', 'root-guard-deploy', 'root-guard-plan'].map(role),
  ]) {
    assert.not.ok(await taken(id, name, settings, principal), principal)
  }
})

becoming.run()
