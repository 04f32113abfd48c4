// What no event can do, whatever it says: be unreadable, be untold, break a limit, write a line or a mark of ours. Whoever
// acts as root writes the user agent, the names and the error messages; AWS has written every other surprise.
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { alertMessage } from '../../../../handlers/notifier/words/messages.ts'
import { corpus } from '../../../../scripts/rehearsal/records.ts'
import { GUARD, read } from '../reading.ts'
import { assertWithinLimits, ko, linesOf, voices } from './voices.ts'

/** What somebody might write to break out of a line, turn it around, or make it too long. */
const HOSTILE: Readonly<Record<string, string>> = {
  'line breaks': 'a\nRecord: forged\r\nb\rc\n\n기록: 가짜',
  'line breaks of other systems': 'a\u2028b\u2029c\u0085d\u000be\u000cf',
  'control characters': Array.from({ length: 0x20 }, (_, code) => `${String.fromCharCode(code)}x`).join('\u007f\u009f'),
  'nothing but a control character': '\u0000',
  'bidi marks': 'a\u202egnol\u202c\u2066b\u2067c\u2068d\u2069\u200e\u200f\u061c',
  'invisible characters': 'a\u200bb\u200c\u2060\ufeff\u00ad\u{e0041}c',
  emoji: '👩‍👩‍👧‍👦🚨⚠️✅'.repeat(40),
  'lone surrogates': '\ud83d a \ude00 b \ud83d',
  'combining marks': `e${'\u0301'.repeat(500)}`,
  'rare Hangul': '똠햏뷁'.repeat(100),
  'private use': '\ue000\uf8ff\u{100000}',
  markup: '<b>*_`[x](https://example.com)&amp;</b> @everyone <!channel> {} #{what}',
  'a message of ours': `\n\n훈련 [${GUARD}] 루트 콘솔 로그인 성공`,
  'a whole book': 'long '.repeat(2_000),
  'one long word': '루'.repeat(10_000),
  'names of every object': '__proto__',
}

const hostile = suite('a hostile event')

type Json = ReturnType<typeof JSON.parse>

for (const [what, text] of Object.entries(HOSTILE)) {
  hostile(`cannot break a message with ${what}, in one field or in all`, () => {
    for (const { event } of corpus().filter((_, index) => index % 12 === 0)) {
      assertTold(mapTexts(event, () => text))
      assertTold(mapTexts(event, (said, name) => (name === 'eventName' || name === 'type' ? said : text)))
    }
  })
}

hostile('cannot add or take away a line with what it says', () => {
  const { event } = corpus().find(({ name }) => name === 'root-create-access-key') as { event: object }
  const labels = (told: object) =>
    linesOf(alertMessage(read(JSON.stringify(told)), ko)).map((line) => line.split(':')[0])
  const kept = new Set(['type', 'eventID', 'awsRegion', 'eventSource', 'source', 'eventName', 'arn'])
  for (const text of Object.values(HOSTILE)) {
    if (text === '\u0000') continue
    const told = mapTexts(event, (said, name) => (kept.has(name) ? said : text))
    assert.equal(labels(told).slice(1), labels(event).slice(1))
  }
})

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(...Object.values(HOSTILE)))
const anyValue = fc.oneof(
  anyText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<Json>(null, [], {}, '', 0, -1, 1e308, true, 'true', [[]], { toString: 1 }, '2026-01-01T00:00:00Z'),
)

hostile('is read and told, whatever JSON it is', () => {
  const names = [
    'eventID',
    'eventName',
    'eventSource',
    'eventTime',
    'eventType',
    'awsRegion',
    'userIdentity',
    'addendum',
  ]
  const more = ['requestParameters', 'responseElements', 'errorCode', 'errorMessage', 'sourceIPAddress', 'userAgent']
  const fields = (all: readonly string[]) =>
    fc.record(Object.fromEntries(all.map((name) => [name, anyValue])), { requiredKeys: [] })
  const types = fc.constantFrom(
    'AWS API Call via CloudTrail',
    'Config Rules Compliance Change',
    'Sign-in Anomaly Alert',
  )
  const sources = fc.oneof(fc.constantFrom('aws.iam', 'root-guard.drill', 'aws.'), anyText)
  const event = fc.tuple(fields(['id', 'time', 'account', 'region']), types, sources, fields([...names, ...more]))
  fc.assert(
    fc.property(event, ([own, type, source, detail]) => {
      fc.pre(source.trim() !== '')
      assertTold({ ...own, 'detail-type': type, source, detail })
    }),
    { numRuns: 400 },
  )
})

hostile('is read and told, whatever was done to a real record', () => {
  const record = fc.constantFrom(...corpus().map(({ event }) => event))
  const changes = fc.array(fc.record({ at: fc.nat(), to: fc.option(anyValue, { nil: undefined }) }), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(record, changes, (event, made) => {
      assertTold(made.reduce((changed, { at, to }) => replaceAt(changed, at, to), event))
    }),
    { numRuns: 400 },
  )
})

hostile('has its words in foreign spans alone', () => {
  const record = fc.constantFrom(...corpus().map(({ event }) => event))
  const fields = fc.array(fc.nat({ max: 60 }))
  fc.assert(
    fc.property(record, fields, (event, spared) => {
      let at = 0
      const marked = mapTexts(event, (said) => (spared.includes(at++) ? said : `⟦${said}⟧`))
      for (const voice of voices) {
        const { lines, short } = alertMessage(read(JSON.stringify(marked)), voice)
        for (const { text, style } of lines.flat()) assert.ok(style === 'foreign' || !/[⟦⟧]/.test(text), text)
        assert.match(short, /^(훈련 |TEST |AWS 발신 아님 |NOT FROM AWS )?\[root-guard\] /)
      }
    }),
    { numRuns: 200 },
  )
})
hostile.run()

function assertTold(event: object): void {
  const activity = read(JSON.stringify(event))
  assert.ok(activity.id !== '' && activity.id.length <= 100)
  for (const voice of voices) {
    const message = alertMessage(activity, voice)
    assertWithinLimits(message)
    assert.equal(alertMessage(activity, voice), message, 'a retry writes the same bytes')
    assert.is(linesOf(message).length, message.lines.length)
  }
}

/** The event with every text inside `detail` rewritten; what makes it an event stays. */
function mapTexts(event: Json, rewrite: (text: string, name: string) => string): Json {
  const inside = (value: Json, name: string): Json => {
    if (typeof value === 'string') return rewrite(value, name)
    if (Array.isArray(value)) return value.map((one) => inside(one, name))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inside(one, key)]))
  }
  return { ...event, detail: inside(event.detail, '') }
}

/** The event with one field of its detail, counted through, replaced or dropped. */
function replaceAt(event: Json, at: number, to: Json): Json {
  const copy = structuredClone(event)
  const places: [Json, string][] = []
  const open: Json[] = [copy.detail]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [key, value] of Object.entries(next)) {
      places.push([next, key])
      if (typeof value === 'object' && value !== null) open.push(value)
    }
  }
  const [owner, key] = places[at % Math.max(1, places.length)] ?? [copy.detail, 'added']
  if (to === undefined) delete owner[key]
  else owner[key] = to
  return copy
}
