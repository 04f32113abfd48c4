import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CommandError } from '../../../../scripts/lib/command.ts'
import { detectedDrift } from '../../../../scripts/lib/drift/stackset.ts'
import { driftOutcome } from '../../../../scripts/lib/report/drift.ts'
import type { StackSetClient } from '../../../../scripts/lib/stackset/client.ts'
import { instance, type Memory, memory, stackSetInMemory } from '../stackset/stackset-in-memory.ts'

const instances = new Map([
  ['us-west-2', instance('us-west-2')],
  ['eu-west-1', instance('eu-west-1')],
])
const deletedQueue = { logicalId: 'Queue', type: 'AWS::SQS::Queue', status: 'DELETED', differences: [] }

const test = suite("CloudFormation's own drift detection")

test('looks again after a pause when somebody else was faster, and does not hammer AWS', async () => {
  const { found, said } = await detected(memory({ refusals: ['operation-in-progress'] }))
  assert.equal(found, [])
  assert.equal(said.slice(0, 1), ['root-guard-relay: somebody else was faster; looking again'])
})

test('that fails in one Region names it, is no drift, and keeps what was found in the other', async () => {
  const state = memory({
    instances,
    failing: new Map([['eu-west-1', 'Rate exceeded']]),
    failingActions: ['detect-drift'],
    failedStatus: 'SUCCEEDED',
  })
  const { found } = await detected(state, { resourceDrifts: async () => [deletedQueue] })
  assert.equal(
    found.map(({ region, resource, found, state }) => [region, resource, found, state]),
    [
      ['eu-west-1', '', 'FAILED: Rate exceeded', 'unknown'],
      ['us-west-2', 'Queue', 'DELETED', 'differs'],
    ],
  )
  const { ok, text } = driftOutcome(found.slice(0, 1))
  assert.not.ok(ok)
  assert.match(text, 'no drift found, but 1 check failed: its state is unknown')
})

test('whose listing is refused in one Region keeps what was found in the other', async () => {
  const { found } = await detected(memory({ instances }), {
    resourceDrifts: async (_stackSet, _operation, { region }) => {
      if (region === 'us-west-2') return [deletedQueue]
      throw new CommandError('cloudformation:ListStackInstanceResourceDrifts (root-guard-relay): no', 'ask for it')
    },
  })
  assert.equal(
    found.map(({ region, state, hint }) => [region, state, hint.slice(0, 10)]),
    [
      ['us-west-2', 'differs', 'it was del'],
      ['eu-west-1', 'unknown', 'ask for it'],
    ],
  )
})

test.run()

async function detected(state: Memory, instead: Partial<StackSetClient> = {}) {
  const said: string[] = []
  const client = { ...stackSetInMemory(state), ...instead }
  const notes = { note: (line: string) => said.push(line) }
  return { found: await detectedDrift(client, 'root-guard-relay', [...instances.values()], notes), said }
}
