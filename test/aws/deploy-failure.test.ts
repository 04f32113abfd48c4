import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { denied, type Fakecloud, startFakecloud } from './fakecloud.ts'

const table = 'root-guard-deliveries'
const test = suite<{ aws: Fakecloud; repository: Checkout }>('a deploy that fails')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test("names the StackSet, the Region, the resource and AWS's reason, and exits with 1", async ({ aws, repository }) => {
  await dynamo(aws).send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  )
  const { exitCode, stdout } = await repository.run('deploy')
  assert.is(exitCode, 1)
  assert.match(stdout, /root-guard-us-east-1: us-east-1 FAILED: .*Deliveries.*already exists/)
  assert.match(stdout, 'the stack was left CREATE_FAILED')
  assert.match(stdout, '→ something of that name is there that this stack did not make')
})

test('says what came of the other StackSets all the same, and leaves the watchers of what failed', async ({
  repository,
}) => {
  const { exitCode, stdout } = await repository.run('deploy', '--json')
  assert.is(exitCode, 1)
  const { stackSets, refusals } = JSON.parse(stdout)
  const states = stackSets.flatMap((one: StackSetJson) => one.instances.map(({ region, status }) => [region, status]))
  assert.equal(states, [
    ['us-east-1', 'CURRENT'],
    ['us-east-1', 'OUTDATED'],
    ['ap-northeast-2', 'CURRENT'],
  ])
  assert.match(stackSets[1].failures[0].reason, 'already exists')
  assert.match(refusals[0].message, 'root-guard-operations is left as it is, since root-guard-us-east-1')
})

test('tells it although a later StackSet is refused outright, and deploys the others', async ({ aws, repository }) => {
  // Preflight looks at it once; the deploy itself is the one that is refused.
  let looks = 0
  aws.answer = (name, body) =>
    name === 'DescribeStackSet' && body.includes('root-guard-relay') && ++looks > 1 ? denied : undefined
  const { exitCode, stdout } = await repository.run('deploy', '--json')
  aws.answer = () => undefined
  assert.is(exitCode, 1)
  const { stackSets, refusals } = JSON.parse(stdout)
  assert.match(stackSets[1].failures[0].reason, 'already exists')
  assert.equal(
    stackSets.map(({ stackSet }: { stackSet: string }) => stackSet),
    ['root-guard-notifier', 'root-guard-us-east-1', 'root-guard-ap-northeast-2'],
  )
  const [, refused] = refusals
  assert.match(refused.message, 'cloudformation:DescribeStackSet (root-guard-relay)')
  assert.match(refused.hint, 'user/tester needs cloudformation:DescribeStackSet')
})

test('goes on from there when it is run again after the cause is mended', async ({ aws, repository }) => {
  await dynamo(aws).send(new DeleteTableCommand({ TableName: table }))
  const { exitCode, stdout } = await repository.run('deploy')
  assert.is(exitCode, 0)
  assert.match(stdout, 'root-guard-us-east-1: deleting the stacks in us-east-1, since their creation failed')
  assert.match(stdout, /^root-guard-us-east-1 {2}us-east-1 {2}CURRENT {2}written$/m)
  assert.match(stdout, /^root-guard-ap-northeast-2 {2}ap-northeast-2 {2}CURRENT {2}unchanged$/m)
})

test('says what to do when AWS cannot be reached', async () => {
  const offline = checkout({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  })
  await offline.run('generate')
  const { exitCode, stderr } = await offline.run('deploy')
  offline.remove()
  assert.is(exitCode, 1)
  assert.match(stderr, 'http://127.0.0.1:9 cannot be reached (ECONNREFUSED)')
})

test.run()

interface StackSetJson {
  readonly instances: readonly { readonly region: string; readonly status: string }[]
}

function dynamo({ endpoint }: Fakecloud): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
}
