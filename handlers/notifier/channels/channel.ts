// What a channel is: a pure `request` that turns a delivery into an HTTP request, and a pure `classify` that turns the
// answer into an outcome. Deadlines, fail-over, records and logs are the engine's; a channel knows only its provider.
import type { GenericSchema } from 'valibot'
import type { ChannelName } from '../settings.ts'

export interface Channel<Secret = unknown> {
  readonly name: ChannelName
  /** The environment variable that overrides the provider's address, for the rehearsal and for tests. */
  readonly urlVariable: string
  readonly url: string
  /** What lies in SSM below the channel's name. */
  readonly secret: GenericSchema<unknown, Secret>
  /** Whom the secret says to reach; identity across the channels of a route, so phone numbers in one form. */
  readonly recipients: (secret: Secret) => readonly string[]
  /** Which of the alert's texts fits: `sms` is at most 90 EUC-KR bytes. */
  readonly text: 'sms' | 'long'
  readonly request: (delivery: ChannelDelivery<Secret>) => ChannelRequest
  readonly classify: (answer: Answer) => Outcome
}

/** One try at one recipient. `now` and `salt` are given, so that a request is a pure function of its delivery. */
export interface ChannelDelivery<Secret> {
  readonly url: string
  readonly secret: Secret
  readonly recipient: string
  readonly text: string
  readonly alertId: string
  readonly now: Date
  /** Random hexadecimal digits, new for each try. */
  readonly salt: string
}

export interface ChannelRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The provider answered, or why it did not: `refused` never reached it, after `lost` it may have been accepted. */
export type Answer =
  | { readonly status: number; readonly body: string }
  | { readonly unanswered: 'refused' | 'lost'; readonly reason: string }

export type Outcome =
  | { readonly outcome: 'accepted'; readonly code: string }
  | { readonly outcome: 'retryable' | 'permanent' | 'ambiguous'; readonly code: string; readonly reason: string }

/** For every channel alike: a request that never left is worth another try, a lost one may have arrived. */
export function unansweredOutcome(answer: Extract<Answer, { unanswered: string }>): Outcome {
  return answer.unanswered === 'refused'
    ? { outcome: 'retryable', code: 'unreachable', reason: answer.reason }
    : { outcome: 'ambiguous', code: 'no-answer', reason: answer.reason }
}

/** The JSON object of a body, or undefined: the default is failure, never a guess. */
export function jsonObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
