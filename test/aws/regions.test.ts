// Relays in many Regions: one parallel operation, Regions that come and go, one that fails beside one that does not.
import { CloudFormationClient, ListStackSetOperationsCommand } from '@aws-sdk/client-cloudformation'
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

/** With Seoul and us-east-1 these are the 17 Regions that an account has by default. */
const FURTHER = ['us-east-2', 'us-west-1', 'us-west-2', 'ap-south-1', 'ap-northeast-1', 'ap-northeast-3']
  .concat(['ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'])
  .concat(['eu-north-1', 'sa-east-1'])

const test = suite<{ aws: Fakecloud; repository: Checkout }>('relays')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', `relayRegions: [${FURTHER.join(', ')}]`)
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('of all 17 Regions are made by one operation, Regions side by side', async ({ aws, repository }) => {
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  assert.match(stdout, /root-guard-relay: \d+ s CREATE (RUNNING \(.*15 |SUCCEEDED)/)
  assert.equal(writes(aws.calls), [
    'CreateServiceLinkedRole',
    ...['notifier', 'us-east-1', 'operations', 'ap-northeast-2', 'relay'].flatMap(() => [
      'CreateStackSet',
      'CreateStackInstances',
    ]),
  ])
  const operations = await relayOperations(aws)
  assert.equal(
    operations.map(({ Action, OperationPreferences }) => [Action, OperationPreferences?.RegionConcurrencyType]),
    [['CREATE', 'PARALLEL']],
  )
  assert.match((await repository.run('drift')).stdout, 'no drift: everything is as it was deployed')
})

test('one that fails says why, and the one that succeeds in the same operation is told', async ({
  aws,
  repository,
}) => {
  // Two go and come back; meanwhile somebody takes the name of one's queue.
  repository.edit('us-west-1, us-west-2, ', '')
  await repository.run('generate')
  assert.is((await repository.run('deploy')).exitCode, 0)
  const oregon = new SQSClient(clientConfig(aws.endpoint, 'us-west-2'))
  const theirs = { QueueName: 'root-guard-dead-letters', Attributes: { MessageRetentionPeriod: '60' } }
  const { QueueUrl } = await oregon.send(new CreateQueueCommand(theirs))

  repository.edit('us-east-2, ', 'us-east-2, us-west-1, us-west-2, ')
  await repository.run('generate')
  const { exitCode, stdout } = await repository.run('deploy')
  assert.is(exitCode, 1, stdout)
  assert.match(stdout, /root-guard-relay: us-west-2 FAILED: .*DeadLetters.*exist/)
  assert.match(stdout, 'root-guard-relay: creating stacks in us-west-1, us-west-2')
  assert.match(stdout, /^root-guard-relay {2}us-west-1 {2}CURRENT {2}written$/m)
  assert.match(stdout, /^root-guard-us-east-1 {2}us-east-1 {2}CURRENT {2}unchanged$/m)

  await oregon.send(new DeleteQueueCommand({ QueueUrl }))
  const again = await repository.run('deploy')
  assert.is(again.exitCode, 0, again.stdout + again.stderr)
  assert.match(again.stdout, /^root-guard-relay {2}us-west-2 {2}CURRENT {2}written$/m)
})

test('that are all taken out leave no stack, and Seoul and us-east-1 are not touched', async ({ aws, repository }) => {
  repository.edit(`relayRegions: [${FURTHER.join(', ')}]`, 'relayRegions: []')
  await repository.run('generate')
  const plan = await repository.run('plan')
  assert.match(plan.stdout, 'A deploy would change this: 15 stacks to delete.')
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  assert.equal(writes(aws.calls), ['DeleteStackInstances'])
  assert.not.match(stdout, /^root-guard-relay {2}/m)
  assert.match(stdout, /^root-guard-ap-northeast-2 {2}ap-northeast-2 {2}CURRENT {2}unchanged$/m)
})

test.run()

async function relayOperations({ endpoint }: Fakecloud) {
  const client = new CloudFormationClient(clientConfig(endpoint, 'ap-northeast-2'))
  const { Summaries = [] } = await client.send(new ListStackSetOperationsCommand({ StackSetName: 'root-guard-relay' }))
  return Summaries
}
