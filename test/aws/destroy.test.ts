import { CloudFormationClient, ListStackSetsCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import type { Ran } from '../child.ts'
import { denied, deniedJson, type Fakecloud, startFakecloud, writes } from './fakecloud.ts'
import { clientConfig, stackNameTag } from './what-fakecloud-leaves-out.ts'

const test = suite<{ aws: Fakecloud; repository: Checkout }>('destroy')
const words = ['--delete-logs', 'delete the logs of root-guard', '--delete-secrets', 'delete the secrets of root-guard']

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', 'relayRegions: [us-west-2]')
  await context.repository.run('generate')
  const { exitCode, stdout, stderr } = await context.repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  assert.is((await context.repository.run('bootstrap')).exitCode, 0)
  await ssm(context.aws).send(
    new PutParameterCommand({ Name: '/root-guard/channels/telegram', Value: '{}', Type: 'SecureString' }),
  )
  for (const Bucket of await buckets(context.aws)) {
    await s3(context.aws).send(new PutObjectCommand({ Bucket, Key: 'AWSLogs/first', Body: 'a log' }))
    await s3(context.aws).send(new PutObjectCommand({ Bucket, Key: 'AWSLogs/first', Body: 'a later version' }))
  }
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

for (const length of [16, 20]) {
  const guard = 'a-long-guard-name-xy'.slice(0, length)
  const Bucket = `${`stackset-${guard}`.slice(0, 24)}-trailbucket-0a1b2c3d4e5f`
  test(`finds the buckets left behind of a guard whose name has ${length} letters`, async ({ aws, repository }) => {
    await s3(aws).send(new CreateBucketCommand({ Bucket }))
    repository.edit('name: root-guard', `name: ${guard}`)
    aws.answer = (name) =>
      name.includes(`/${Bucket}`) && name.includes('?tagging')
        ? { status: 200, body: stackNameTag(`StackSet-${guard}-ap-northeast-2-0a1b2c3d-0000`) }
        : undefined
    const { stderr } = await repository.run('destroy')
    aws.answer = () => undefined
    repository.edit(`name: ${guard}`, 'name: root-guard')
    await s3(aws).send(new DeleteBucketCommand({ Bucket }))
    assert.match(stderr, `would stay: ${Bucket}`)
  })
}

test('without --yes only says what it would take away, and what would stay', async ({ aws, repository }) => {
  aws.calls.length = 0
  const asked: string[] = []
  aws.answer = (name, body) => void (name === 'GetParameters' && asked.push(body))
  const { exitCode, stderr } = await repository.run('destroy')
  aws.answer = () => undefined
  assert.is(exitCode, 2)
  assert.equal(
    asked.map((body) => JSON.parse(body).WithDecryption),
    [false],
  )
  assert.match(stderr, 'root-guard-relay: stacks in us-west-2')
  assert.match(stderr, /would stay: .*-trailbucket-/)
  assert.match(stderr, 'would stay: /root-guard/channels/telegram')
  assert.match(stderr, 'stays: the stack root-guard-bootstrap')
  assert.match(stderr, 'nothing was removed; to remove it: npm run destroy -- --yes root-guard')
  assert.equal(writes(aws.calls), [])
})

test('takes no other name, and no other words, for an order', async ({ aws, repository }) => {
  aws.calls.length = 0
  assert.is((await repository.run('destroy', '--yes', 'other-guard')).exitCode, 2)
  const { exitCode, stderr } = await repository.run('destroy', '--yes', 'root-guard', '--delete-logs', 'yes')
  assert.is(exitCode, 2)
  assert.match(stderr, 'say it in these words: "delete the logs of root-guard"')
  assert.equal(writes(aws.calls), [])
})

test('stops where something could not be deleted, and says what it did not try', async ({ aws, repository }) => {
  aws.calls.length = 0
  aws.answer = (name, body) =>
    name === 'DeleteStackInstances' && body.includes('root-guard-ap-northeast-2') ? denied : undefined
  const { exitCode, stdout } = await repository.run('destroy', '--yes', 'root-guard')
  assert.equal(
    writes(aws.calls),
    ['DeleteStackInstances', 'DeleteStackSet', 'StopConfigurationRecorder', 'DeleteStackInstances'],
    'the recorder stops before its delivery channel goes, and after the relay',
  )
  aws.answer = () => undefined
  assert.is(exitCode, 1)
  assert.match(stdout, 'cloudformation:DeleteStackInstances (root-guard-ap-northeast-2)')
  assert.match(stdout, 'deleted: root-guard-relay\n')
  assert.match(stdout, 'not tried, and there as before: root-guard-operations, root-guard-us-east-1')
  assert.match(
    stdout,
    'start-configuration-recorder --region ap-northeast-2 --configuration-recorder-name root-guard-recorder',
  )
})

test('a recorder that may not be stopped is a note, and the removal goes on', async ({ aws, repository }) => {
  aws.calls.length = 0
  aws.answer = (name, body) => {
    if (name === 'StopConfigurationRecorder') return deniedJson
    return name === 'DeleteStackInstances' && body.includes('root-guard-ap-northeast-2') ? denied : undefined
  }
  const { exitCode, stdout, stderr } = await repository.run('destroy', '--yes', 'root-guard')
  aws.answer = () => undefined
  assert.is(exitCode, 1)
  assert.match(stdout + stderr, 'the recorder was not stopped, and its stack is deleted all the same')
  assert.match(stdout + stderr, 'needs config:StopConfigurationRecorder')
  assert.equal(writes(aws.calls).slice(-2), ['StopConfigurationRecorder', 'DeleteStackInstances'])
  assert.not.match(stdout, 'start-configuration-recorder')
})

test('deletes the stacks and StackSets, whichever of its writes it was killed after, and keeps logs and secrets', async ({
  aws,
  repository,
}) => {
  const before = await buckets(aws)
  const killed: string[] = []
  let last = await killedAfterItsFirstWrite(aws, repository, killed)
  while (last.exitCode === null) last = await killedAfterItsFirstWrite(aws, repository, killed)
  const { exitCode, stdout, stderr } = last
  // Of the Regions' stacks and then of the StackSet itself, four times; the relay was gone already.
  const both = ['DeleteStackInstances', 'DeleteStackSet']
  assert.equal(killed, [...both, ...both, ...both, ...both])
  assert.is(exitCode, 0, stderr)
  assert.match(stdout, 'deleted: nothing')
  assert.match(stdout, 'kept, with what is in them: ')
  assert.equal(await guards(aws), ['root-guard-bootstrap'])
  assert.match(stdout, 'stays: the stack root-guard-bootstrap')
  assert.ok(
    stdout
      .trimEnd()
      .endsWith('aws cloudformation delete-stack --region ap-northeast-2 --stack-name root-guard-bootstrap'),
    stdout,
  )
  assert.equal(await buckets(aws), before)
  assert.is(before.length, 3)
  assert.is(await parameters(aws), 1)
})

test('deletes the logs that stayed, every version of them, and the secrets, when told in words', async ({
  aws,
  repository,
}) => {
  const mine = await buckets(aws)
  await s3(aws).send(new CreateBucketCommand({ Bucket: 'stackset-root-guard-of-somebody-else' }))
  const { exitCode, stdout, stderr } = await repository.run('destroy', '--yes', 'root-guard', ...words)
  assert.is(exitCode, 0, stderr)
  for (const bucket of mine) assert.match(stdout, `${bucket}: 2 objects and versions deleted`)
  assert.match(stdout, `emptied and deleted: ${mine.join(', ')}`)
  assert.equal(await buckets(aws), ['stackset-root-guard-of-somebody-else'], 'what no stack of the guard made stays')
  assert.is(await parameters(aws), 0)
})

test('of nothing is no failure, and says that a notification hub stays', async ({ repository }) => {
  repository.edit('relayRegions: [us-west-2]', 'relayRegions: [us-west-2]\nuserNotifications: {hub: create}')
  const { exitCode, stdout } = await repository.run('destroy', '--yes', 'root-guard')
  assert.is(exitCode, 0)
  assert.match(stdout, 'deleted: nothing')
  assert.match(stdout, 'stays: the notification hub of us-east-1')
})

test.run()

async function killedAfterItsFirstWrite(aws: Fakecloud, repository: Checkout, killed: string[]): Promise<Ran> {
  const running = repository.start('destroy', '--yes', 'root-guard')
  aws.afterCall = (name) => {
    if (!name.startsWith('DeleteStack')) return
    aws.afterCall = () => {}
    killed.push(name)
    running.kill()
  }
  return running.ended
}

const s3 = ({ endpoint }: Fakecloud) =>
  new S3Client({ ...clientConfig(endpoint, 'ap-northeast-2'), forcePathStyle: true })
const ssm = ({ endpoint }: Fakecloud) => new SSMClient(clientConfig(endpoint, 'us-east-1'))

async function buckets(aws: Fakecloud): Promise<readonly string[]> {
  const { Buckets = [] } = await s3(aws).send(new ListBucketsCommand({}))
  return Buckets.map(({ Name = '' }) => Name).sort()
}

async function parameters(aws: Fakecloud): Promise<number> {
  const { Parameters = [] } = await ssm(aws).send(
    new GetParametersCommand({ Names: ['/root-guard/channels/telegram'] }),
  )
  return Parameters.length
}

/** StackSets and stacks of the guard that are left, anywhere. */
async function guards({ endpoint }: Fakecloud): Promise<readonly string[]> {
  const home = new CloudFormationClient(clientConfig(endpoint, 'ap-northeast-2'))
  const { Summaries = [] } = await home.send(new ListStackSetsCommand({ Status: 'ACTIVE' }))
  const stacks = []
  for (const region of ['us-east-1', 'ap-northeast-2', 'us-west-2']) {
    const { StackSummaries = [] } = await new CloudFormationClient(clientConfig(endpoint, region)).send(
      new ListStacksCommand({}),
    )
    stacks.push(...StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE'))
  }
  return [...Summaries.map(({ StackSetName = '' }) => StackSetName), ...stacks.map(({ StackName = '' }) => StackName)]
}
