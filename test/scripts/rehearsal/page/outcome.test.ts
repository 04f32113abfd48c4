import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Journey, journey } from '../../../../scripts/rehearsal/page/journey.ts'
import { notRung, type Outcome, outcomeOf, rangWithin } from '../../../../scripts/rehearsal/page/outcome.ts'
import type { RecordedRequest } from '../../../../scripts/rehearsal/providers/provider.ts'
import type { CorpusRecord } from '../../../../scripts/rehearsal/records.ts'

const test = suite('how what was fired came out')

const began = 1_000
const ended = { ...journey({ name: 'x', what: 'record', region: 'us-east-1', times: 1 }), began, ms: 9_000 }
const why = { nearest: () => '', all: () => '' }
const taken = [{ rule: 'root-guard-root-activity', why: undefined }]
const check = [{ rule: 'root-guard-drill', why: undefined }]
const refused = [{ rule: 'root-guard-root-activity', why }]

function call(channel: string, status: RecordedRequest['status'], at = 100) {
  return { channel, request: { method: 'POST', path: '/', headers: {}, body: '', status, began: began + at } }
}

function message(provider: string) {
  return { provider, recipient: '010', text: 'text' }
}

function answer(status: number, outcome: string, records = 'kept') {
  return { target: 'phones', attempt: { status, ms: 1, body: JSON.stringify({ records, deliveries: [{ outcome }] }) } }
}

const rang = { rules: taken, messages: [message('telegram')], calls: [call('telegram', 200)] }
const buried = [{ target: 'phones', deadLetters: 'root-guard-dead-letters' }]

const ROWS: readonly (readonly [string, Outcome, Partial<Journey>, CorpusRecord['label']?])[] = [
  ['all rang', 'told', { ...rang, attempts: [answer(202, 'accepted')] }],
  ['another channel refused', 'troubled', { ...rang, calls: [...rang.calls, call('nhn-sms', 200)] }],
  ['another channel never answered', 'troubled', { ...rang, calls: [...rang.calls, call('nhn-sms', 'hung')] }],
  ['records were not kept', 'troubled', { ...rang, attempts: [answer(202, 'accepted', 'AccessDenied')] }],
  ['it took a second try', 'troubled', { ...rang, attempts: [answer(503, 'accepted'), answer(202, 'accepted')] }],
  ['somebody may not have got it', 'troubled', { ...rang, attempts: [answer(202, 'ambiguous')] }],
  ['the e-mail was given up', 'troubled', { ...rang, givenUp: buried }],
  ['nobody was reached', 'missed', { rules: taken, givenUp: buried }, 'alert'],
  ['the e-mail alone went out', 'missed', { rules: taken, givenUp: buried, mails: ['text'] }, 'alert'],
  ['no rule took what must be told', 'missed', { rules: refused }, 'alert'],
  ['no rule took what may not be told', 'silent', { rules: refused }, 'silent'],
  ['no rule took what was pasted', 'silent', { rules: refused }],
  ['it was counted', 'counted', { rules: taken, counted: 1 }, 'alert'],
  ['a drill only checked', 'checked', { rules: check, calls: rang.calls, attempts: [answer(202, 'ready')] }, 'alert'],
  [
    'a drill only checked, and found ill',
    'missed',
    { rules: check, calls: rang.calls, givenUp: buried, attempts: [answer(400, 'refused')] },
  ],
  ['it was told before', 'silent', { rules: taken, attempts: [answer(202, 'accepted')] }, 'alert'],
  ['windows closed and had counted', 'told', { ...rang, rules: [], what: 'window', digested: 3 }],
  ['windows closed, had counted, and nobody rang', 'missed', { what: 'window', digested: 3 }],
  ['windows closed that had counted nothing', 'silent', { what: 'window' }],
  ['the rehearsal failed', 'failed', { failure: 'no emulator' }],
]

for (const [what, outcome, of, label] of ROWS) {
  test(`${what}: ${outcome}`, () => assert.is(outcomeOf({ ...ended, ...of }, label), outcome))
}

test('until it is over it is going', () => {
  const { ms, ...going } = ended
  assert.is(outcomeOf({ ...going, ...rang }, 'alert'), 'going')
})

test('a channel that said no is not one that said nothing', () => {
  const calls = [call('telegram', 'hung'), call('telegram', 'hung'), call('nhn-sms', 500), call('solapi-sms', 200)]
  const found = notRung({ ...ended, messages: [message('solapi-sms')], calls })
  assert.equal(found, { refused: ['nhn-sms'], unanswered: ['telegram'] })
})

test('a phone rang when it did, whatever another channel took after that', () => {
  const calls = [call('nhn-sms', 200, 300), call('telegram', 'hung', 8_000)]
  assert.is(rangWithin({ ...ended, messages: [message('nhn-sms')], calls }), 300)
})

test.run()
