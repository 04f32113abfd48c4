// A deploy over the release before, whose function was in us-east-1's own stack: what it writes and in which order, and that nothing is
// left to do or to find afterwards. test/stage/upgrade.test.ts plays the same writes with events under way.
import { setTimeout as pause } from 'node:timers/promises'
import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DescribeStackSetOperationCommand,
  type DescribeStackSetOperationCommandInput,
} from '@aws-sdk/client-cloudformation'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { defined } from '../../scripts/lib/stackset/aws-shapes.ts'
import { goalOf } from '../../scripts/lib/stackset/goal.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import { alarmRegion, postureRegion } from '../../templates-src/config/schema.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { bodiesBefore } from '../upgrade/before.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'
import { killThenRunAgain, type Resumed, twoAtATime } from './killed.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

const test = suite<{ aws: Fakecloud; repository: Checkout }>('a deploy over the release before')
const settings = loadSettings('test/root-guard.yaml')
const regionsOf: Readonly<Record<string, readonly string[]>> = {
  'root-guard-us-east-1': [alarmRegion],
  'root-guard-operations': [alarmRegion],
  'root-guard-ap-northeast-2': [postureRegion],
  'root-guard-relay': [],
}

test.before(async (context) => {
  context.aws = await startFakecloud(settings.account)
  context.repository = checkout(context.aws.environment)
  assert.is((await context.repository.run('generate')).exitCode, 0)
  await deployBefore(context.aws)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('is announced by the plan: what moves, and that nothing is lost', async ({ repository }) => {
  const { exitCode, stdout, stderr } = await repository.run('plan')
  assert.is(exitCode, 0, stderr)
  assert.match(stdout, 'the function, its role and its log move to a StackSet of their own, root-guard-notifier')
  assert.match(stdout, 'no alert is lost or sent twice')
})

test('makes the function before the alarm calls it, and then updates the alarm and its watchers', async ({
  aws,
  repository,
}) => {
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  const ofStackSets = writes(aws.calls).filter((call) => /StackSet|StackInstances/.test(call))
  // How many are updated depends on what else this release changes.
  const [set, stacks, ...updates] = ofStackSets
  assert.equal([set, stacks], ['CreateStackSet', 'CreateStackInstances'])
  assert.ok(updates.length >= 2 && updates.every((call) => call === 'UpdateStackSet'), updates.join(', '))
  const order = [...stderr.concat(stdout).matchAll(/^(root-guard-\S+): (creating stacks|updating)/gm)].map(
    ([, stackSet]) => stackSet,
  )
  const moved = ['root-guard-notifier', 'root-guard-us-east-1', 'root-guard-operations']
  assert.equal(
    [...new Set(order)].filter((name = '') => moved.includes(name)),
    moved,
  )
})

test('ends the same when it is killed after one of its writes and run again', async ({ repository }) => {
  const { calls } = await killedAfter(repository, Number.POSITIVE_INFINITY)
  const numbers = calls.flatMap((call, index) => (/^(Create|Update)Stack/.test(call) ? [index + 1] : []))
  assert.ok(numbers.length >= 4, calls.join(' '))
  await twoAtATime(numbers, async (number) => {
    const { again, state } = await killedAfter(repository, number)
    const place = `killed after call ${number}, ${calls[number - 1]}: `
    assert.is(again.exitCode, 0, place + again.stdout + again.stderr)
    assert.equal(
      state,
      [
        'root-guard-notifier us-east-1 CURRENT',
        'root-guard-us-east-1 us-east-1 CURRENT',
        'root-guard-ap-northeast-2 ap-northeast-2 CURRENT',
      ],
      place,
    )
  })
})

test('leaves nothing to do and nothing to find', async ({ aws, repository }) => {
  aws.calls.length = 0
  assert.is((await repository.run('deploy')).exitCode, 0)
  assert.equal(writes(aws.calls), [])
  const { exitCode, stdout } = await repository.run('drift')
  assert.is(exitCode, 0, stdout)
})

test.run()

/** On an account of its own that has the release before. */
async function killedAfter(repository: Checkout, number: number): Promise<Resumed> {
  const aws = await startFakecloud(settings.account)
  try {
    await deployBefore(aws)
    return await killThenRunAgain(aws, repository.as(aws.environment), number)
  } finally {
    aws.stop()
  }
}

/** As that release's deploy made them: with the definition that this one has, too. */
async function deployBefore({ endpoint }: Fakecloud): Promise<void> {
  const client = new CloudFormationClient(clientConfig(endpoint, settings.homeRegion))
  for (const [StackSetName, body] of Object.entries(bodiesBefore())) {
    const Regions = [...(regionsOf[StackSetName] ?? [])]
    const template = { stackSet: StackSetName, regions: Regions, body, file: { path: '', content: '' } }
    await client.send(new CreateStackSetCommand({ StackSetName, ...defined(goalOf(settings, template)) }))
    if (Regions.length === 0) continue
    const of = { StackSetName, Accounts: [settings.account], Regions }
    const { OperationId } = await client.send(new CreateStackInstancesCommand(of))
    await ended(client, { StackSetName, OperationId })
  }
}

async function ended(client: CloudFormationClient, of: DescribeStackSetOperationCommandInput): Promise<void> {
  for (;;) {
    const { StackSetOperation } = await client.send(new DescribeStackSetOperationCommand(of))
    if (StackSetOperation?.Status === 'SUCCEEDED') return
    assert.not.match(StackSetOperation?.Status ?? '', /FAILED|STOPPED/)
    await pause(50)
  }
}
