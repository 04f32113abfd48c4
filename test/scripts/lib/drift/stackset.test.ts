import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { detectedDrift } from '../../../../scripts/lib/drift/stackset.ts'
import { instance, type Memory, memory, stackSetInMemory } from '../stackset/stackset-in-memory.ts'

const test = suite("CloudFormation's own drift detection")

test('looks again after a pause when somebody else was faster, and does not hammer AWS', async () => {
  const { found, said } = await detected(memory({ refusals: ['operation-in-progress'] }))
  assert.equal(found, [])
  assert.equal(said.slice(0, 1), ['root-guard-relay: somebody else was faster; looking again'])
})

test.run()

async function detected(state: Memory) {
  const said: string[] = []
  const instances = [instance('us-west-2'), instance('eu-west-1')]
  const notes = { note: (line: string) => said.push(line) }
  return { found: await detectedDrift(stackSetInMemory(state), 'root-guard-relay', instances, notes), said }
}
