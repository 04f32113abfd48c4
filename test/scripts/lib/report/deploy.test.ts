import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attempt, refusalsOf } from '../../../../scripts/lib/attempt.ts'
import { CommandError } from '../../../../scripts/lib/command.ts'
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
const nothing = { refusals: [], retained: false, templates: [relay], findings: [], reminders: [] }

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

test('what failed earlier is told although a later StackSet was refused', async () => {
  const failures = [
    {
      stackSet: 'root-guard-us-east-1',
      region: 'us-east-1',
      status: 'FAILED',
      reason: 'no',
      stackStatus: '',
      hint: 'mend it',
    },
  ]
  const refused = await attempt('root-guard-relay', () =>
    Promise.reject(new CommandError('cloudformation:UpdateStackSet (root-guard-relay): denied', 'ask for it')),
  )
  const { ok, text, json } = deployOutcome({
    ...nothing,
    done: [{ ...converged, stackSet: 'root-guard-us-east-1', failures }],
    refusals: refusalsOf([refused]),
  })
  assert.not.ok(ok)
  assert.match(text, 'root-guard-us-east-1: us-east-1 FAILED: no\n  → mend it')
  assert.match(text, 'cloudformation:UpdateStackSet (root-guard-relay): denied\n  → ask for it')
  assert.not.match(text, 'there is no stack in')
  assert.equal(
    (json as { refusals: readonly { part: string }[] }).refusals.map(({ part }) => part),
    ['root-guard-relay'],
  )
})

test.run()
