// Text that somebody pasted, as an event that can be put on the bus, or what is wrong with it. It is data, and never run.
import { randomUUID } from 'node:crypto'
import type { Event } from '../event-bridge.ts'
import { type Mistake, mistakeIn } from './json-mistake.ts'

export const mostBytes = 256 * 1024

export type Pasted = { readonly event: Event } | { readonly wrong: Wrong }

export type Wrong =
  | { readonly is: 'empty' | 'too large' | 'no object' }
  | ({ readonly is: 'no JSON' } & Mistake)
  | { readonly is: 'missing'; readonly fields: readonly string[] }

export function readPasted(text: string): Pasted {
  if (text.trim() === '') return { wrong: { is: 'empty' } }
  // What EventBridge takes of one entry.
  if (Buffer.byteLength(text) > mostBytes) return { wrong: { is: 'too large' } }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { wrong: { is: 'no JSON', ...(mistakeIn(text) ?? { line: 1, column: 1, found: '' }) } }
  }
  if (!isObject(value)) return { wrong: { is: 'no object' } }
  const event = isRecord(value) ? enveloped(value) : value
  const fields = ['source', 'detail-type', 'account', 'region'].filter((field) => typeof event[field] !== 'string')
  if (!isObject(event.detail)) fields.push('detail')
  if (fields.length > 0) return { wrong: { is: 'missing', fields } }
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  return { event: { version: '0', id: randomUUID(), time, resources: [], ...event } }
}

/** A CloudTrail record, as the console's event history shows it: EventBridge would put it into an envelope. */
function isRecord(value: Event): boolean {
  return typeof value.eventName === 'string' && typeof value.eventSource === 'string' && value.detail === undefined
}

function enveloped(record: Event): Event {
  const signIn = record.eventType === 'AwsConsoleSignIn'
  return {
    source: `aws.${String(record.eventSource).split('.')[0]}`,
    'detail-type': signIn ? 'AWS Console Sign In via CloudTrail' : 'AWS API Call via CloudTrail',
    account: record.recipientAccountId,
    region: record.awsRegion,
    detail: record,
  }
}

function isObject(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
