// Follows a drill from its event to phones: first until every route has said what came of it, then until the carriers have.
import { setTimeout as pause } from 'node:timers/promises'
import type { Look, Looked, NotSeen, SeenDelivery } from './lookup.ts'

export interface Following {
  /** A check is not tried again, so that it is settled whatever it found. */
  readonly mode: 'check' | 'send'
  readonly alertId: string
  readonly routes: readonly string[]
  readonly look: Look
  /** When to give up, in milliseconds since 1970. */
  readonly until: number
  readonly note: (line: string) => void
}

export interface Followed {
  /** What was seen last; how it could not be seen where nothing ever was. */
  readonly last: Looked | NotSeen
}

/** Often enough to see what a second brings, seldom enough to leave the function alone. */
const lookEveryMs = 500
/** A carrier takes seconds. */
const askEveryMs = 2_000

export async function follow({ mode, alertId, routes, look, until, note }: Following): Promise<Followed> {
  let last = await look(alertId)
  let told = ''
  while (!isSettled(last, routes, mode) && !isFinal(last) && Date.now() < until) {
    await pause(lookEveryMs)
    last = better(last, await look(alertId))
    const now = progress(last)
    if (now !== told) note(now)
    told = now
  }
  if ('deliveries' in last) last = await withReceipts(last, { alertId, look, until, note })
  return { last }
}

/** Nobody is at it, each route has a delivery, and none of them is waiting for EventBridge to come again. */
export function isSettled(last: Looked | NotSeen, routes: readonly string[], mode: Following['mode']): boolean {
  if (!('deliveries' in last) || last.handling) return false
  if (last.refused !== undefined) return true
  const all = [...last.deliveries, ...last.unreached]
  return routes.every((route) => all.some((one) => one.route === route)) && (mode === 'check' || !all.some(isOpen))
}

function isOpen({ outcome }: SeenDelivery): boolean {
  return outcome === 'retryable'
}

function isFinal(last: Looked | NotSeen): boolean {
  return 'final' in last && last.final
}

/** One look that fails does not undo what an earlier one has seen. */
function better(before: Looked | NotSeen, now: Looked | NotSeen): Looked | NotSeen {
  return 'deliveries' in before && !('deliveries' in now) ? before : now
}

async function withReceipts(
  last: Looked,
  { alertId, look, until, note }: Pick<Following, 'alertId' | 'look' | 'until' | 'note'>,
): Promise<Looked> {
  if (!last.deliveries.some(({ outcome }) => outcome === 'accepted')) return last
  note('asking the carriers')
  let asked = better(last, await look(alertId, 'ask')) as Looked
  while (asked.deliveries.some(isAwaited) && Date.now() + askEveryMs < until) {
    await pause(askEveryMs)
    asked = better(asked, await look(alertId, 'ask')) as Looked
  }
  return asked
}

/** Accepted by a provider that can be asked and has not answered for good. */
function isAwaited({ outcome, receipt }: SeenDelivery): boolean {
  if (outcome !== 'accepted') return false
  if (receipt === undefined || receipt.receipt === 'pending') return true
  return receipt.receipt === 'unknown' && !never.includes(receipt.code)
}

/** The notifier's codes of what asking again does not change. */
const never = ['not-asked', 'no-recipient']

function progress(last: Looked | NotSeen): string {
  if ('absent' in last) return 'no record yet'
  if ('unreadable' in last) return last.unreadable
  const count = (wanted: SeenDelivery['outcome']) => last.deliveries.filter(({ outcome }) => outcome === wanted).length
  const ready = count('ready')
  return `${ready > 0 ? `${ready} ready` : `${count('accepted')} accepted`}${last.handling ? ', the function is at it' : ''}`
}
