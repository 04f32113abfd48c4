// What a cell must hold, and its outcome in words.
import type { Ran } from './lane.ts'
import { type Cell, hasSecrets, partners, shapes } from './matrix.ts'

/** EventBridge hangs up after 5 s. */
export const longestMs = 4_500
/** What the engine holds itself to. */
export const ownLimitMs = 4_000

/** What is wrong with the cell; nothing when it holds. */
export function problemsOf(ran: Ran): readonly string[] {
  return Object.entries(promises).flatMap(([promise, isKept]) =>
    isKept(ran) ? [] : [`${nameOf(ran.cell)}: ${promise}`],
  )
}

/** A broken one is printed with its name. */
const promises: Readonly<Record<string, (ran: Ran) => boolean>> = {
  'whoever could be told is told at once': ({ cell, told }) => told.length > 0 || !hasSecrets(cell),
  'an alert that nobody got is kept by EventBridge': ({ told, status }) => told.length > 0 || status === 503,
  'the answer is 202 or 503': ({ status }) => status === 202 || status === 503,
  'every answer comes in 4.5 s': ({ ms, slowestRetryMs }) => Math.max(ms, slowestRetryMs) <= longestMs,
  'a retry settles it once all is mended': ({ lastStatus }) => lastStatus === 202,
  'what was answered 503 has reached every route in the end': (ran) => ran.status !== 503 || everyRouteTold(ran),
  'while the table is up nobody is told twice': ({ cell, copies }) =>
    copies === 0 || cell.dynamodb !== 'up' || mayHaveArrived(cell),
}

function everyRouteTold({ cell, told, toldLater }: Ran): boolean {
  const all = [...told, ...toldLater]
  return Object.values(shapes[cell.shape](cell.channel)).every((route) =>
    route.some((channel) => all.includes(channel)),
  )
}

/** The message was taken and its answer lost: a copy is the price of not losing it. */
function mayHaveArrived({ fault }: Cell): boolean {
  return fault === 'truncated'
}

export function nameOf({ shape, channel, fault, dynamodb, ssm, warm }: Cell): string {
  const aws = [`DynamoDB ${dynamodb}`, `SSM ${ssm}${warm ? ' (secrets kept)' : ''}`]
  return [`${channel} ${shape} ${partners[channel]}`, fault, ...aws].join(', ')
}

/** A cell's outcome without its times, in words that are the same for every channel. */
export interface Verdict {
  readonly told: string
  readonly answer: string
  readonly later: string
  readonly copies: string
}

export function verdictOf({ cell, told, status, toldLater, lastStatus, copies }: Ran): Verdict {
  const named = (who: Ran['told']) => {
    const both = who.length === 2
    return both ? 'both' : who.map((channel) => (channel === cell.channel ? 'it' : 'partner')).join('') || 'nobody'
  }
  const last = lastStatus === 202 ? '' : ` (${lastStatus})`
  return {
    told: named(told),
    answer: String(status),
    later:
      status === 503 ? `${toldLater.length > 0 || told.length === 0 ? named(toldLater) : 'nobody else'}${last}` : '–',
    copies: copies === 0 ? '–' : String(copies),
  }
}
