// What logs and answers may show of a recipient and of a provider's words.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { maskRecipient, redactCode, redactReason } from '../../../handlers/notifier/redact.ts'

const SECRET = {
  appKey: 'sampleAppKey',
  secretKey: 'sample.secret+key',
  sender: '0200000000',
  recipients: ['01000000000', '01000000001'],
}

const masks = suite('a recipient in a log')

for (const [recipient, shown] of [
  ['01000000000', '010****0000'],
  ['0200000000', '020****0000'],
  ['-1000000000000', '-10****0000'],
  ['@sample_chat', '@sa****chat'],
  ['020000000', '****00'],
  ['-1111', '****11'],
] as const) {
  masks(`${recipient} is shown as ${shown}`, () => {
    assert.is(maskRecipient(recipient), shown)
  })
}

masks('is never shown whole', () => {
  for (let length = 1; length < 40; length++) {
    const recipient = '0123456789'.repeat(4).slice(0, length)
    assert.is.not(maskRecipient(recipient), recipient)
    if (length > 2) assert.not(maskRecipient(recipient).includes(recipient))
  }
})
masks.run()

const reasons = suite("a provider's reason")

for (const [said, shown] of [
  ['RecipientNo is invalid.', 'RecipientNo is invalid.'],
  ['wrong key sampleAppKey', 'wrong key ****'],
  ['key=sample.secret+key&key=sample.secret+key', 'key=****&key=****'],
  ['01000000001 is blocked', '**** is blocked'],
  ['to 010-0000-0000', 'to ****'],
  ['to +82 10 0000 0000.', 'to ****.'],
  ['to 02-000-0000', 'to ****'],
  ['-2052 at 09:41', '-2052 at 09:41'],
] as const) {
  reasons(`«${said}» is told as «${shown}»`, () => {
    assert.is(redactReason(said, SECRET), shown)
  })
}

reasons('holds nothing of a secret however deep it lies', () => {
  const deep = { a: [{ b: { c: 'deep-secret' } }], n: 7, nothing: null }
  assert.is(redactReason('it was deep-secret', deep), 'it was ****')
})

reasons('holds no phone number that the secret does not know either', () => {
  assert.is(redactReason('sender 0200000000 for 01000000000', {}), 'sender **** for ****')
})

reasons('is as it was where there is no secret', () => {
  for (const secret of [undefined, null, 7, {}, []]) assert.is(redactReason('no such bot', secret), 'no such bot')
})

reasons('is cut where a provider writes a page', () => {
  assert.is(redactReason('<p>'.repeat(10_000), SECRET).length, 200)
})

reasons('shows no beginning of a secret where it is cut', () => {
  for (let before = 180; before < 205; before++) {
    const shown = redactReason(`${'.'.repeat(before)}${SECRET.secretKey}`, SECRET)
    assert.not.match(shown, 'sample')
  }
})
reasons('leaves nothing of a secret behind whose beginning is another', () => {
  assert.is(redactReason('abcdefgh abcd', { appKey: 'abcd', secretKey: 'abcdefgh' }), '**** ****')
})

for (const number of ['010.0000.0000', '010/0000/0000', '(02) 000-0000', '010–0000–0000', '+82 10 0000 0000']) {
  reasons(`does not carry ${number} on`, () => {
    assert.not.match(redactReason(`no such number: ${number}.`, {}), /000/)
  })
}
reasons.run()

const codes = suite("a provider's code")

codes('keeps the long digits of a message id, which are no phone number', () => {
  assert.is(redactCode('G4V20260102030405060708091011121', SECRET), 'G4V20260102030405060708091011121')
})

codes('loses what the secret holds', () => {
  assert.is(redactCode('for 01000000000 by sampleAppKey', SECRET), 'for **** by ****')
})
codes.run()
