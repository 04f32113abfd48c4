// What is known of an activity, field by field: who, what, result, where from, when. What the event says is quoted.
import type { Activity } from '../activity.ts'
import { anonymous } from '../caller.ts'
import { namesRoot } from '../root.ts'
import type { Quote } from './lines.ts'
import type { Span } from './message.ts'
import { isOfAws } from './phrases.ts'
import { longTime } from './times.ts'
import { type Voice, type Words, withoutActor } from './words.ts'

/** What the event says, from the least telling on: in this order fields shrink when a message gets too long. */
export const fields = [
  'userAgent',
  'service',
  'failure',
  'subject',
  'source',
  'reason',
  'identity',
  'accessKey',
  'sourceIp',
  'region',
  'name',
  'account',
] as const
export type Field = (typeof fields)[number] | 'record'

export const detailOrder = ['who', 'what', 'subject', 'result', 'from', 'when', 'account', 'region', 'record'] as const
export type Details = Readonly<Record<(typeof detailOrder)[number], readonly Span[]>>

/** A detail without spans has nothing to say in this kind. */
export function detailsOf(activity: Activity, voice: Voice, words: Words, quote: Quote<Field>): Details {
  const said = (field: Field, text: string) => joined([text === '' ? { text: words.unknown } : quote(field, text)])
  return {
    who: whoOf(activity, words, quote),
    what: joined([quote('name', activity.name)], [quote('service', activity.service)]),
    // The number of things that drifted stands in the title already.
    subject: activity.kind === 'drift-found' ? [] : joined([quote('subject', activity.subject)]),
    result: resultOf(activity, words, quote),
    from: fromOf(activity, words, quote),
    when: [{ text: activity.time === undefined ? words.unknown : longTime(activity.time, voice.timeZone) }],
    account: said('account', activity.account),
    region: said('region', activity.region),
    record: said('record', activity.id),
  }
}

function whoOf(activity: Activity, words: Words, quote: Quote<Field>) {
  const { kind, actor, identity, accessKey, assumed, caller } = activity
  const root = actor === 'root' ? [{ text: words.root }] : []
  // Records of root carry other ARNs than root's, too: of a session it federated, say. Then the ARN is news.
  const itself = actor === 'root' && (/^$|^Root$|^\d+$/.test(identity) || namesRoot(identity))
  const said = quote('identity', identity)
  const unsigned = identity === anonymous ? [{ text: words.anonymous }, { text: ' (' }, said, { text: ')' }] : [said]
  const named = itself || identity === caller ? [] : unsigned
  const of = caller === '' ? [] : [{ text: `${words.labels.account} ` }, quote('account', caller)]
  const session = assumed ? [{ text: words.assumed }] : []
  const who = joined(root, named, of, session, [quote('accessKey', accessKey)])
  return who.length > 0 || withoutActor.has(kind) || isOfAws(activity) ? who : [{ text: words.unknown }]
}

/** What AWS tells of its own neither succeeds nor fails. */
function resultOf(activity: Activity, words: Words, quote: Quote<Field>) {
  const { kind, failure, mfa } = activity
  if (failure === undefined && (eventsOfAws.has(kind) || isOfAws(activity))) return []
  const came = failure === undefined ? [{ text: words.succeeded }] : [{ text: words.failed }]
  const reason = failure === undefined ? [] : [{ text: ' (' }, quote('failure', failure), { text: ')' }]
  return [
    ...came,
    ...reason,
    { text: mfa !== 'unknown' || kind.startsWith('console-login') ? `, ${words.mfa[mfa]}` : '' },
  ]
}

const eventsOfAws: ReadonlySet<Activity['kind']> = new Set([
  'drift-found',
  'sign-in-anomaly',
  'noncompliant',
  'compliant',
  'other',
])

function fromOf(activity: Activity, words: Words, quote: Quote<Field>) {
  const { kind, sourceIp, userAgent } = activity
  const from = joined([quote('sourceIp', sourceIp)], [quote('userAgent', userAgent)])
  return from.length > 0 || eventsOfAws.has(kind) || isOfAws(activity) ? from : [{ text: words.unknown }]
}

/** The parts that say something, a dot between them. */
function joined(...parts: readonly (readonly Span[])[]): readonly Span[] {
  const saying = parts.filter((spans) => spans.some(({ text }) => text !== ''))
  return saying.flatMap((spans, index) => (index === 0 ? spans : [{ text: ' · ' }, ...spans]))
}
