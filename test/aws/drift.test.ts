import {
  CloudFormationClient,
  DeleteStackCommand,
  ListStackInstanceResourceDriftsCommand,
  ListStackInstancesCommand,
  ListStackResourcesCommand,
  ListStackSetOperationsCommand,
} from '@aws-sdk/client-cloudformation'
import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Finding } from '../../scripts/lib/live/stack.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Account, type Change, changes } from './drift-changes.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

interface Context {
  aws: Fakecloud
  repository: Checkout
  found: readonly Finding[]
}

const test = suite<Context>('drift')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', 'relayRegions: []\nencryption: customer-key\ndashboard: true')
  assert.is((await context.repository.run('generate')).exitCode, 0)
  const { exitCode, stdout, stderr } = await context.repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('of a clean deploy there is none, and nothing is written but that it was detected', async ({
  aws,
  repository,
}) => {
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await repository.run('drift')
  assert.is(exitCode, 0, stdout + stderr)
  assert.match(stdout, 'no drift: everything is as it was deployed')
  assert.equal(
    writes(aws.calls).filter((call) => call !== 'DetectStackSetDrift'),
    [],
  )
})

test('of which CloudFormation calls the API, its stage, a rule and the trail MODIFIED all the same', async ({
  aws,
}) => {
  assert.equal(await calledModified(aws, 'us-east-1'), ['Api', 'RootActivityRule', 'Stage'])
  assert.equal(await calledModified(aws, 'ap-northeast-2'), ['Trail'])
})

test('Regions that nobody watches are told, and do not count', async ({ repository }) => {
  const { exitCode, stdout } = await repository.run('drift')
  assert.is(exitCode, 0)
  assert.match(stdout, /to know, and no drift:\n1[45] enabled Regions: not watched, /)
  assert.match(stdout, '→ put them into relayRegions of root-guard.yaml')
})

test('is looked for after somebody changed what there is', async (context) => {
  const account = await accountOf(context.aws)
  const refused: string[] = []
  for (const { did, make } of changes) await make(account).catch((error) => refused.push(`${did}: ${error}`))
  assert.equal(refused, [])
  const { exitCode, stdout, stderr } = await context.repository.run('drift', '--json')
  assert.is(exitCode, 1, stderr)
  context.found = JSON.parse(stdout).findings
})

for (const change of changes) {
  test(`${change.region}: ${change.did}`, ({ found }) => {
    const named = found.filter((finding) => isOf(finding, change))
    assert.is(
      named.length,
      1,
      `found of ${change.resource}: ${JSON.stringify(
        found.filter(({ resource }) => resource.startsWith(change.resource)),
        null,
        1,
      )}`,
    )
    assert.is(named[0]?.state, 'differs')
    assert.ok(named[0]?.hint, 'it says what to do')
  })
}

test('nothing else is called drift', ({ found }) => {
  const others = found.filter(
    (finding) => finding.state === 'differs' && !changes.some((change) => isOf(finding, change)) && !follows(finding),
  )
  assert.equal(others, [])
})

test('a deploy finds it, too, and does not call itself well', async ({ repository }) => {
  const { exitCode, stdout } = await repository.run('deploy')
  assert.is(exitCode, 1)
  assert.match(stdout, 'Trail (AWS::CloudTrail::Trail): IsLogging should be true, is false')
})

test('people are told by the routes, where root-guard.yaml wants that', async ({ aws, repository }) => {
  const refused = await repository.run('drift', '--alert')
  assert.is(refused.exitCode, 2)
  assert.match(refused.stderr, 'root-guard.yaml: driftAlert: found false; --alert needs true')

  repository.edit('relayRegions: []', 'relayRegions: []\ndriftAlert: true')
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await repository.run('drift', '--alert', '--json')
  repository.edit('\ndriftAlert: true', '')
  assert.is(exitCode, 1, stderr)
  assert.match(
    JSON.parse(stdout).told,
    /^handed to the bus of us-east-1 for every route, as root-guard\.drift~[0-9a-f-]{36}/,
  )
  assert.equal(
    writes(aws.calls).filter((call) => call !== 'DetectStackSetDrift'),
    ['PutEvents'],
  )
})

test('what the release before made and no stack deleted is named, with how to delete it', async ({
  aws,
  repository,
}) => {
  const virginia = clientConfig(aws.endpoint, 'us-east-1')
  const lambda = new LambdaClient(virginia)
  const iam = new IAMClient(virginia)
  const role = { RoleName: 'root-guard-notifier' }
  const byLambda = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const trust = { Version: '2012-10-17', Statement: [byLambda] }
  const { Role } = await iam.send(new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: JSON.stringify(trust) }))
  const code = { ZipFile: zipSync({ 'index.js': strToU8('exports.handler = async () => {}') }) }
  const like = { Runtime: 'nodejs24.x', Handler: 'index.handler', Role: Role?.Arn, Code: code } as const
  await lambda.send(new CreateFunctionCommand({ FunctionName: 'root-guard-notifier', ...like }))
  const log = { logGroupName: '/aws/lambda/root-guard-notifier' }
  const logs = new CloudWatchLogsClient(virginia)
  await logs.send(new CreateLogGroupCommand(log))
  const { exitCode, stdout } = await repository.run('drift')
  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'root-guard-notifier' }))
  await iam.send(new DeleteRoleCommand(role))
  await logs.send(new DeleteLogGroupCommand(log))
  assert.is(exitCode, 1)
  for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::Logs::LogGroup']) {
    const said = `root-guard-us-east-1: us-east-1: ${type}: what an earlier release made should be gone, is still there`
    assert.match(stdout, said)
  }
  assert.match(stdout, 'aws lambda delete-function --region us-east-1 --function-name root-guard-notifier')
})

test('a stack that was deleted behind its StackSet is named, with how to make it anew', async ({ aws, repository }) => {
  const home = new CloudFormationClient(clientConfig(aws.endpoint, 'ap-northeast-2'))
  const { Summaries = [] } = await home.send(new ListStackInstancesCommand({ StackSetName: 'root-guard-us-east-1' }))
  const virginia = new CloudFormationClient(clientConfig(aws.endpoint, 'us-east-1'))
  await virginia.send(new DeleteStackCommand({ StackName: Summaries[0]?.StackId }))
  const { exitCode, stdout } = await repository.run('drift')
  assert.is(exitCode, 1)
  assert.match(
    stdout,
    'root-guard-us-east-1: us-east-1: AWS::CloudFormation::Stack: the stack should be there, is gone',
  )
  assert.match(stdout, 'aws cloudformation delete-stack-instances --stack-set-name root-guard-us-east-1')
  const plan = await repository.run('plan')
  assert.match(plan.stdout, 'The stack is gone of root-guard-us-east-1 in us-east-1', plan.stderr)
})

test.run()

function isOf({ region, resource, what }: Finding, change: Change): boolean {
  const isNamed = typeof change.what === 'string' ? what === change.what : change.what.test(what)
  return region === change.region && resource.replace(/[0-9a-f]{8}$/, '') === change.resource && isNamed
}

/** What a change brings with it: other values of the environment are gone, a rule's description, a deleted queue's policy. */
function follows({ region, resource, what }: Finding): boolean {
  if (resource === 'Notifier') return what.startsWith('Environment.Variables.')
  if (resource === 'SweepRule' || resource === 'RelayRootActivityRule') return what === 'Description'
  return region === 'ap-northeast-2' && resource === 'DeadLettersPolicy' && what === 'the resource'
}

/** What CloudFormation found with the drift detection last made. */
async function calledModified(aws: Fakecloud, region: Change['region']): Promise<string[]> {
  const home = new CloudFormationClient(clientConfig(aws.endpoint, 'ap-northeast-2'))
  const StackSetName = `root-guard-${region}`
  const { Summaries: operations = [] } = await home.send(new ListStackSetOperationsCommand({ StackSetName }))
  const { Summaries = [] } = await home.send(
    new ListStackInstanceResourceDriftsCommand({
      StackSetName,
      OperationId: operations.find(({ Action }) => Action === 'DETECT_DRIFT')?.OperationId,
      StackInstanceAccount: '111122223333',
      StackInstanceRegion: region,
    }),
  )
  const modified = Summaries.filter(({ StackResourceDriftStatus }) => StackResourceDriftStatus === 'MODIFIED')
  return modified.map(({ LogicalResourceId = '' }) => LogicalResourceId).sort()
}

async function accountOf(aws: Fakecloud): Promise<Account> {
  const ids = new Map<string, string>()
  for (const region of ['us-east-1', 'ap-northeast-2']) {
    const { Summaries = [] } = await new CloudFormationClient(clientConfig(aws.endpoint, 'ap-northeast-2')).send(
      new ListStackInstancesCommand({ StackSetName: `root-guard-${region}` }),
    )
    const { StackResourceSummaries = [] } = await new CloudFormationClient(clientConfig(aws.endpoint, region)).send(
      new ListStackResourcesCommand({ StackName: Summaries[0]?.StackId }),
    )
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of StackResourceSummaries) {
      // Some logical ids end in a digest.
      ids.set(`${region} ${LogicalResourceId.replace(/[0-9a-f]{8}$/, '')}`, PhysicalResourceId)
    }
  }
  return { aws, id: (region, logicalId) => ids.get(`${region} ${logicalId}`) ?? assert.unreachable(logicalId) ?? '' }
}
