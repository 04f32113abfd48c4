import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mistakeIn } from '../../../../scripts/rehearsal/page/json-mistake.ts'

const test = suite('where a text stops being JSON')

const ROWS: readonly (readonly [text: string, line: number, column: number, found: string])[] = [
  ['<img src=x>', 1, 1, '«<»'],
  ['', 1, 1, ''],
  ['{"a": 1,\n  "b": oops}', 2, 8, '«oops»'],
  ['{"a": 1', 1, 8, ''],
  ['{"a" 1}', 1, 6, '«1»'],
  ["{'a': 1}", 1, 2, "«'»"],
  ['[1, 2,]', 1, 7, '«]»'],
  ['[1}', 1, 3, '«}»'],
  ['{} {}', 1, 4, '«{»'],
  ['[01]', 1, 3, '«1»'],
  ['"never closed', 1, 1, '«"never»'],
  ['["a\tb"]', 1, 2, '«"a»'],
  ['🚨', 1, 1, '«🚨»'],
]

for (const [text, line, column, found] of ROWS) {
  test(`${JSON.stringify(text)}: ${found || 'the end'} in line ${line}, column ${column}`, () =>
    assert.equal(mistakeIn(text), { line, column, found }))
}

test('finds a mistake exactly when JSON.parse does', () => {
  const near = fc.stringMatching(/^[[\]{},: "\\\ntrue0-9.eE+-]{0,12}$/)
  const cut = fc.tuple(fc.json(), fc.nat()).map(([json, at]) => json.slice(0, at % (json.length + 1)))
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), near, cut), (text) => {
      assert.is(mistakeIn(text) === undefined, parses(text), text)
    }),
    { numRuns: 2000 },
  )
})

test('a hundred thousand brackets are as easy as one', () => {
  assert.is(mistakeIn('['.repeat(100_000))?.column, 100_001)
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test.run()
