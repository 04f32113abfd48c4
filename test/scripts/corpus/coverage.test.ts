// Which ways are taken out of a pattern. That each is then missed is Event Ruler's to say, in npm run corpus.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reductions } from '../../../scripts/corpus/coverage.ts'

const test = suite('the ways of a pattern, taken out in turn')

test('one of several values, and none of only one', () => {
  assert.equal(reductions({ source: ['a', 'b'], name: ['c'] }), [
    { way: 'source: "a"', pattern: { source: ['b'], name: ['c'] } },
    { way: 'source: "b"', pattern: { source: ['a'], name: ['c'] } },
  ])
})

test('one of several alternatives, and of the values within each', () => {
  assert.equal(reductions({ detail: { $or: [{ a: [1, 2] }, { b: [3] }] } }), [
    { way: 'detail.$or: {"a":[1,2]}', pattern: { detail: { b: [3] } } },
    { way: 'detail.$or: {"b":[3]}', pattern: { detail: { a: [1, 2] } } },
    { way: 'detail.$or.a: 1', pattern: { detail: { $or: [{ a: [2] }, { b: [3] }] } } },
    { way: 'detail.$or.a: 2', pattern: { detail: { $or: [{ a: [1] }, { b: [3] }] } } },
  ])
})

test.run()
