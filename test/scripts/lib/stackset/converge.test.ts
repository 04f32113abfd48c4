import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CommandError } from '../../../../scripts/lib/command.ts'
import { converge, type Goal, observeQuiet } from '../../../../scripts/lib/stackset/converge.ts'
import { failureText } from '../../../../scripts/lib/stackset/failure.ts'
import { instance, type Memory, memory, stackSetInMemory } from './stackset-in-memory.ts'

const goal: Goal = {
  stackSet: 'root-guard-relay',
  account: '111122223333',
  regions: ['us-west-2', 'eu-west-1'],
  keptRegions: ['us-east-1'],
  body: '{"Resources":{}}',
  parameters: {},
  tags: {},
  administrationRoleArn: 'arn:aws:iam::111122223333:role/administration',
  executionRoleName: 'execution',
  preferences: { failureTolerance: 0 },
}
const deployed = { ...goal, managedExecution: true }
const running = { id: 'of-somebody-else', action: 'UPDATE', status: 'RUNNING', reason: '' }

const test = suite<{ before: string | undefined }>('bringing a StackSet to what is wished')

test.before((context) => {
  context.before = process.env.ROOT_GUARD_WAIT_SECONDS
})

test.after(({ before }) => {
  if (before === undefined) delete process.env.ROOT_GUARD_WAIT_SECONDS
  else process.env.ROOT_GUARD_WAIT_SECONDS = before
})

test('waits for an operation that somebody else left running, then does what is left to do', async () => {
  const state = memory({ others: [{ operation: running, looks: 1 }] })
  const { result, said } = await converged(state)
  assert.match(
    said,
    "UPDATE RUNNING, operation of-somebody-else, is somebody else's or an earlier run's: waiting for it",
  )
  assert.equal(state.writes, ['create', 'create-instances us-west-2 eu-west-1'])
  assert.equal(
    result.instances.map(({ status }) => status),
    ['CURRENT', 'CURRENT'],
  )
})

test('says which operation it waited for, and how to stop it, when that does not end', async () => {
  process.env.ROOT_GUARD_WAIT_SECONDS = '0.2'
  const state = memory({ others: [{ operation: running, looks: 1000 }] })
  try {
    await converged(state)
    assert.unreachable('it waited for ever')
  } catch (error) {
    assert.instance(error, CommandError)
    const { message, hint } = error as CommandError
    assert.match(
      message,
      'root-guard-relay: operation of-somebody-else (UPDATE), which another run began, is still RUNNING',
    )
    assert.match(hint, 'stop-stack-set-operation --stack-set-name root-guard-relay --operation-id of-somebody-else')
  } finally {
    delete process.env.ROOT_GUARD_WAIT_SECONDS
  }
  assert.equal(state.writes, [])
})

test('a look for drift waits for a deploy that is running, and sees what it left', async () => {
  const state = memory({
    stackSet: deployed,
    instances: new Map([['us-west-2', instance('us-west-2', 'OUTDATED')]]),
    others: [{ operation: running, looks: 1 }],
  })
  const client = stackSetInMemory(state)
  const unfinished = async () => {
    const left = await client.unfinished(goal.stackSet)
    if (left.length === 0) state.instances.set('us-west-2', instance('us-west-2'))
    return left
  }
  const { instances } = await observeQuiet({ ...client, unfinished }, goal.stackSet, { note: () => {} })
  assert.equal(
    instances.map(({ status }) => status),
    ['CURRENT'],
  )
})

for (const refusal of ['operation-in-progress', 'out-of-date'] as const) {
  test(`looks again when a write is refused as ${refusal}`, async () => {
    const state = memory({ stackSet: deployed, refusals: [refusal] })
    const { result, said } = await converged(state)
    assert.match(said, 'somebody else was faster; looking again')
    assert.equal(result.wrote, ['create-instances'])
  })
}

test('takes a StackSet that appeared meanwhile for its own', async () => {
  const state = memory({ refusals: ['already-exists'] })
  const client = stackSetInMemory(state)
  const faster = {
    ...client,
    create: async (...args: Parameters<typeof client.create>) => {
      state.stackSet = deployed
      return client.create(...args)
    },
  }
  const { wrote } = await converge(faster, goal, { note: () => {} })
  assert.equal(wrote, ['create-instances'])
})

test('tells what failed: the Region, the resource, the reason, and what the other Region came to', async () => {
  const state = memory({ failing: new Map([['eu-west-1', 'ResourceLogicalId: Queue, limit exceeded']]) })
  const { result } = await converged(state)
  assert.is(result.failures.length, 1)
  const text = failureText(result.failures[0] as NonNullable<(typeof result.failures)[0]>)
  assert.match(text, 'root-guard-relay: eu-west-1 FAILED: ResourceLogicalId: Queue, limit exceeded')
  assert.match(text, 'resource Queue (AWS::SQS::Queue): no more queues')
  assert.match(text, '→ a quota is used up')
  assert.equal(
    result.instances.map(({ region, status }) => `${region} ${status}`),
    ['us-west-2 CURRENT', 'eu-west-1 OUTDATED'],
  )
})

test('is not deceived by an operation that AWS calls SUCCEEDED because it failed within the tolerance', async () => {
  const state = memory({ failing: new Map([['eu-west-1', 'no']]), failedStatus: 'SUCCEEDED' })
  const { result } = await converged(state)
  assert.equal(
    result.failures.map(({ region, reason }) => `${region}: ${reason}`),
    ['eu-west-1: no'],
  )
  assert.equal(state.writes, ['create', 'create-instances us-west-2 eu-west-1'])
})

test('of a single Region that fails within the tolerance twice does not say that it is deployed', async () => {
  const state = memory({
    failing: new Map([['us-west-2', 'no']]),
    failingActions: ['create-instances'],
    failedStatus: 'SUCCEEDED',
    stackStatuses: new Map([['us-west-2', 'ROLLBACK_COMPLETE']]),
  })
  const single = { ...goal, regions: ['us-west-2'] }
  for (const writes of [['create'], ['delete-instances us-west-2']]) {
    state.writes.length = 0
    const done = await converge(stackSetInMemory(state), single, { note: () => {} })
    assert.equal(state.writes, [...writes, 'create-instances us-west-2'])
    const [failure] = done.failures
    assert.is(failure?.stackStatus, 'ROLLBACK_COMPLETE')
    assert.match(failure?.hint ?? '', 'it deletes what is left of this stack and makes it anew')
  }
})

test('updates the other Regions although one is INOPERABLE', async () => {
  const state = memory({
    stackSet: { ...deployed, body: '{"Resources":{"Old":{}}}' },
    instances: new Map([
      ['us-west-2', instance('us-west-2')],
      ['eu-west-1', instance('eu-west-1', 'INOPERABLE', 'a deletion failed')],
    ]),
  })
  const { result } = await converged(state)
  assert.equal(state.writes, ['update us-west-2'])
  assert.equal(
    result.instances.map(({ status }) => status),
    ['CURRENT', 'INOPERABLE'],
  )
})

test.run()

async function converged(state: Memory) {
  const lines: string[] = []
  const result = await converge(stackSetInMemory(state), goal, { note: (line) => lines.push(line) })
  return { result, said: lines.join('\n') }
}
