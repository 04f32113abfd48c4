import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { leftoverFindings } from '../../../../scripts/lib/drift/leftover.ts'
import type { StackSetState } from '../../../../scripts/lib/stackset/client.ts'
import type { InstanceState } from '../../../../scripts/lib/stackset/verdict.ts'
import { loadSettings } from '../../../../templates-src/config/load.ts'

const settings = loadSettings('test/root-guard.yaml')
const test = suite('what the release before left')
const before: Record<string, string | undefined> = {}

// Nothing answers there, so that a look shows as one that failed.
const nowhere = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_MAX_ATTEMPTS: '1',
}

test.before(() => {
  for (const [name, value] of Object.entries(nowhere)) {
    before[name] = process.env[name]
    process.env[name] = value
  }
})

test.after(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

test('is looked for once the stack that called it is as its StackSet says', async () => {
  const found = await leftoverFindings(settings, observed('CURRENT'))
  assert.equal(
    found.map(({ type, state }) => [type, state]),
    ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::Logs::LogGroup'].map((type) => [type, 'unknown']),
  )
})

test('is not looked for while that stack may still call it, or while there is none', async () => {
  assert.equal(await leftoverFindings(settings, observed('OUTDATED')), [])
  assert.equal(await leftoverFindings(settings, { stackSet: observed('CURRENT').stackSet, instances: [] }), [])
  assert.equal(await leftoverFindings(settings, undefined), [])
})

test.run()

function observed(status: string) {
  const stackSet = { body: 'Resources: {}' } as StackSetState
  return { stackSet, instances: [{ region: 'us-east-1', status } as InstanceState] }
}
