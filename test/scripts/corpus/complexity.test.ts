// Which patterns are too complex, by what Event Ruler made of them; npm run corpus asks it.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { overLimit } from '../../../scripts/corpus/complexity.ts'
import { largestPatterns } from '../../../scripts/corpus/largest-patterns.ts'
import { settings } from '../../templates-src/references.ts'

const test = suite('the complexity of patterns')

test('is too high from 9 on', () => {
  assert.equal(overLimit([{ source: ['a'] }, { source: ['b'] }, { source: ['c'] }], [8, 9, 30]), [
    '9: {"source":["b"]}…',
    '30: {"source":["c"]}…',
  ])
})

test('is asked of every rule with a pattern, by the settings as they are and by those that make it largest', () => {
  const patterns = largestPatterns({ ...settings, name: 'sample' }).map((pattern) => JSON.stringify(pattern))
  for (const name of ['sample', 'a-name-as-long-as-20', 'root-guard']) {
    assert.ok(
      patterns.some((pattern) => pattern.includes(`"*:${name}-*"`)),
      name,
    )
  }
  for (const part of [
    '"StopLogging"',
    '"Sign-in Anomaly Alert"',
    '"restApiId"',
    'root-guard.drill',
    'CloudWatch Alarm',
  ]) {
    assert.ok(
      patterns.some((pattern) => pattern.includes(part)),
      part,
    )
  }
})

test.run()
