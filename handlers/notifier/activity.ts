// Reads an EventBridge event into an activity: who did what, when, from where, and whether it worked.
// Records vary (empty ARNs, missing fields, booleans as strings), so nothing here trusts a field to be there or to be of
// its type: what cannot be read becomes '' or 'unknown', and the activity is told all the same.
import { createHash } from 'node:crypto'

export type Kind = 'console-login' | 'console-login-failed' | 'call' | 'other'

export interface Activity {
  /** CloudTrail's `eventID`, else the event's own `id`, else a digest; with the source before it when not AWS's own. */
  readonly id: string
  readonly kind: Kind
  /** A synthetic activity (source `root-guard.drill`), which travels the real way. */
  readonly drill: boolean
  /** CloudTrail's `eventName`, or EventBridge's `detail-type` where there is none. */
  readonly name: string
  /** CloudTrail's `eventSource`, or EventBridge's `source`. */
  readonly service: string
  /** Read from `userIdentity.type`, which billing-console records lack; the ARN is not asked: it comes empty or redacted. */
  readonly actor: 'root' | 'other' | 'unknown'
  /** Whoever it was, as the record names them; '' when it does not. */
  readonly identity: string
  readonly account: string
  readonly region: string
  /** When it happened, not when it arrived; undefined when the record does not say. */
  readonly time: Date | undefined
  /** AWS's own reason when the call or sign-in failed; undefined when it succeeded. */
  readonly failure: string | undefined
  readonly mfa: 'used' | 'not-used' | 'unknown'
  readonly sourceIp: string
  readonly userAgent: string
}

export type Reading = { readonly activity: Activity } | { readonly refused: string }

/**
 * Reads the body of `POST /alerts`: one EventBridge event as JSON.
 * Anything of an event's shape is an activity; only what cannot be one is refused, with the reason.
 */
export function readActivity(body: string): Reading {
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
  return { activity: activityOf(event, event.detail, body) }
}

function activityOf(event: Fields, detail: Fields, body: string): Activity {
  const identity = objectAt(detail, 'userIdentity')
  const service = text(detail.eventSource) || text(event.source)
  const failure = failureOf(detail)
  return {
    id: idOf(text(event.source), text(detail.eventID) || text(event.id), body),
    kind: kindOf(detail, failure),
    drill: event.source === 'root-guard.drill',
    name: text(detail.eventName) || text(event['detail-type']),
    service,
    actor: actorOf(text(identity.type)),
    identity: text(identity.arn) || text(identity.userName) || text(identity.type),
    account: text(identity.accountId) || text(detail.recipientAccountId) || text(event.account),
    region: text(detail.awsRegion) || text(event.region),
    time: timeOf(detail.eventTime) ?? timeOf(event.time),
    failure,
    mfa: mfaOf(detail, identity),
    sourceIp: text(detail.sourceIPAddress),
    userAgent: text(detail.userAgent),
  }
}

/**
 * Only AWS puts events whose source begins with `aws.`; any other event says its source in its id, so that one forged
 * with a real record's eventID (a drill, say) cannot settle the real alert.
 * The id is the key of the delivery records and a custom field at SOLAPI: none, or an absurdly long one, becomes a digest.
 */
function idOf(source: string, id: string, body: string): string {
  const said = id === '' || source.startsWith('aws.') ? id : `${source} ${id}`
  return said !== '' && said.length <= 100 ? said : createHash('sha256').update(body).digest('hex')
}

function kindOf(detail: Fields, failure: string | undefined): Kind {
  if (detail.eventName === 'ConsoleLogin') return failure === undefined ? 'console-login' : 'console-login-failed'
  return text(detail.eventName) === '' ? 'other' : 'call'
}

function actorOf(type: string): Activity['actor'] {
  if (type === '') return 'unknown'
  return type === 'Root' ? 'root' : 'other'
}

/** A sign-in says Failure in its `responseElements`; a call that was denied carries `errorCode`. */
function failureOf(detail: Fields): string | undefined {
  const reason = text(detail.errorMessage) || text(detail.errorCode)
  if (reason !== '') return reason
  return objectAt(detail, 'responseElements').ConsoleLogin === 'Failure' ? 'Failure' : undefined
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

type Fields = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectAt(fields: Fields, name: string): Fields {
  const value = fields[name]
  return isObject(value) ? value : {}
}

function text(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : ''
}
