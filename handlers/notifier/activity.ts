// Reads an EventBridge event into an activity: who did what, when, from where, and whether it worked.
// Records vary (empty ARNs, missing fields, booleans as strings), so nothing here trusts a field to be there or to be of
// its type: what cannot be read becomes '' or 'unknown', and the activity is told all the same.
import { createHash } from 'node:crypto'
import { callerOf } from './caller.ts'
import { driftNews, driftSource } from './drift-news.ts'
import { type DrillWish, drillWish, trailDrillId } from './drill-wish.ts'
import { failureOf } from './failure.ts'
import { type Fields, flag, isObject, objectAt, text } from './fields.ts'
import { type Kind, kindOf, kinds, type Severity } from './kinds.ts'
import { isRoot } from './root.ts'
import { subjectOf } from './subject.ts'

export interface Activity {
  /** CloudTrail's `eventID` or a digest; `source~id` when AWS did not send it. Fit for a path and a table's key as it is. */
  readonly id: string
  readonly kind: Kind
  readonly severity: Severity
  /** What a synthetic activity asks for, which travels the real way; undefined for a real one. */
  readonly drill: DrillWish | undefined
  /** AWS sent it: the source begins with `aws.`, which PutEvents refuses, and not with `aws.partner/`, whose content is a partner's. */
  readonly official: boolean
  /** The id is one CloudTrail keeps a record by. */
  readonly recorded: boolean
  /** EventBridge's `source`. */
  readonly source: string
  /** CloudTrail's `eventName`, or EventBridge's `detail-type` where there is none. */
  readonly name: string
  /** CloudTrail's `eventSource`, or EventBridge's `source`. */
  readonly service: string
  /** What was touched, as the record names it; '' when it does not. */
  readonly subject: string
  readonly readOnly: boolean | undefined
  /** Read from `userIdentity.type`, which billing-console records lack; the ARN, which comes empty or redacted, where it does. */
  readonly actor: 'root' | 'other' | 'unknown'
  /** The caller, as the record names it; '' when it does not. */
  readonly identity: string
  /** The access key it was done with; '' when there was none. */
  readonly accessKey: string
  /** The session was made by AssumeRoot: a privileged task, not a person at root's keyboard. */
  readonly assumed: boolean
  /** The key that AssumeRoot answered with, by which its session is known; '' in every other activity. */
  readonly madeKey: string
  /** The caller's account where it is another than `account`; else ''. */
  readonly caller: string
  /** Where it happened: EventBridge's own `account`, which no record can change and forwarding keeps. */
  readonly account: string
  readonly region: string
  /** When it happened, not when it arrived; undefined when the record does not say. */
  readonly time: Date | undefined
  /** AWS delivered or amended the record late (`addendum`): DELIVERY_DELAY, UPDATED_DATA, SERVICE_OUTAGE or what comes. */
  readonly late: { readonly reason: string } | undefined
  /** AWS's own reason when the call or sign-in failed; undefined when it succeeded. */
  readonly failure: string | undefined
  readonly mfa: 'used' | 'not-used' | 'unknown'
  readonly sourceIp: string
  readonly userAgent: string
}

export type Reading = { readonly activity: Activity } | { readonly refused: string }

/**
 * Reads the body of `POST /alerts`: one EventBridge event as JSON.
 * Anything of an event's shape is an activity; only what cannot be one is refused, with the reason. By the guard's name
 * its own parts are known.
 */
export function readActivity(body: string, guardName: string): Reading {
  let event: unknown
  try {
    event = JSON.parse(body)
  } catch {
    return { refused: 'the body is not JSON' }
  }
  if (!isObject(event)) return { refused: 'the body is not an EventBridge event: a JSON object is expected' }
  for (const field of ['detail-type', 'source']) {
    if (text(event[field]) === '') return { refused: `the body is not an EventBridge event: ${field} is missing` }
  }
  if (!isObject(event.detail)) return { refused: 'the body is not an EventBridge event: detail is not an object' }
  const detail = event.source === driftSource ? driftNews(event.detail) : event.detail
  return { activity: activityOf(event, detail, guardName) }
}

/**
 * The activity as one of a session that AssumeRoot made. What is critical stays it and keeps its kind: an AssumeRoot
 * session that makes root a password is the start of a take-over, whoever planned it.
 */
export function asAssumedSession(activity: Activity): Activity {
  if (activity.actor !== 'root') return activity
  const kind = activity.severity === 'critical' ? activity.kind : 'assume-root-session'
  return { ...activity, assumed: true, kind, severity: kinds[kind].severity }
}

function activityOf(event: Fields, detail: Fields, guardName: string): Activity {
  const identity = objectAt(detail, 'userIdentity')
  // As it came: a source that only looks like AWS's once it is trimmed is not AWS's.
  const source = String(event.source)
  const official = /^aws\.(?!partner\/)/.test(source)
  const name = text(detail.eventName) || text(event['detail-type'])
  const account = text(event.account) || text(detail.recipientAccountId)
  const caller = callerOf(identity, account)
  const failure = failureOf(detail)
  const kind = kindOf({ name, detail, failed: failure !== undefined, guardName })
  const late = lateOf(detail)
  const trailId = trailDrillId(event, detail, guardName)
  const activity: Activity = {
    id: trailId || idOf(event, recordId(detail, late) || (official ? '' : text(event.id)), official),
    kind,
    severity: severityOf(kind, mfaOf(detail, identity)),
    drill: trailId === '' ? drillWish(event, detail) : { check: true, channels: [], tookIn: text(event.region) },
    official,
    recorded: official && text(detail.eventID) !== '',
    source,
    name,
    service: text(detail.eventSource) || source,
    subject: subjectOf(kind, detail, guardName),
    readOnly: flag(detail.readOnly),
    actor: actorOf(identity),
    identity: caller.identity,
    accessKey: text(identity.accessKeyId),
    assumed: flag(objectAt(identity, 'sessionContext').assumedRoot) === true,
    // A forged answer must not make somebody's key look like one of AssumeRoot's.
    madeKey: official && kind === 'assume-root' ? text(credentialsOf(detail).accessKeyId) : '',
    caller: caller.account,
    account,
    region: text(detail.awsRegion) || text(event.region),
    time: timeOf(detail.eventTime) ?? timeOf(event.time),
    late,
    failure,
    mfa: mfaOf(detail, identity),
    sourceIp: text(detail.sourceIPAddress),
    userAgent: text(detail.userAgent),
  }
  return activity.assumed ? asAssumedSession(activity) : activity
}

/**
 * An amended record (UPDATED_DATA) is known by the id of the one it repeats, so that the delivery records of that one
 * settle it and nobody is woken twice. Aggregated records spell it `eventId`.
 */
function recordId(detail: Fields, late: Activity['late']): string {
  const original = late?.reason === 'UPDATED_DATA' ? text(objectAt(detail, 'addendum').originalEventID) : ''
  return original || text(detail.eventID) || text(detail.eventId)
}

function lateOf(detail: Fields): Activity['late'] {
  return isObject(detail.addendum) ? { reason: text(detail.addendum.reason) } : undefined
}

function credentialsOf(detail: Fields): Fields {
  return objectAt(objectAt(detail, 'responseElements'), 'credentials')
}

/**
 * The record's own id, behind the source of what AWS did not send: one forged with a real record's id cannot settle the real
 * alert, since only AWS's ids are without `~`. What a path cannot hold as it is, or a record without an id, is known by a digest.
 */
function idOf(event: Fields, own: string, official: boolean): string {
  const parts = official ? [own] : [String(event.source), own]
  if (parts.every((part) => /^[\w.-]{1,64}$/.test(part))) return parts.join('~')
  const said = own + contentOf(event)
  return (official ? '' : '~') + createHash('sha256').update(said).digest('hex')
}

/**
 * What stays the same where EventBridge hands an event to another Region, which gives it a new `id` and `time`. An event that says
 * no time of its own can happen again just so: the hour tells them apart.
 */
function contentOf({ account, source, detail, time, id, ...event }: Fields): string {
  try {
    const said = JSON.stringify([account, source, event['detail-type'], detail], inOrder)
    return /\dT\d\d:/.test(said) ? said : said + text(time).slice(0, 13)
  } catch {
    // Nested deeper than the stack.
    return text(id)
  }
}

/** Fields in one order, whatever order they came in. */
function inOrder(_: string, value: unknown): unknown {
  return isObject(value) ? Object.entries(value).sort() : value
}

/** A sign-in that failed after MFA was asked for had the right password: somebody has it. */
function severityOf(kind: Kind, mfa: Activity['mfa']): Severity {
  return kind === 'console-login-failed' && mfa === 'used' ? 'critical' : kinds[kind].severity
}

function actorOf(identity: Fields): Activity['actor'] {
  if (isRoot(identity)) return 'root'
  return text(identity.type) === '' ? 'unknown' : 'other'
}

/** `MFAUsed` has been seen as Yes, YES and absent; `mfaAuthenticated` as a boolean and as a string. */
function mfaOf(detail: Fields, identity: Fields): Activity['mfa'] {
  const attributes = objectAt(objectAt(identity, 'sessionContext'), 'attributes')
  const said = text(objectAt(detail, 'additionalEventData').MFAUsed) || text(attributes.mfaAuthenticated)
  const word = said.toLowerCase()
  if (word === 'yes' || word === 'true') return 'used'
  if (word === 'no' || word === 'false') return 'not-used'
  return 'unknown'
}

/** CloudTrail writes ISO 8601 in full; Date would read a bare number as some year. */
function timeOf(value: unknown): Date | undefined {
  const written = text(value)
  const time = new Date(/^\d{4}-\d\d-\d\dT/.test(written) ? written : Number.NaN)
  return Number.isNaN(time.getTime()) ? undefined : time
}
