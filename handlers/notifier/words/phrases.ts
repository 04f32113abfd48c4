// The title and the sentence of an activity, with what the event itself says kept apart.
import type { Activity } from '../activity.ts'
import { driftSource } from '../drift-news.ts'
import { type Words, withoutActor } from './words.ts'

/** Words around one name that the event gave; the name is '' where the words need none. */
export interface Phrase {
  readonly before: string
  readonly name: string
  readonly after: string
}

export function titleOf(activity: Activity, words: Words): Phrase {
  const phrase = filled(words.kinds[activity.kind][0], activity)
  return {
    ...phrase,
    before: whoOf(activity, words) + phrase.before,
    after: phrase.after + (failedTry(activity) ? words.failing[0] : ''),
  }
}

export function sentenceOf(activity: Activity, words: Words): Phrase {
  const phrase = filled(words.kinds[activity.kind][1], activity)
  const who = withoutActor.has(activity.kind) || isOfAws(activity) ? '' : words.who[activity.actor][1]
  return { ...phrase, before: (failedTry(activity) ? words.failing[1] : '') + who + phrase.before }
}

/** What stands before the guard's name, so that nobody takes a drill or a forgery for an alarm; '' before an alarm. */
export function markOf(activity: Activity, words: Words): string {
  if (activity.drill) return words.test
  return isForeign(activity) ? words.notAws : ''
}

/** Not of AWS, and not word of drift either, of which nothing but a number is told. */
export function isForeign({ official, source }: Activity): boolean {
  return !official && source !== driftSource
}

/** A sign-in is not told without its MFA. One that failed after MFA was asked for had the right password. */
export function mfaOf({ kind, mfa }: Activity, words: Words): string {
  const telling = kind === 'console-login' || (kind === 'console-login-failed' && mfa === 'used')
  return telling ? `, ${words.mfa[mfa]}` : ''
}

/** CloudTrail's records name a service; what a service says itself (its source in the service's place) is no call. */
export function isOfAws({ official, service, source, actor }: Activity): boolean {
  return official && service === source && actor === 'unknown'
}

function whoOf(activity: Activity, words: Words): string {
  const { kind, actor, assumed } = activity
  if (kind === 'other' ? actor === 'unknown' : withoutActor.has(kind) || isOfAws(activity)) return ''
  return assumed ? `${words.assumed}: ` : words.who[actor][0]
}

/** A failed sign-in is a kind of its own, whose words say it. */
export function failedTry({ failure, kind }: Activity): boolean {
  return failure !== undefined && kind !== 'console-login-failed'
}

function filled(pattern: string, activity: Activity): Phrase {
  const [before = '', after] = pattern.split('{}')
  if (after === undefined) return { before, name: '', after: '' }
  return { before, name: named.has(activity.kind) ? activity.subject || activity.name : activity.name, after }
}

/** Kinds of which the subject says more than the name of the call. */
const named: ReadonlySet<Activity['kind']> = new Set([
  'app-authorized',
  'assume-root',
  'region-enabled',
  'region-disabled',
  'noncompliant',
  'compliant',
  'drift-found',
])
