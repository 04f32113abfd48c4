import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isSettled } from '../../../../scripts/lib/drill/follow.ts'
import type { Looked, NotSeen, SeenDelivery } from '../../../../scripts/lib/drill/lookup.ts'
import { verdict } from '../../../../scripts/lib/drill/verdict.ts'

const ROUTES = ['telegram', 'sms']
const CHANNELS = { telegram: ['telegram', 'nhn-sms'], sms: ['nhn-sms', 'solapi-sms'] }
const when = { ms: 200, at: '2026-01-01T00:00:00.000Z' }
const one = (route: string, channel: string, rest: Partial<SeenDelivery> = {}): SeenDelivery => ({
  route,
  channel,
  recipient: '010****0000',
  outcome: 'accepted',
  code: '1',
  reason: '',
  ...when,
  ...rest,
})
const TELEGRAM = one('telegram', 'telegram', { receipt: { receipt: 'unknown', code: 'not-asked', reason: 'no' } })
const SMS = one('sms', 'nhn-sms')
const seen = (deliveries: readonly SeenDelivery[], rest: Partial<Looked> = {}): Looked => ({
  handling: false,
  deliveries: [...deliveries],
  unreached: [],
  failedOver: [],
  ...rest,
})
const received = (receipt: 'delivered' | 'pending' | 'failed', reason = '') =>
  one('sms', 'nhn-sms', { receipt: { receipt, code: '3018', reason } })
const doubt: Partial<SeenDelivery> = { outcome: 'ambiguous', code: 'no-answer', reason: 'no answer in 1200 ms' }
const no: Partial<SeenDelivery> = { outcome: 'permanent', code: '-1007', reason: 'no' }
const missing: Partial<SeenDelivery> = { outcome: 'retryable', code: 'secret-missing', reason: 'none' }
const phone = (n: number, channel: string, rest: Partial<SeenDelivery> = {}) =>
  one('sms', channel, { recipient: `010****000${n}`, ...rest })
const ofRouteTelegram = (delivery: SeenDelivery) => ({ ...delivery, route: 'telegram' })
const late: Partial<SeenDelivery> = { outcome: 'retryable', code: '500', reason: 'Internal Server Error' }

type Row = readonly [what: string, last: Looked | NotSeen, ok: boolean, sentences: readonly RegExp[]]

const ROWS: readonly Row[] = [
  ['every route accepted', seen([TELEGRAM, SMS]), true, [/^every route accepted the drill: 2 messages$/]],
  ['the carrier delivered', seen([TELEGRAM, received('delivered')]), true, [/, 1 delivered, says the carrier$/]],
  ['the carrier is not done', seen([TELEGRAM, received('pending')]), true, [/, 1 not yet delivered$/]],
  [
    'the carrier did not deliver',
    seen([TELEGRAM, received('failed', 'phone off')]),
    false,
    [/^sms: nhn-sms accepted it, and it was not delivered to 010\*{4}0000 \(3018, phone off\)$/],
  ],
  [
    'one phone of two was refused',
    seen([TELEGRAM, SMS], {
      unreached: [one('sms', 'solapi-sms', { outcome: 'permanent', code: '1030', reason: 'no' })],
    }),
    false,
    [/^sms: solapi-sms refused it for 010\*{4}0000 \(1030, no\)$/],
  ],
  [
    'an answer was lost and nobody else was reached',
    seen([TELEGRAM, one('sms', 'nhn-sms', doubt)]),
    false,
    [/^sms: nhn-sms gave no clear answer for 010/],
  ],
  [
    'an answer was lost and the next channel accepted',
    seen([TELEGRAM, one('sms', 'nhn-sms', doubt), one('sms', 'solapi-sms')]),
    true,
    [/^every route accepted/],
  ],
  [
    'a channel refused one phone of two and the next stood in',
    seen([TELEGRAM, phone(1, 'nhn-sms'), phone(2, 'solapi-sms')], { failedOver: [phone(2, 'nhn-sms', no)] }),
    true,
    [
      /^every route accepted/,
      /^sms: nhn-sms refused it for 010\*{4}0002 \(-1007, no\), and solapi-sms stood in: mend it/,
    ],
  ],
  [
    'both channels refused one phone of two',
    seen([TELEGRAM, phone(1, 'nhn-sms')], {
      unreached: [phone(2, 'nhn-sms', no)],
      failedOver: [phone(2, 'solapi-sms', no)],
    }),
    false,
    [
      /^sms: nhn-sms refused it for 010\*{4}0002 \(-1007, no\)$/,
      /^sms: solapi-sms refused it for 010\*{4}0002 \(-1007, no\)$/,
    ],
  ],
  [
    'a chat was closed, and phones that it does not know stood in',
    seen([SMS, ...[phone(1, 'nhn-sms'), phone(2, 'nhn-sms')].map(ofRouteTelegram)], {
      failedOver: [one('telegram', 'telegram', { recipient: '-10****0001', ...no })],
    }),
    true,
    [
      /^every route accepted/,
      /^telegram: telegram refused it for -10\*{4}0001 \(-1007, no\), and nhn-sms stood in: mend it/,
    ],
  ],
  [
    'the first channel had no secret',
    seen([TELEGRAM, one('sms', 'solapi-sms')], { failedOver: [one('sms', 'nhn-sms', { recipient: '', ...missing })] }),
    true,
    [
      /^every route accepted/,
      /^sms: nhn-sms could not begin \(secret-missing, none\), and solapi-sms stood in: mend it/,
    ],
  ],
  [
    'a channel that was not needed has no secret',
    seen([TELEGRAM, SMS], { failedOver: [one('sms', 'solapi-sms', { recipient: '', ...missing })] }),
    true,
    [
      /^every route accepted/,
      /^sms: solapi-sms could not begin \(secret-missing, none\), and could not have stood in: mend/,
    ],
  ],
  [
    'a channel failed, and accepted in a later try',
    seen([TELEGRAM, SMS], { failedOver: [one('sms', 'nhn-sms', late)] }),
    true,
    [/^every route accepted/],
  ],
  [
    'a channel is not known to be up again',
    seen([SMS], { unreached: [one('telegram', 'telegram', late)] }),
    false,
    [/did not take it yet/],
  ],
  ['the function did not get done', seen([SMS], { handling: true }), false, [/^telegram: the function has the event/]],
  ['a route is not on record', seen([SMS]), false, [/^telegram: nobody was reached within 30 s/]],
  [
    'the function refused it',
    seen([], { refused: "the day's drills are used up" }),
    false,
    [/^the function did not carry the drill out: the day's drills are used up$/],
  ],
  ['nothing is on record', { absent: true }, false, [/^no record of the drill came within 30 s/]],
  ['records cannot be read', { unreadable: 'no', final: false }, false, [/cannot be seen: no$/]],
]

const whole = suite('the verdict on a drill')

for (const [what, last, ok, sentences] of ROWS) {
  whole(`when ${what}: ${ok ? 'fine' : 'not fine'}, in words`, () => {
    const found = verdict(last, { mode: 'send', routes: CHANNELS, seconds: 30 })
    assert.is(found.ok, ok)
    assert.is(found.sentences.length, sentences.length)
    for (const [index, sentence] of sentences.entries()) assert.match(found.sentences[index] ?? '', sentence)
  })
}

whole('on a check that did not look at every channel of its routes: not fine, in words', () => {
  const ready = (channel: string) => one('sms', channel, { outcome: 'ready' })
  const telegram = one('telegram', 'telegram', { outcome: 'ready' })
  const routes = { ...CHANNELS, telegram: ['telegram'] }
  const check = { mode: 'check', routes, seconds: 30 } as const
  assert.ok(verdict(seen([telegram, ready('nhn-sms'), ready('solapi-sms')]), check).ok)
  const { ok, sentences } = verdict(seen([telegram, ready('nhn-sms')]), check)
  assert.is(ok, false)
  assert.equal(sentences, ['sms: solapi-sms was not looked at: is what runs older than root-guard.yaml? npm run plan'])
})

whole.run()

const settled = suite('a drill is followed')

settled('until every route has a delivery that does not wait for another try', () => {
  assert.ok(isSettled(seen([TELEGRAM, SMS]), ROUTES, 'send'))
  assert.ok(
    isSettled(seen([SMS], { unreached: [one('telegram', 'telegram', { outcome: 'permanent' })] }), ROUTES, 'send'),
  )
  assert.not.ok(isSettled(seen([SMS]), ROUTES, 'send'))
  assert.not.ok(isSettled(seen([SMS], { unreached: [one('telegram', 'telegram', late)] }), ROUTES, 'send'))
  assert.not.ok(isSettled({ absent: true }, ROUTES, 'send'))
})

settled('once when it is a check, which is not tried again', () => {
  const late = one('telegram', 'telegram', { outcome: 'retryable' })
  assert.ok(isSettled(seen([SMS], { unreached: [late] }), ROUTES, 'check'))
  assert.not.ok(isSettled(seen([SMS]), ROUTES, 'check'))
})

settled('no longer when the function says that it does not carry it out', () => {
  assert.ok(isSettled(seen([], { refused: 'used up' }), ROUTES, 'send'))
})

settled('until the function is done, whose other recipients may come later', () => {
  assert.not.ok(isSettled(seen([TELEGRAM, SMS], { handling: true }), ROUTES, 'send'))
})

settled.run()
