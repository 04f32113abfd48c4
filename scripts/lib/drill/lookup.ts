// Asks the deployed API what became of an alert: GET /alerts/{id}, signed with the caller's own credentials.
import { AwsClient } from 'aws4fetch'
import * as v from 'valibot'
import { alarmRegion } from '../../../templates-src/config/schema.ts'

export interface Looked {
  /** A copy is with the function, or was and got no answer out in time. */
  readonly handling: boolean
  /** The records: what was accepted, and what may have been. */
  readonly deliveries: readonly SeenDelivery[]
  /** Whom the last try did not reach, and why. */
  readonly unreached: readonly SeenDelivery[]
}

export type SeenDelivery = v.InferOutput<typeof delivery>

/** Not there yet, or why it cannot be said; `final` is what asking again does not change. */
export type NotSeen = { readonly absent: true } | { readonly unreadable: string; readonly final: boolean }

export type Look = (alertId: string, receipts?: 'ask') => Promise<Looked | NotSeen>

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

/** A receipt takes the function three seconds at most. */
const answerWithinMs = 8_000

export function lookup(alertsUrl: string, credentials: () => Promise<Credentials>): Look {
  return async (alertId, receipts) => {
    const { accessKeyId, secretAccessKey, sessionToken } = await credentials()
    const client = new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      service: 'execute-api',
      region: alarmRegion,
    })
    const query = receipts === undefined ? '' : '?receipts=ask'
    const request = await client.sign(`${alertsUrl}/${encodeURIComponent(alertId)}${query}`, { method: 'GET' })
    try {
      const response = await fetch(request, { signal: AbortSignal.timeout(answerWithinMs), redirect: 'manual' })
      return seen(response.status, await response.text())
    } catch (error) {
      const { cause, message } = error as Error & { cause?: { code?: string } }
      return { unreadable: `the API did not answer (${cause?.code ?? message})`, final: false }
    }
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
  return { unreadable: `GET /alerts/{id} was answered ${status}: ${words}`, final: status !== 429 && status < 500 }
}

const refusal = v.fallback(v.object({ message: v.optional(v.string()), error: v.optional(v.string()) }), {})

const delivery = v.object({
  route: v.string(),
  channel: v.string(),
  recipient: v.string(),
  outcome: v.picklist(['accepted', 'retryable', 'permanent', 'ambiguous']),
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

const looked = v.object({ handling: v.boolean(), deliveries: v.array(delivery), unreached: v.array(delivery) })
