// Asks the deployed API what became of an alert: GET /alerts/{id}, signed with the caller's own credentials.
import * as v from 'valibot'
import { type Credentials, signedFetch } from './signed-fetch.ts'

export interface Looked {
  /** A copy is with the function, or was and got no answer out in time. */
  readonly handling: boolean
  /** The records: what was accepted, and what may have been. */
  readonly deliveries: readonly SeenDelivery[]
  /** Whom the last try did not reach, and why. */
  readonly unreached: readonly SeenDelivery[]
  /** What failed beside those, in the last try that had something to say of it: mostly channels that another one stood in for. */
  readonly failedOver: readonly SeenDelivery[]
  /** Why the function did not carry the drill out. */
  readonly refused?: string | undefined
}

export type SeenDelivery = v.InferOutput<typeof delivery>

/** Not there yet, or why it cannot be said; `final` is what asking again does not change. */
export type NotSeen = { readonly absent: true } | { readonly unreadable: string; readonly final: boolean }

export type Look = (alertId: string, receipts?: 'ask') => Promise<Looked | NotSeen>

/** A receipt takes the function three seconds at most. */
const answerWithinMs = 8_000

export function lookup(alertsUrl: string, credentials: () => Promise<Credentials>): Look {
  return async (alertId, receipts) => {
    const query = receipts === undefined ? '' : '?receipts=ask'
    const url = `${alertsUrl}/${encodeURIComponent(alertId)}${query}`
    const { status, text } = await signedFetch(url, { method: 'GET' }, credentials, answerWithinMs)
    if (status !== undefined) return seen(status, text)
    return { unreadable: `the API did not answer (${text})`, final: false }
  }
}

function seen(status: number, body: string): Looked | NotSeen {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson()), body)
  const said = parsed.success ? parsed.output : undefined
  const answer = v.safeParse(looked, said)
  if (status === 200 && answer.success) return answer.output
  // API Gateway answers 404 as well, to a path it does not know, but without the alert.
  if (status === 404 && v.is(v.object({ alert: v.string() }), said)) return { absent: true }
  const { message, error } = v.safeParse(refusal, said).output as v.InferOutput<typeof refusal>
  const words = message ?? error ?? body.slice(0, 200)
  const final = status !== 429 && status < 500
  return { unreadable: `${legOf(status, error)}: GET /alerts/{id} was answered ${status}: ${words}`, final }
}

/** The function says `error` and API Gateway `message`, so that it is told whose answer it is. */
function legOf(status: number, error: string | undefined): string {
  if (status === 403) return 'the API refused the caller'
  if (status === 429) return 'the API was asked too often'
  if (error !== undefined) return 'the function cannot read its records'
  return status >= 500 ? legBehindApi(status) : 'the API does not know the path'
}

/** What API Gateway's own 5xx says of the function: 502 that it threw, 504 that it took too long, 500 that it was not called. */
export function legBehindApi(status: number): string {
  if (status === 502) return 'the API works and the function threw'
  if (status === 504) return 'the API works and the function did not answer in time'
  return 'the API could not call the function'
}

const refusal = v.fallback(v.object({ message: v.optional(v.string()), error: v.optional(v.string()) }), {})

const delivery = v.object({
  route: v.string(),
  channel: v.string(),
  recipient: v.string(),
  outcome: v.picklist(['accepted', 'ready', 'retryable', 'permanent', 'ambiguous']),
  code: v.string(),
  reason: v.optional(v.string(), ''),
  ms: v.number(),
  at: v.string(),
  receipt: v.optional(
    v.object({
      receipt: v.picklist(['delivered', 'pending', 'failed', 'unknown']),
      code: v.string(),
      reason: v.optional(v.string(), ''),
    }),
  ),
})

const looked = v.object({
  handling: v.boolean(),
  deliveries: v.array(delivery),
  unreached: v.array(delivery),
  // A function that was deployed before this says nothing of it.
  failedOver: v.optional(v.array(delivery), []),
  refused: v.optional(v.string()),
})
