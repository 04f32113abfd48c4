// The daily cap on what the SMS bill pays for. One is taken before a message is sent and given back when it was not used, so
// that alerts that come together cannot pass the cap together. What is real trouble has a reserve: as many again.
import { expires, type Table } from './table.ts'

export interface SmsCap {
  /** Whether one more may go out on the day, taken then. From memory where the table is not to be asked or cannot be. */
  readonly take: (day: string, reserve: boolean, askTable: boolean) => Promise<boolean>
  readonly giveBack: (day: string, count: number, askTable: boolean) => Promise<void>
}

/** No event's id begins so (activity.ts). */
const spentKey = '#sms'

export function smsCap(table: Table, cap: number, now: () => number): SmsCap {
  /** What this execution environment knows to be spent, by day. */
  const spent = new Map<string, number>()

  async function add(day: string, count: number, limit?: number): Promise<boolean> {
    return table.update(spentKey, day, {
      UpdateExpression: 'ADD spent :count SET expires = :expires',
      ...(limit === undefined ? {} : { ConditionExpression: 'attribute_not_exists(spent) OR spent < :limit' }),
      ExpressionAttributeValues: {
        ':count': { N: String(count) },
        ':expires': expires(now()),
        ...(limit === undefined ? {} : { ':limit': { N: String(limit) } }),
      },
    })
  }

  return {
    take: async (day, reserve, askTable) => {
      const limit = reserve ? 2 * cap : cap
      const known = spent.get(day) ?? 0
      if (known >= limit) return false
      const taken = askTable ? await add(day, 1, limit).catch(() => true) : true
      spent.set(day, taken ? known + 1 : limit)
      return taken
    },
    giveBack: async (day, count, askTable) => {
      spent.set(day, (spent.get(day) ?? 0) - count)
      if (askTable) await add(day, -count)
    },
  }
}

/** The day of the cap, as 2026-01-31: it ends at midnight where the messages' times are told. */
export function dayIn(timeZone: string, time: Date): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const { year, month, day } = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]))
  return `${year}-${month}-${day}`
}
