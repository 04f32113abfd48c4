import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { flatPattern } from '../../../scripts/rehearsal/flat-pattern.ts'

const test = suite('a pattern for the emulator')

test('one without a choice stays as it is', () => {
  const pattern = { source: ['aws.s3'], detail: { eventName: [{ prefix: 'Put' }] } }
  assert.equal(flatPattern(pattern), pattern)
})

test('a choice deep inside becomes one at the top, with all that is wanted beside it', () => {
  const detail = { readOnly: [false], requestParameters: { $or: [{ name: ['a'] }, { rule: { name: ['b'] } }] } }
  assert.equal(flatPattern({ source: ['aws.s3'], detail }), {
    $or: [
      { source: ['aws.s3'], detail: { readOnly: [false], requestParameters: { name: ['a'] } } },
      { source: ['aws.s3'], detail: { readOnly: [false], requestParameters: { rule: { name: ['b'] } } } },
    ],
  })
})

test('choices at the top stay, with those inside of them', () => {
  const inner = { detail: { $or: [{ a: [1] }, { b: [2] }] } }
  assert.equal(flatPattern({ $or: [{ source: ['x'] }, inner] }), {
    $or: [{ source: ['x'] }, { detail: { a: [1] } }, { detail: { b: [2] } }],
  })
})

test.run()
