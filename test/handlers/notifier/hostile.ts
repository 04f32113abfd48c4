// What an attacker, or AWS on a bad day, may put into an event: texts that mean something to a messenger, a carrier or a
// terminal, in any field of a real record.
import fc from 'fast-check'
import { corpus } from '../../../scripts/rehearsal/records.ts'

/** If this stands outside of code in a message, somebody could click it. */
export const link = 'evil.example'
/** If a line of a message begins with it, it could be a message of its own. */
export const fake = 'FAKE'

const pieces = [
  '<!channel>',
  `<https://${link}|console>`,
  `[console](https://${link})`,
  `https://${link}/`,
  '@everyone',
  '`',
  '```',
  '*_~||>',
  '\\',
  '"',
  '&lt;&amp;',
  `\n${fake}`,
  `\r\n\u2028${fake}`,
  '\u202e\u2066\u200b\ufeff',
  '\u0000\u0007\u001b[2J',
  '\ud83d',
  '\ude00',
  '😀'.repeat(200),
  '👨‍👩‍👧‍👦',
  `Z${'\u0301'.repeat(40)}`,
  '#{title}',
  '€®é똠',
  '루트',
  '가'.repeat(3_000),
  'x'.repeat(9_000),
  '__proto__',
]

/** A text to be afraid of. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 30 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const hostileValue: fc.Arbitrary<Json> = fc.oneof(
  hostileText,
  fc.constantFrom<Json>(null, '', [], {}, true, 'true', -1, 1e308, [[[[[[]]]]]]),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
)

/** Checks are told to nobody. */
const checks = ['drill-check', 'drill-through-cloudtrail']
const records = corpus()
  .filter(({ name }) => !checks.includes(name))
  .map(({ event }) => event as unknown as Json)

/** A real record of which some values, wherever they are, are something else. */
export const mutatedRecord: fc.Arbitrary<Json> = fc.constantFrom(...records).chain((record) => {
  const paths = pathsIn(record)
  const change = fc.tuple(fc.constantFrom(...paths), hostileValue)
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => changes.reduce(withValue, record))
})

/** A real record of which every text is hostile but for those by which it is recognized. */
export const hostileRecord: fc.Arbitrary<Json> = fc.constantFrom(...records).chain((record) => {
  const kept = /^(detail-type|source|eventName|eventSource|type|eventType)$/
  const texts = pathsIn(record).filter((path) => typeof valueAt(record, path) === 'string')
  const changed = texts.filter((path) => !kept.test(path.at(-1) ?? ''))
  const all = fc.array(hostileText, { minLength: changed.length, maxLength: changed.length })
  return all.map((values) => changed.reduce((one, path, index) => withValue(one, [path, values[index] ?? '']), record))
})

/** What has an event's shape and nothing else of one. */
export const anyEvent: fc.Arbitrary<Json> = fc.record({
  'detail-type': fc.oneof(fc.constant('AWS API Call via CloudTrail'), hostileText),
  source: fc.oneof(fc.constantFrom('aws.iam', 'aws.partner/example.com/x', 'root-guard.drill'), hostileText),
  id: hostileValue,
  detail: fc.dictionary(hostileText, hostileValue, { maxKeys: 5 }),
})

type Path = readonly string[]

function pathsIn(value: Json, before: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [before]
  const inside = Object.entries(value).flatMap(([name, one]) => pathsIn(one as Json, [...before, name]))
  return before.length === 0 ? inside : [before, ...inside]
}

function valueAt(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((one, name) => (one as Record<string, Json> | undefined | null)?.[name], value)
}

function withValue(value: Json, [path, instead]: readonly [Path, Json]): Json {
  const [name, ...rest] = path
  if (name === undefined) return instead
  // An earlier change may have taken the place away.
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value
  const changed = withValue((value as Record<string, Json>)[name] ?? null, [rest, instead])
  return Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed }
}
