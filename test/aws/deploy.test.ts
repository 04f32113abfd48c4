import { CloudFormationClient, GetTemplateCommand, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'

const account = '111122223333'

interface Context {
  aws: Fakecloud
  repository: Checkout
}

const test = suite<Context>('deploy against fakecloud')

test.before(async (context) => {
  context.aws = await startFakecloud(account)
  context.repository = checkout(context.aws.environment)
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('credentials of another account are refused before anything is written', async ({ aws, repository }) => {
  repository.edit('"111122223333"', '"444455556666"')
  await repository.run('generate')
  aws.calls.length = 0
  const { exitCode, stderr } = await repository.run('deploy')
  assert.is(exitCode, 2)
  assert.match(stderr, 'the credentials in use belong to account 111122223333, root-guard.yaml says 444455556666')
  assert.equal(writes(aws.calls), [])
  repository.edit('"444455556666"', '"111122223333"')
  await repository.run('generate')
})

test('the first deploy makes three StackSets with CURRENT instances', async ({ aws, repository }) => {
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stderr)
  assert.match(stdout, /^root-guard-us-east-1 {2}us-east-1 {2}CURRENT {2}written$/m)
  assert.match(stdout, /^root-guard-operations {2}us-east-1 {2}CURRENT {2}written$/m)
  assert.match(stdout, /^root-guard-ap-northeast-2 {2}ap-northeast-2 {2}CURRENT {2}written$/m)
  assert.match(stdout, 'not looked at here: for phones to ring SSM of us-east-1 needs /root-guard/channels/telegram, ')
  assert.equal(await instances(aws, 'root-guard-us-east-1'), ['us-east-1 CURRENT'])
  assert.equal(await instances(aws, 'root-guard-operations'), ['us-east-1 CURRENT'])
  assert.equal(await instances(aws, 'root-guard-ap-northeast-2'), ['ap-northeast-2 CURRENT'])
})

test('the second deploy makes no write call', async ({ aws, repository }) => {
  aws.calls.length = 0
  const { exitCode, stdout } = await repository.run('deploy', '--json')
  assert.is(exitCode, 0)
  assert.is(JSON.parse(stdout).changed, false)
  assert.equal(writes(aws.calls), [])
  assert.ok(aws.calls.includes('DescribeStackSet'), 'it looked')
})

test('a change that was not generated is refused without a call', async ({ aws, repository }) => {
  repository.edit('locale: ko', 'locale: en')
  repository.edit('logDays: 2557', 'logDays: 400')
  aws.calls.length = 0
  const { exitCode, stderr } = await repository.run('deploy')
  assert.is(exitCode, 2)
  assert.match(stderr, 'generated/notifier.yaml is not what root-guard.yaml and templates-src come to')
  assert.equal(aws.calls, [])
})

test('a change reaches the stacks of both Regions', async ({ aws, repository }) => {
  assert.is((await repository.run('generate')).exitCode, 0)
  const { exitCode, stdout } = await repository.run('deploy')
  assert.is(exitCode, 0)
  assert.match(stdout, 'root-guard-notifier: updating, since the template changed')

  const notifier = await deployedTemplate(aws, 'root-guard-notifier', 'us-east-1')
  assert.match(notifier.Resources.Notifier.Properties.Environment.Variables.SETTINGS, '"locale":"en"')
  const posture = await deployedTemplate(aws, 'root-guard-ap-northeast-2', 'ap-northeast-2')
  assert.is(posture.Resources.TrailBucket.Properties.LifecycleConfiguration.Rules[0].ExpirationInDays, 400)
})

test('a further Region gets the relay', async ({ aws, repository }) => {
  repository.edit('relayRegions: []', 'relayRegions: [us-west-2]')
  await repository.run('generate')
  const { exitCode, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stderr)
  assert.equal(await instances(aws, 'root-guard-relay'), ['us-west-2 CURRENT'])
})

test('a Region taken out again loses its stack', async ({ aws, repository }) => {
  repository.edit('relayRegions: [us-west-2]', 'relayRegions: []')
  await repository.run('generate')
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stderr)
  assert.match(stdout, 'root-guard-relay: deleting the stacks in us-west-2, since no longer configured')
  assert.equal(await instances(aws, 'root-guard-relay'), [])
  aws.calls.length = 0
  assert.is((await repository.run('deploy')).exitCode, 0)
  assert.equal(writes(aws.calls), [])
})

test.run()

async function instances(aws: Fakecloud, stackSet: string): Promise<string[]> {
  const { Summaries = [] } = await client(aws, 'ap-northeast-2').send(
    new ListStackInstancesCommand({ StackSetName: stackSet }),
  )
  return Summaries.map(({ Region, Status }) => `${Region} ${Status}`)
}

/** The template of the instance's own stack, read in its Region. */
async function deployedTemplate(aws: Fakecloud, stackSet: string, region: string) {
  const { Summaries = [] } = await client(aws, 'ap-northeast-2').send(
    new ListStackInstancesCommand({ StackSetName: stackSet }),
  )
  const { TemplateBody = '' } = await client(aws, region).send(
    new GetTemplateCommand({ StackName: Summaries[0]?.StackId ?? '' }),
  )
  return JSON.parse(TemplateBody)
}

function client({ endpoint }: Fakecloud, region: string): CloudFormationClient {
  return new CloudFormationClient({ endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } })
}
