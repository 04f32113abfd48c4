import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { olderText } from '../../../scripts/rehearsal/windows.ts'

const test = suite('time in the table is put back')
const MINUTE = 60_000

test('in milliseconds since 1970 and in ISO 8601, wherever they stand in a text', () => {
  const item = '{"closes":{"N":"1767225660000"},"alert":{"S":"counts digest of notable 2026-01-01T00:01:00.000Z a"}}'
  const older = '{"closes":{"N":"1767225600000"},"alert":{"S":"counts digest of notable 2026-01-01T00:00:00.000Z a"}}'
  assert.is(olderText(item, MINUTE), older)
})

test('and leaves ids, chats and seconds alone', () => {
  const item = '{"id":"20260101000000R0000000001","chat":"-1000000000001","expires":"1769817600"}'
  assert.is(olderText(item, MINUTE), item)
})

test.run()
