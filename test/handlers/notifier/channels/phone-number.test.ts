// Which phone numbers people may write into a secret, and the one form they are read into.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as v from 'valibot'
import { phoneNumber, senderNumber } from '../../../../handlers/notifier/channels/phone-number.ts'

const numbers = suite('a phone number')

for (const [written, digits] of [
  ['010-0000-0000', '01000000000'],
  ['01000000000', '01000000000'],
  ['010 0000 0000', '01000000000'],
  [' 010-0000-0000 ', '01000000000'],
  ['+82 10-0000-0000', '01000000000'],
  ['+821000000000', '01000000000'],
  ['+82-10-0000-0000', '01000000000'],
  ['02-000-0000', '020000000'],
  ['02-0000-0000', '0200000000'],
  ['(02) 000-0000', '020000000'],
  ['+82 2-000-0000', '020000000'],
  ['070-0000-0000', '07000000000'],
  ['+82 (0)10-0000-0000', '01000000000'],
] as const) {
  numbers(`written as «${written}» is ${digits}`, () => {
    assert.is(v.parse(phoneNumber, written), digits)
  })
}

for (const [what, written] of [
  ['of the United States', '+1 202-555-0100'],
  ['of Japan', '+81 90-0000-0000'],
  ['of Britain', '+44 20 7946 0000'],
  ['with a country code and no plus', '82-10-0000-0000'],
  ['with an area code of zeros', '+82 00-0000-0000'],
  ['of another country, dialled from Korea', '0044 20 0000 0000'],
  ['too short', '010-0000'],
  ['too long', '010-0000-00000'],
  ['of only a country', '+82'],
  ['empty', ''],
  ['with letters', '010-0000-000O'],
  ['with more after it', '010-0000-0000; 010-0000-0001'],
  ['in full-width digits', '０１０００００００００'],
  ['that is a number, which has lost its zero', 1000000000],
  ['that is missing', undefined],
  ['that is null', null],
] as const) {
  numbers(`${what} is refused`, () => {
    assert.is(v.is(phoneNumber, written), false)
  })
}

numbers('to send from may be a representative one, which nobody can receive at', () => {
  assert.is(v.parse(senderNumber, '1500-0000'), '15000000')
  assert.is(v.parse(senderNumber, '02-000-0000'), '020000000')
  assert.is(v.is(phoneNumber, '1500-0000'), false)
})
numbers.run()
