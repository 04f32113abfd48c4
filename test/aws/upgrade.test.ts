// A deploy over the release before, whose function was in us-east-1's own stack: what it writes and in which order, and that nothing is
// left to do or to find afterwards. test/stage/upgrade.test.ts plays the same writes with events under way.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stackSetClient } from '../../scripts/lib/stackset/aws-client.ts'
import { converge } from '../../scripts/lib/stackset/converge.ts'
import { goalOf } from '../../scripts/lib/stackset/goal.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import { alarmRegion, postureRegion } from '../../templates-src/config/schema.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { bodiesBefore } from '../upgrade/before.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'

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
  assert.equal(ofStackSets, ['CreateStackSet', 'CreateStackInstances', 'UpdateStackSet', 'UpdateStackSet'])
  const order = [...stderr.concat(stdout).matchAll(/^(root-guard-\S+): (creating stacks|updating)/gm)].map(
    ([, stackSet]) => stackSet,
  )
  assert.equal([...new Set(order)], ['root-guard-notifier', 'root-guard-us-east-1', 'root-guard-operations'])
})

test('leaves nothing to do and nothing to find', async ({ aws, repository }) => {
  aws.calls.length = 0
  assert.is((await repository.run('deploy')).exitCode, 0)
  assert.equal(writes(aws.calls), [])
  const { exitCode, stdout } = await repository.run('drift')
  assert.is(exitCode, 0, stdout)
})

test.run()

/** As that release's deploy made them, whose way to converge was this one. */
async function deployBefore(aws: Fakecloud): Promise<void> {
  const environment = { ...process.env }
  Object.assign(process.env, aws.environment)
  try {
    const client = stackSetClient(settings.homeRegion)
    for (const [stackSet, body] of Object.entries(bodiesBefore())) {
      const regions = regionsOf[stackSet] ?? []
      const template = { stackSet, regions, body, file: { path: '', content: '' } }
      const { failures } = await converge(client, goalOf(settings, template), { note: () => {} })
      assert.equal(failures, [], stackSet)
    }
  } finally {
    for (const name of Object.keys(aws.environment)) delete process.env[name]
    Object.assign(process.env, environment)
  }
}
