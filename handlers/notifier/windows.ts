// What keeps a storm off people's phones without losing count of it. The first activity of a window is told at once; the
// others are counted, and when the window has closed one digest says how many and of what (digest.ts, and why it is so:
// docs/decisions/0006-windows.md).
//
// In the table: one item a window's name (`#windows`, name) knows which window is open and which ones still owe their
// digest, so that opening one is a single conditional write. Each counted activity is an item of its own (`#counts …`, its
// id), written after the alert's own item said where: copies count once, and nothing is lost when a function dies in between.
import type { Activity } from './activity.ts'
import type { Claims } from './claims.ts'
import type { Collected, Digest } from './digest.ts'
import { gatheringOf } from './loudness.ts'
import { expires, type Item, type Table } from './table.ts'

/** Told to people now, counted into a window, or neither yet: the table cannot count it, so it has to come again. */
export type Standing = { readonly told: true } | { readonly why: 'counted' | 'held'; readonly what: string }

export interface Windows {
  /**
   * `earlier` is where a copy of it was counted (`countedIn`). Throws when the table cannot be asked, and writes nothing
   * more once the signal says that nobody waits for it.
   */
  readonly enter: (activity: Activity, earlier: string | undefined, wanted: AbortSignal) => Promise<Standing>
  /** The same from memory alone, for as long as the table cannot be asked. */
  readonly enterWithoutTable: (activity: Activity) => Standing
  /** The windows whose digest is due. */
  readonly due: () => Promise<readonly Window[]>
  readonly digest: (window: Window) => Promise<Digest>
  /** The digest of the window is told, or there is none to tell. */
  readonly close: (window: Window) => Promise<void>
}

/** A window as the table knows it; times are milliseconds since 1970. */
export interface Window {
  readonly name: string
  readonly of: Collected
  /** Whether AWS sent it; one window has no others beside. */
  readonly official: boolean
  /** The alert that opened it and was told at once, with how its digest names it. */
  readonly opener: string
  readonly call: string
  readonly failed: boolean
  readonly account: string
  readonly opened: number
  readonly closes: number
}

/** A count that began before the window closed has landed by then: the function is ended after six seconds. */
const graceMs = 10_000

/** No event's id begins so (activity.ts). */
const windowsKey = '#windows'

/** Past so many items a digest says «at least»: counting more could take longer than the function may run. */
export const mostCounted = 20_000

export function windows(table: Table, claims: Claims, now: () => number): Windows {
  /** The last window known to be open, by name: what is in it needs no further question. */
  const known = new Map<string, Window>()
  /** Windows that only this execution environment knows, since the table was gone: nothing may be counted into them. */
  const unrecorded = new Map<string, Window>()

  async function enter(activity: Activity, earlier: string | undefined, wanted: AbortSignal): Promise<Standing> {
    const fresh = openedBy(activity, now())
    if (fresh === undefined) return { told: true }
    const before = earlier === undefined ? undefined : windowOf(earlier)
    if (before !== undefined && (await stillCounts(before, activity))) return { why: 'counted', what: idOf(before) }
    wanted.throwIfAborted()
    const window = await openOrJoin(fresh)
    if (window.opener === activity.id) return { told: true }
    wanted.throwIfAborted()
    await claims.release(activity.id, { counted: JSON.stringify(window) })
    wanted.throwIfAborted()
    await count(window, activity)
    return { why: 'counted', what: idOf(window) }
  }

  /** Counted before, by a copy or by a try that died right after: written once more while that helps, else looked up. */
  async function stillCounts(window: Window, activity: Activity): Promise<boolean> {
    if (now() >= window.closes) return (await table.get(countsKey(window), activity.id)) !== undefined
    await count(window, activity)
    return true
  }

  async function openOrJoin(fresh: Window): Promise<Window> {
    const { name } = fresh
    const last = known.get(name)
    if (last !== undefined && now() < last.closes) return last
    const written = JSON.stringify(fresh)
    const opened = await table.update(windowsKey, name, {
      UpdateExpression: 'SET closes = :closes, latest = :window ADD pending :pending',
      ConditionExpression: 'attribute_not_exists(closes) OR closes <= :now',
      ExpressionAttributeValues: {
        ':closes': { N: String(fresh.closes) },
        ':window': { S: written },
        ':pending': { SS: [written] },
        ':now': { N: String(fresh.opened) },
      },
    })
    const window = opened ? fresh : (windowOf((await table.get(windowsKey, name))?.latest?.S) ?? fresh)
    known.set(name, window)
    return window
  }

  async function count(window: Window, activity: Activity): Promise<void> {
    await table.put({
      alert: { S: countsKey(window) },
      delivery: { S: activity.id },
      call: { S: callOf(activity, window.of) },
      failed: { N: activity.failure === undefined ? '0' : '1' },
      expires: expires(now()),
    })
  }

  return {
    enter,
    enterWithoutTable: (activity) => {
      const fresh = openedBy(activity, now())
      if (fresh === undefined) return { told: true }
      const { name } = fresh
      const last = [known.get(name), unrecorded.get(name)].find((window) => window && now() < window.closes)
      if (last?.opener === activity.id) return { told: true }
      if (last !== undefined) return { why: 'held', what: `cannot be counted into «${idOf(last)}» without the table` }
      unrecorded.set(name, fresh)
      return { told: true }
    },
    due: async () => {
      const all = (await table.query(windowsKey)).flatMap(({ pending }) => pending?.SS ?? [])
      return all.flatMap((written) => windowOf(written) ?? []).filter(({ closes }) => closes + graceMs <= now())
    },
    digest: async (window) => digestOf(window, await table.query(countsKey(window), mostCounted)),
    close: async (window) => {
      await table.update(windowsKey, window.name, {
        UpdateExpression: 'DELETE pending :pending',
        ExpressionAttributeValues: { ':pending': { SS: [JSON.stringify(window)] } },
      })
    },
  }
}

/** The window that the activity opens, if none of its name is open; none for what never shares one. */
function openedBy(activity: Activity, opened: number): Window | undefined {
  const gathering = gatheringOf(activity)
  if (gathering === undefined) return undefined
  const { name, of, lengthMs } = gathering
  return {
    name,
    of,
    official: activity.official,
    opener: activity.id,
    call: callOf(activity, of),
    failed: activity.failure !== undefined,
    account: /^\d{12}$/.test(activity.account) ? activity.account : '',
    opened,
    closes: opened + lengthMs,
  }
}

/** As people know it, `s3:ListBuckets`; where each one matters, also of what and from where. */
function callOf({ service, name, subject, sourceIp }: Activity, of: Window['of']): string {
  const call = `${service.replace(/\.amazonaws\.com$/, '')}:${name}`.slice(0, 100)
  return of === 'notable' ? call : [call, subject.slice(0, 60), sourceIp.slice(0, 45)].filter(Boolean).join(' ')
}

/** The window's id, and its digest's as an alert. */
export function idOf({ name, opened, opener }: Window): string {
  return `#digest of ${name} ${new Date(opened).toISOString()} ${opener}`
}

function countsKey(window: Window): string {
  return `#counts ${idOf(window)}`
}

/** Read back what this file wrote; what it did not write is no window. */
export function windowOf(written: string | undefined): Window | undefined {
  try {
    const window = JSON.parse(written ?? '') as Window
    return typeof window.closes === 'number' ? window : undefined
  } catch {
    return undefined
  }
}

function digestOf(window: Window, items: readonly Item[]): Digest {
  const calls = new Map<string, { name: string; count: number; failed: number }>()
  const add = (name: string, failed: boolean) => {
    const call = calls.get(name) ?? { name, count: 0, failed: 0 }
    calls.set(name, { name, count: call.count + 1, failed: call.failed + (failed ? 1 : 0) })
  }
  add(window.call, window.failed)
  for (const { call, failed } of items) add(call?.S ?? '', failed?.N === '1')
  return {
    id: idOf(window),
    of: window.of,
    official: window.official,
    account: window.account,
    opened: new Date(window.opened),
    closed: new Date(window.closes),
    total: items.length + 1,
    more: items.length >= mostCounted,
    told: 1,
    calls: [...calls.values()].sort((one, other) => other.count - one.count),
  }
}
