// What the words written to GitHub hold and do not hold: cut to size, without account ids, phone numbers and secrets.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fitted } from '../../../../scripts/lib/github/fit.ts'
import { secretValues } from '../../../../scripts/lib/github/masks.ts'
import { redacted } from '../../../../scripts/lib/github/redact.ts'

const cutting = suite('a text that is too long')

const lines = (number: number, text = 'a line of words') => Array.from({ length: number }, (_, i) => `${text} ${i}`)

cutting('stays as it is when it is not', () => {
  assert.is(fitted('a\nb', 3), 'a\nb')
})

cutting('loses whole lines from its end, which are counted', () => {
  const text = lines(1_000).join('\n')
  const cut = fitted(text, 2_000)
  const kept = cut.split('\n').filter((line) => line.startsWith('a line')).length
  assert.ok(cut.length <= 2_000)
  assert.match(cut, `\n\n${(1_000 - kept).toLocaleString('en-US')} lines (`)
})

cutting('is one line: all of it is left out', () => {
  assert.match(fitted('x'.repeat(5_000), 1_000), /^\n\n1 line \(5,000 characters\) left out/)
})

cutting('closes the block of code and what was opened to be unfolded', () => {
  const text = ['<details>', '', '````diff', '```', '<details>', ...lines(1_000), '````', '</details>'].join('\n')
  const cut = fitted(text, 3_000)
  assert.match(cut, /a line of words \d+\n````\n\n<\/details>\n\n[\d,]+ lines/)
  assert.ok(cut.length <= 3_000)
})

cutting('closes nothing that is closed', () => {
  const text = ['<details>', '```', '<details>', '```', '</details>', ...lines(1_000)].join('\n')
  assert.match(fitted(text, 3_000), /a line of words \d+\n\n[\d,]+ lines/)
})

cutting.run()

const redacting = suite('what anybody may read')

const REDACTED: readonly (readonly [text: string, shown: string])[] = [
  ['arn:aws:iam::111122223333:role/root-guard-plan', 'arn:aws:iam::************:role/root-guard-plan'],
  ['s3://root-guard-logs-111122223333-us-east-1', 's3://root-guard-logs-************-us-east-1'],
  ['to 010-0000-0000', 'to ***-0000'],
  ['to 01000000000, again', 'to ***-0000, again'],
  ['to +82 10-0000-0000', 'to ***-0000'],
  ['to +821000000000.', 'to ***-0000.'],
  ['commit 4f5877d111122223333aa', 'commit 4f5877d111122223333aa'],
  ['took 1234567 ms on 2026-11-24T23:59:18Z', 'took 1234567 ms on 2026-11-24T23:59:18Z'],
]

for (const [text, shown] of REDACTED) {
  redacting(`${text} is shown as ${shown}`, () => {
    assert.is(redacted(text), shown)
  })
}

redacting.run()

const masking = suite('what a log must not show')

masking('every value inside a secret, phone numbers in each of their forms', () => {
  const secret = { appKey: 'sample-app-key', sender: '0200000000', recipients: ['010-0000-1111'], tries: 3 }
  const values = secretValues({ ROOT_GUARD_NHN_SMS: JSON.stringify(secret), ROOT_GUARD_SLACK: '', PATH: '/usr/bin' })
  for (const value of [
    'sample-app-key',
    '0200000000',
    '02-0000-0000',
    '+82200000000',
    '010-0000-1111',
    '01000001111',
    '821000001111',
    '+82-10-0000-1111',
  ]) {
    assert.ok(values.includes(value), value)
  }
  assert.not.ok(values.includes('/usr/bin'))
})

masking('the long words of a secret that is not JSON, and no brace of it', () => {
  assert.equal(secretValues({ ROOT_GUARD_TELEGRAM: '1111:sample-token' }), ['1111:sample-token'])
  assert.equal(secretValues({ ROOT_GUARD_TELEGRAM: '{\n  "token": "1111:sample-token",\n' }), ['1111:sample-token'])
})

masking('no name of a template, no id of a sender', () => {
  const secret = {
    secretKey: 'sample-secret',
    senderKey: 'sample-sender-key',
    templateCode: 'root-guard',
    pfId: 'KA01PF0',
  }
  assert.equal(secretValues({ ROOT_GUARD_NHN_ALIMTALK: JSON.stringify(secret) }), ['sample-secret'])
})

masking('nothing so short that it hides the log instead', () => {
  assert.equal(secretValues({ ROOT_GUARD_ON: 'yes', ROOT_GUARD_TELEGRAM: '{"chatId":"-1"}' }), [])
})

masking.run()
