import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StackSetTemplate } from '../../../../scripts/lib/generated.ts'
import { deployOutcome } from '../../../../scripts/lib/report/deploy.ts'
import { instance } from '../stackset/stackset-in-memory.ts'

const relay: StackSetTemplate = {
  stackSet: 'root-guard-relay',
  regions: ['us-west-2', 'eu-west-1'],
  body: '{}',
  file: { path: 'generated/relay.yaml', content: '' },
}
const converged = {
  stackSet: 'root-guard-relay',
  wrote: ['create-instances'],
  instances: [instance('us-west-2')],
  failures: [],
}
const nothing = { retained: false, templates: [relay], findings: [], reminders: [] }

const test = suite('what a deploy says it came to')

test('a Region that was wished for and has no stack is wrong, whatever the operations said', () => {
  const { ok, text } = deployOutcome({ ...nothing, done: [converged] })
  assert.not.ok(ok)
  assert.match(text, 'root-guard-relay: there is no stack in eu-west-1\n  → npm run deploy again')
})

test('every Region with a CURRENT stack is deployed', () => {
  const instances = [instance('us-west-2'), instance('eu-west-1')]
  const { ok, text } = deployOutcome({ ...nothing, done: [{ ...converged, instances }] })
  assert.ok(ok)
  assert.match(text, 'deployed')
})

test.run()
