import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mostBytes, readPasted } from '../../../../scripts/rehearsal/page/pasted.ts'

const test = suite('what somebody pasted')

const event = { source: 'aws.s3', 'detail-type': 'AWS API Call via CloudTrail', account: '111122223333' }
const detail = { eventName: 'ListBuckets', eventSource: 's3.amazonaws.com' }

test('an event is put on the bus as it is, with what it lacks of an envelope', () => {
  const pasted = readPasted(JSON.stringify({ ...event, region: 'us-east-1', detail, id: 'mine' }))
  if (!('event' in pasted)) throw new Error('refused')
  assert.is(pasted.event.id, 'mine')
  assert.equal(pasted.event.detail, detail)
  assert.match(String(pasted.event.time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
})

test('a CloudTrail record gets the envelope that EventBridge would put it into', () => {
  const record = { ...detail, awsRegion: 'us-west-2', recipientAccountId: '111122223333' }
  const pasted = readPasted(JSON.stringify(record))
  if (!('event' in pasted)) throw new Error('refused')
  const { source, account, region } = pasted.event
  assert.equal([source, account, region, pasted.event.detail], ['aws.s3', '111122223333', 'us-west-2', record])
})

test('what is missing is named', () => {
  assert.equal(readPasted(JSON.stringify(event)), { wrong: { is: 'missing', fields: ['region', 'detail'] } })
})

test('nothing, no JSON, no object and too much are each refused as what they are', () => {
  const wrong = (text: string) => {
    const pasted = readPasted(text)
    return 'wrong' in pasted ? pasted.wrong.is : ''
  }
  assert.is(wrong(' \n'), 'empty')
  assert.is(wrong('rm -rf'), 'no JSON')
  for (const text of ['[]', 'null', '1', '"event"']) assert.is(wrong(text), 'no object', text)
  assert.is(wrong('가'.repeat(mostBytes / 3 + 1)), 'too large')
})

test('whatever is pasted, the answer is an event or words', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const pasted = readPasted(text)
      assert.ok('event' in pasted || pasted.wrong.is !== undefined)
    }),
  )
})

test.run()
