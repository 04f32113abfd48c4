// One copy of an alert at a time: EventBridge delivers at least once, and two copies can run side by side. Whoever writes
// the claim goes on, the other answers 503 and is sent again, when it finds what the first one left.
//
// The claim is the alert's own item in the table, which also says into which window it was counted, if it was, whom the last
// try did not reach, and what failed while another channel stood in.
import { expires, type Item, type Table } from './table.ts'

export const ownKey = 'alert'

export interface Claims {
  /** Whether the alert is ours now. Throws when the table cannot be asked. */
  readonly take: (alert: string) => Promise<boolean>
  /** Lets the next copy begin before the lease ends, and leaves what is worth knowing of this one. */
  readonly release: (alert: string, left?: Left) => Promise<void>
  /** The alert is one that people are told, now and whenever it comes again: no later window may count it. */
  readonly tell: (alert: string) => Promise<void>
}

/** In which window the alert was counted; deliveries, as JSON; why a drill was not carried out. What is not named stays as it was. */
export type Left = Readonly<Partial<Record<'counted' | 'unreached' | 'failedOver' | 'refused', string>>>

/** Longer than the function may run: a claim outlives only a copy that died, and then by seconds. */
const leaseMs = 6_500

/** `ending` is the table for what is written when little is left of the time. */
export function claims(table: Table, ending: Table, now: () => number): Claims {
  return {
    take: (alert) =>
      table.update(alert, ownKey, {
        UpdateExpression: 'SET lease = :lease, expires = :expires',
        ConditionExpression: 'attribute_not_exists(lease) OR lease < :now',
        ExpressionAttributeValues: {
          ':lease': { N: String(now() + leaseMs) },
          ':expires': expires(now()),
          ':now': { N: String(now()) },
        },
      }),
    tell: async (alert) => {
      await ending.update(alert, ownKey, {
        UpdateExpression: 'SET told = :yes, expires = :expires',
        ExpressionAttributeValues: { ':yes': { N: '1' }, ':expires': expires(now()) },
      })
    },
    release: async (alert, left = {}) => {
      const named = Object.entries(left)
      await ending.update(alert, ownKey, {
        UpdateExpression: `SET lease = :none, expires = :expires${named.map(([name]) => `, ${name} = :${name}`).join('')}`,
        ExpressionAttributeValues: {
          ':none': { N: '0' },
          ':expires': expires(now()),
          ...Object.fromEntries(named.map(([name, S]) => [`:${name}`, { S }])),
        },
      })
    },
  }
}

/** The alert's own item, among the alert's items. */
export function ownItem(items: readonly Item[]): Item | undefined {
  return items.find(({ delivery }) => delivery?.S === ownKey)
}

/** Whether an earlier copy was told, or died telling it. */
export function isTold(items: readonly Item[]): boolean {
  return ownItem(items)?.told !== undefined
}

/** Where an earlier copy counted the alert, among the alert's items. */
export function countedIn(items: readonly Item[]): string | undefined {
  return ownItem(items)?.counted?.S
}
