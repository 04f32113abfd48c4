// The record of each delivery, in DynamoDB, keyed by alert and by route and recipient. It is written after a provider
// accepted, and read before a try, so that EventBridge's retries send only what nobody has accepted yet.
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { CallAws } from './aws.ts'
import type { Outcome } from './channels/channel.ts'
import { maskRecipient } from './redact.ts'

export interface DeliveryRecord {
  readonly outcome: Outcome['outcome']
  /** How many times the function has tried this delivery. */
  readonly attempts: number
}

export interface Records {
  /** The deliveries of an alert so far, by `recordKey`. Throws when DynamoDB cannot be asked. */
  readonly read: (alertId: string) => Promise<ReadonlyMap<string, DeliveryRecord>>
  readonly write: (alertId: string, delivery: NewRecord) => Promise<void>
  /**
   * What this execution environment itself wrote or tried to write. Retries mostly come to the same environment, so
   * without DynamoDB this keeps a day of them from being a day of duplicates.
   */
  readonly remembered: (alertId: string) => ReadonlyMap<string, DeliveryRecord>
}

export interface NewRecord extends DeliveryRecord {
  readonly route: string
  readonly recipient: string
  readonly channel: string
  readonly code: string
  readonly at: Date
}

/** Phone numbers are not written down: a digest tells recipients apart. */
export function deliveryKey(route: string, recipient: string): string {
  return `${route}#${createHash('sha256').update(recipient).digest('hex').slice(0, 16)}`
}

/**
 * Who accepted is of the whole route: nobody else need try. A lost answer is of its channel alone: it must neither keep
 * the next channel from trying nor overwrite what another execution environment got accepted.
 */
export function recordKey({ route, channel, recipient, outcome }: Omit<NewRecord, 'attempts' | 'code' | 'at'>): string {
  return deliveryKey(outcome === 'accepted' ? route : `${route}/${channel}`, recipient)
}

const timeoutMs = 500
/** EventBridge gives up after a day; a month is for people who look back. */
const keptForSeconds = 30 * 86_400

/** Alerts remembered in memory; the oldest is forgotten first. */
const mostRemembered = 500

export function deliveryRecords(callAws: CallAws, table: string): Records {
  const memory = new Map<string, Map<string, DeliveryRecord>>()

  function remember(alertId: string, record: NewRecord): void {
    const { outcome, attempts } = record
    const deliveries = memory.get(alertId) ?? new Map<string, DeliveryRecord>()
    memory.set(alertId, deliveries.set(recordKey(record), { outcome, attempts }))
    const [oldest] = memory.keys()
    if (memory.size > mostRemembered && oldest !== undefined) memory.delete(oldest)
  }

  return {
    remembered: (alertId) => memory.get(alertId) ?? new Map(),
    read: async (alertId) => {
      const answer = v.parse(
        queryAnswer,
        await callAws({
          service: 'dynamodb',
          target: 'DynamoDB_20120810.Query',
          input: {
            TableName: table,
            ConsistentRead: true,
            KeyConditionExpression: 'alert = :alert',
            ExpressionAttributeValues: { ':alert': { S: alertId } },
          },
          timeoutMs,
        }),
      )
      // What memory knows counts as well: a table that answers may still have refused to be written.
      const known = new Map(answer.Items.flatMap(recordOf))
      for (const [key, record] of memory.get(alertId) ?? []) {
        if (record.attempts > (known.get(key)?.attempts ?? 0)) known.set(key, record)
      }
      return known
    },
    write: async (alertId, record) => {
      remember(alertId, record)
      const { route, recipient, channel, outcome, code, attempts, at } = record
      await callAws({
        service: 'dynamodb',
        target: 'DynamoDB_20120810.PutItem',
        input: {
          TableName: table,
          Item: {
            alert: { S: alertId },
            delivery: { S: recordKey(record) },
            route: { S: route },
            recipient: { S: maskRecipient(recipient) },
            channel: { S: channel },
            outcome: { S: outcome },
            code: { S: code },
            attempts: { N: String(attempts) },
            at: { S: at.toISOString() },
            expires: { N: String(Math.floor(at.getTime() / 1000) + keptForSeconds) },
          },
        },
        timeoutMs,
      })
    },
  }
}

const outcomes = ['accepted', 'retryable', 'permanent', 'ambiguous'] as const

/** The record that an item is; none when it is not of ours, which must not make the others unreadable. */
function recordOf(item: unknown): [key: string, record: DeliveryRecord][] {
  const parsed = v.safeParse(deliveryItem, item)
  if (!parsed.success) return []
  const { delivery, outcome, attempts } = parsed.output
  return [[delivery.S, { outcome: outcome.S, attempts: Number(attempts.N) }]]
}

const queryAnswer = v.object({ Items: v.array(v.unknown()) })

const deliveryItem = v.object({
  delivery: v.object({ S: v.string() }),
  outcome: v.object({ S: v.picklist(outcomes) }),
  attempts: v.object({ N: v.string() }),
})
