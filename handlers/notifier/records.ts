// The record of each delivery, in DynamoDB, keyed by alert and by route and recipient. It is written after a provider
// accepted, and read before a try, so that EventBridge's retries send only what nobody has accepted yet.
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { maskRecipient } from './redact.ts'
import { expires, type Item, type Table } from './table.ts'

export interface DeliveryRecord {
  readonly outcome: (typeof outcomes)[number]
  /** How many times the function has tried this delivery. */
  readonly attempts: number
}

/** What is kept of a delivery: all that people may ask about it later, and no whole phone number. */
export interface NewRecord {
  /** `ready` is a check's: it settles nothing. */
  readonly outcome: DeliveryRecord['outcome'] | 'ready'
  readonly attempts: number
  readonly route: string
  readonly recipient: string
  readonly channel: string
  readonly code: string
  readonly ms: number
  readonly at: Date
}

export interface Records {
  /** The delivery records among an alert's items, by `recordKey`, with what memory knows. */
  readonly among: (alertId: string, items: readonly Item[]) => ReadonlyMap<string, DeliveryRecord>
  /** Throws when the table cannot be asked; memory has kept the record all the same. */
  readonly write: (alertId: string, record: NewRecord) => Promise<void>
}

/**
 * A digest tells recipients apart. It hides a number from a glance and not from whoever may read the table, since there
 * are few enough numbers to try them all: the table is as private as the secrets.
 */
export function deliveryKey(route: string, recipient: string): string {
  return `${route}#${createHash('sha256').update(recipient).digest('hex').slice(0, 16)}`
}

/**
 * Who accepted is of the whole route: nobody else need try. A lost answer is of its channel alone: it must neither keep
 * the next channel from trying nor overwrite what another execution environment got accepted.
 */
export function recordKey(record: Pick<NewRecord, 'route' | 'channel' | 'recipient' | 'outcome'>): string {
  const { route, channel, recipient, outcome } = record
  return deliveryKey(outcome === 'accepted' ? route : `${route}/${channel}`, recipient)
}

/** Alerts remembered in memory; the oldest is forgotten first. */
const mostRemembered = 500

/**
 * Retries mostly come to the same execution environment, so without DynamoDB its memory keeps a day of them from being a
 * day of duplicates. It counts beside what the table says as well: one that answers may still refuse to be written.
 */
export function deliveryRecords(table: Table): Records {
  const memory = new Map<string, Map<string, DeliveryRecord>>()

  function remember(alertId: string, record: NewRecord & DeliveryRecord): void {
    const { outcome, attempts } = record
    const deliveries = memory.get(alertId) ?? new Map<string, DeliveryRecord>()
    memory.set(alertId, deliveries.set(recordKey(record), { outcome, attempts }))
    const [oldest] = memory.keys()
    if (memory.size > mostRemembered && oldest !== undefined) memory.delete(oldest)
  }

  return {
    among: (alertId, items) => {
      const known = new Map<string, DeliveryRecord>(items.flatMap(recordOf))
      for (const [key, record] of memory.get(alertId) ?? []) {
        if (record.attempts > (known.get(key)?.attempts ?? 0)) known.set(key, record)
      }
      return known
    },
    write: async (alertId, record) => {
      const { route, recipient, channel, outcome, code, attempts, ms, at } = record
      if (outcome !== 'ready') remember(alertId, { ...record, outcome })
      await table.put({
        alert: { S: alertId },
        delivery: { S: recordKey(record) },
        route: { S: route },
        recipient: { S: maskRecipient(recipient) },
        channel: { S: channel },
        outcome: { S: outcome },
        code: { S: code },
        attempts: { N: String(attempts) },
        ms: { N: String(ms) },
        at: { S: at.toISOString() },
        expires: expires(at.getTime()),
      })
    },
  }
}

const outcomes = ['accepted', 'retryable', 'permanent', 'ambiguous'] as const

/** The record that an item is; none when it is not one of ours, which must not make the others unreadable. */
function recordOf(item: Item): [key: string, record: DeliveryRecord][] {
  const parsed = v.safeParse(deliveryItem, item)
  if (!parsed.success) return []
  const { delivery, outcome, attempts } = parsed.output
  return [[delivery.S, { outcome: outcome.S, attempts: Number(attempts.N) }]]
}

const deliveryItem = v.object({
  delivery: v.object({ S: v.string() }),
  outcome: v.object({ S: v.picklist(outcomes) }),
  attempts: v.object({ N: v.string() }),
})
