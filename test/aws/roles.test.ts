// Enough and not more: each role of generated/bootstrap.yaml does its own job with its own credentials, and is refused the
// others'. fakecloud holds calls against the role's policies, but those to CloudFormation, EventBridge, CloudTrail, SSM and AWS
// Config it lets through unasked: of them it is overheard here that the role has each. Conditions, boundaries, what StackSets'
// own roles may do and whether a role may be handed on are test/iam's, and so is that no role has more.
import { CloudFormationClient, DescribeStackSetCommand } from '@aws-sdk/client-cloudformation'
import { DeleteTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import {
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { DeleteFunctionCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { GetQueueUrlCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { AwsClient } from 'aws4fetch'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Finding } from '../../scripts/lib/live/stack.ts'
import { sampleSecrets, startProviders } from '../../scripts/rehearsal/stage.ts'
import { type WorkflowRole, workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'
import { token } from './github-token.ts'
import { claimsTakenOut, clientConfig } from './what-fakecloud-leaves-out.ts'

const GITHUB = 'github: {owner: example, repository: guard, ownerId: "1111", repositoryId: "2222"}'
const ROLES = 'stackSets: {roles: bootstrap}'
const SUBJECT: Readonly<Record<WorkflowRole, string>> = {
  plan: 'pull_request',
  deploy: 'environment:production',
  drift: 'ref:refs/heads/main',
  drill: 'ref:refs/heads/main',
}
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const test = suite<{ aws: Fakecloud; repository: Checkout }>('roles')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333', { iam: 'strict' })
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', `relayRegions: []\n${GITHUB}\n${ROLES}`)
  for (const command of ['generate', 'bootstrap'] as const) {
    const { exitCode, stderr } = await context.repository.run(command)
    if (exitCode !== 0) process.stderr.write(stderr)
  }
  const iam = new IAMClient(clientConfig(context.aws.endpoint, 'us-east-1'))
  for (const role of workflowRoles) {
    // Which tokens get in is trust.test.ts's to show.
    await claimsTakenOut(context.aws.endpoint, `root-guard-${role}`)
    if (role === 'deploy' || role === 'drift') await iam.send(new PutRolePolicyCommand(byNamesOfCalls(role)))
  }
  // fakecloud asks for the right to make it on an ARN without the role's name, which AWS does not.
  await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }))
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('plan plans', async ({ aws, repository }) => {
  const plan = repository.as(await as(aws, 'plan'))
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await plan.run('plan')
  assert.is(exitCode, 0, stdout + stderr)
  assert.equal(await notGiven(aws, 'plan'), [])
})

// plan asks all that a deploy asks before it writes, and fakecloud would let its CreateStackSet through unasked: that it has no
// action that writes is shown by test/templates-src/bootstrap.test.ts.
test('drift cannot deploy, and nothing is written by the try', async ({ aws, repository }) => {
  const { exitCode, stdout, stderr } = await repository.as(await as(aws, 'drift')).run('deploy')
  assert.is(exitCode, 1)
  assert.ok(denied(stdout + stderr).length > 0, stdout + stderr)
  const asked = new CloudFormationClient(clientConfig(aws.endpoint, 'ap-northeast-2')).send(
    new DescribeStackSetCommand({ StackSetName: 'root-guard-us-east-1' }),
  )
  assert.is(
    await asked.then(
      () => 'there',
      ({ name }: Error) => name,
    ),
    'StackSetNotFoundException',
  )
})

test("deploy deploys with the bootstrap's roles, and then has nothing to do", async ({ aws, repository }) => {
  const deploy = repository.as(await as(aws, 'deploy'))
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await deploy.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  assert.ok(aws.calls.includes('CreateStackSet'))
  assert.equal(await notGiven(aws, 'deploy'), [])
  assert.is(stdout.match(/: \d+ s CREATE SUCCEEDED$/gm)?.length, 4, stdout + stderr)
  assert.equal(denied(stdout + stderr), [])
  const { StackSet } = await new CloudFormationClient(clientConfig(aws.endpoint, 'ap-northeast-2')).send(
    new DescribeStackSetCommand({ StackSetName: 'root-guard-us-east-1' }),
  )
  assert.is(StackSet?.AdministrationRoleARN, 'arn:aws:iam::111122223333:role/root-guard-stackset-administration')
  assert.is(StackSet?.ExecutionRoleName, 'root-guard-stackset-execution')
  assert.is((await deploy.run('deploy')).exitCode, 0)
})

// That no other role reads a secret is for test/iam to show: fakecloud asks nobody for a right to SSM.
test('deploy puts the secrets and asks the doctor', async ({ aws, repository }) => {
  const providers = await startProviders()
  const asked = {
    TELEGRAM_URL: providers.telegram.url,
    NHN_SMS_URL: providers['nhn-sms'].url,
    SOLAPI_URL: providers['solapi-sms'].url,
    ROOT_GUARD_TELEGRAM: JSON.stringify(sampleSecrets.telegram),
    ROOT_GUARD_NHN_SMS: JSON.stringify(sampleSecrets['nhn-sms']),
    ROOT_GUARD_SOLAPI_SMS: JSON.stringify(sampleSecrets['solapi-sms']),
  }
  const deploy = repository.as({ ...(await as(aws, 'deploy')), ...asked })
  aws.calls.length = 0
  const put = await deploy.run('secrets')
  assert.is(put.exitCode, 0, put.stdout + put.stderr)
  const { stdout, stderr } = await deploy.run('doctor')
  assert.match(stdout, '✓ secrets  /root-guard/channels/telegram is there and well-formed', stderr)
  assert.equal(denied(stdout + stderr), [])
  assert.equal(await notGiven(aws, 'deploy'), [])
  for (const provider of Object.values(providers)) await provider.close()
})

test('drift looks at everything', async ({ aws, repository }) => {
  const drift = repository.as(await as(aws, 'drift'))
  aws.calls.length = 0
  const { stdout, stderr } = await drift.run('drift', '--json')
  const findings: readonly Finding[] = JSON.parse(stdout).findings
  // What this test itself changed for fakecloud's sake, and nothing that could not be looked at.
  assert.equal(
    findings
      .filter(({ state }) => state !== 'waiting')
      .map(({ resource, what, state }) => `${resource} ${what} ${state}`)
      .sort(),
    [
      'DeployRole policy names-of-calls differs',
      'DeployRole trust differs',
      'DriftRole policy names-of-calls differs',
      'DriftRole trust differs',
      'DrillRole trust differs',
      'PlanRole trust differs',
    ],
    stderr,
  )
  assert.ok(aws.calls.includes('DetectStackSetDrift'))
  assert.equal(await notGiven(aws, 'drift'), [])
})

test('drill puts its event and looks at the rules', async ({ aws, repository }) => {
  const drill = repository.as(await as(aws, 'drill'))
  aws.calls.length = 0
  // fakecloud runs no function, so no record comes, and the drill looks at every leg.
  const { stdout, stderr } = await drill.run('drill', '--wait', '1')
  assert.match(stdout, 'on the default bus of us-east-1', stderr)
  assert.equal(denied(stdout + stderr), [])
  assert.ok(aws.calls.includes('PutEvents'))
  assert.equal(await notGiven(aws, 'drill'), [])
})

test('plan and drill cannot look for drift, and drill cannot deploy', async ({ aws, repository }) => {
  for (const [role, command] of [
    ['plan', 'drift'],
    ['drill', 'drift'],
    ['drill', 'deploy'],
  ] as const) {
    const { exitCode, stdout, stderr } = await repository.as(await as(aws, role)).run(command)
    assert.is(exitCode, 1, `${role} ${command}`)
    assert.ok(denied(stdout + stderr).length > 0, stdout + stderr)
  }
})

test('what is another role’s to call, no other role has', async ({ aws }) => {
  const OWN: Readonly<Record<string, readonly WorkflowRole[]>> = {
    CreateStackSet: ['deploy'],
    UpdateStackSet: ['deploy'],
    CreateStackInstances: ['deploy'],
    DeleteStackInstances: ['deploy'],
    PutParameter: ['deploy'],
    GetParameters: ['deploy'],
    DetectStackSetDrift: ['drift'],
    PutEvents: ['drill'],
    DeleteStackSet: [],
    UpdateStack: [],
    DisableRule: [],
    StopLogging: [],
  }
  for (const [call, roles] of Object.entries(OWN)) {
    const has = []
    for (const role of workflowRoles) if ((await given(aws, role)).has(call)) has.push(role)
    assert.equal(has, roles, call)
  }
})

type Config = ReturnType<typeof clientConfig>
interface Try {
  readonly call: string
  /** The roles that may. */
  readonly may: readonly WorkflowRole[]
  readonly make: (config: Config) => Promise<unknown>
}

const queueUrl = 'http://127.0.0.1/111122223333/root-guard-dead-letters'
const topic = (name: string) => `arn:aws:sns:us-east-1:111122223333:${name}`

// biome-ignore format: a row each
const TRIES: readonly Try[] = [
  { call: "read the guard's function", may: ['deploy', 'drift'],
    make: (config) => new LambdaClient(config).send(new GetFunctionCommand({ FunctionName: 'root-guard-notify' })) },
  { call: "read another's function", may: [],
    make: (config) => new LambdaClient(config).send(new GetFunctionCommand({ FunctionName: 'payroll' })) },
  { call: "delete the guard's function", may: [],
    make: (config) => new LambdaClient(config).send(new DeleteFunctionCommand({ FunctionName: 'root-guard-notify' })) },
  { call: "read another's role", may: [],
    make: (config) => new IAMClient(config).send(new GetRoleCommand({ RoleName: 'payroll' })) },
  { call: 'make a user', may: [],
    make: (config) => new IAMClient(config).send(new CreateUserCommand({ UserName: 'minji' })) },
  ...['root-guard-stackset-execution', 'root-guard-stackset-administration', 'root-guard-notify'].map((name): Try => ({ call: `become ${name}`, may: [],
    make: (config) => new STSClient(config).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::111122223333:role/${name}`, RoleSessionName: 'sample' })) })),
  { call: "look at the guard's topic", may: ['deploy', 'drift'],
    make: (config) => new SNSClient(config).send(new GetTopicAttributesCommand({ TopicArn: topic('root-guard-alerts') })) },
  { call: "look at another's topic", may: [],
    make: (config) => new SNSClient(config).send(new GetTopicAttributesCommand({ TopicArn: topic('payroll') })) },
  { call: "subscribe to the guard's topic", may: [],
    make: (config) => new SNSClient(config).send(new SubscribeCommand({ TopicArn: topic('root-guard-alerts'), Protocol: 'email', Endpoint: 'minji@example.com' })) },
  { call: 'find the dead letters', may: ['deploy', 'drift', 'drill'],
    make: (config) => new SQSClient(config).send(new GetQueueUrlCommand({ QueueName: 'root-guard-dead-letters' })) },
  { call: 'throw the dead letters away', may: [],
    make: (config) => new SQSClient({ ...config, useQueueUrlAsEndpoint: false }).send(new PurgeQueueCommand({ QueueUrl: queueUrl })) },
  { call: 'read the records', may: [],
    make: (config) => new DynamoDBClient(config).send(new ScanCommand({ TableName: 'root-guard-deliveries' })) },
  { call: 'delete the records', may: [],
    make: (config) => new DynamoDBClient(config).send(new DeleteTableCommand({ TableName: 'root-guard-deliveries' })) },
]

for (const { call, may, make } of TRIES) {
  test(`${call}: ${may.join(' and ') || 'none of them'} may`, async ({ aws }) => {
    const letThrough = []
    for (const role of workflowRoles) {
      const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = await as(aws, role)
      const credentials = {
        accessKeyId: AWS_ACCESS_KEY_ID,
        secretAccessKey: AWS_SECRET_ACCESS_KEY,
        sessionToken: AWS_SESSION_TOKEN,
      }
      // That it is not there, or busy, is said only to whom it may be said.
      const refused = await make({ ...clientConfig(aws.endpoint, 'us-east-1'), credentials }).then(
        () => false,
        (error: Error) => /AccessDenied|NotAuthorized/.test(error.name),
      )
      if (!refused) letThrough.push(role)
    }
    assert.equal(letThrough, may)
  })
}

test.run()

/** The calls that the role's policy lists, by their names. */
async function given({ endpoint }: Fakecloud, role: WorkflowRole): Promise<ReadonlySet<string>> {
  const iam = new IAMClient(clientConfig(endpoint, 'us-east-1'))
  const { PolicyDocument = '' } = await iam.send(
    new GetRolePolicyCommand({ RoleName: `root-guard-${role}`, PolicyName: role }),
  )
  const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: { Action: string | string[] }[] }
  return new Set(Statement.flatMap(({ Action }) => [Action].flat()).map((action) => action.split(':')[1] ?? ''))
}

/** The calls since the list was emptied that the role's policy does not have. REST calls have no name, and are asked by fakecloud. */
async function notGiven(aws: Fakecloud, role: WorkflowRole): Promise<readonly string[]> {
  const calls = [...new Set(aws.calls)].filter((name) => /^[A-Z][A-Za-z]+$/.test(name))
  assert.ok(calls.includes('GetCallerIdentity'))
  const actions = await given(aws, role)
  return calls.filter((name) => !actions.has(name))
}

/** The actions refused. */
function denied(said: string): readonly string[] {
  const actions = [...said.matchAll(/not authorized to perform: ([\w-]+:\w+)/g)].map(([, action = '']) => action)
  return [...new Set(actions)]
}

/** What fakecloud calls by the name of the call, and IAM by another: s3:GetEncryptionConfiguration and its like. */
function byNamesOfCalls(role: WorkflowRole) {
  const Action = ['s3:GetBucketEncryption', 's3:GetBucketLifecycleConfiguration', 's3:GetPublicAccessBlock']
  const statement = { Effect: 'Allow', Action, Resource: 'arn:aws:s3:::stackset-root-guard-*' }
  return {
    RoleName: `root-guard-${role}`,
    PolicyName: 'names-of-calls',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  }
}

/** Credentials of the role, by a token as GitHub gives a job one. fakecloud wants a key it knows beside the token, and AWS none. */
async function as({ endpoint }: Fakecloud, role: WorkflowRole): Promise<Record<string, string>> {
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::111122223333:role/root-guard-${role}`,
    RoleSessionName: 'run-1',
    WebIdentityToken: token({ sub: `repo:example@1111/guard@2222:${SUBJECT[role]}` }),
  })
  const sts = new AwsClient({ accessKeyId: 'test', secretAccessKey: 'test', service: 'sts', region: 'us-east-1' })
  const answer = await (await sts.fetch(endpoint, { method: 'POST', body: body.toString(), headers: form })).text()
  const field = (name: string) => new RegExp(`<${name}>([^<]+)`).exec(answer)?.[1] ?? ''
  assert.ok(field('SessionToken'), answer)
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: field('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: field('SecretAccessKey'),
    AWS_SESSION_TOKEN: field('SessionToken'),
  }
}
