// What a channel is: a pure `request` that turns a delivery into an HTTP request, and a pure `classify` that turns the
// answer into an outcome. Deadlines, retries, fail-over, records and logs are the engine's; a channel knows only its
// provider.
import type { GenericSchema, ObjectEntries } from 'valibot'
import type { ChannelName } from '../settings.ts'
import type { Message } from '../words/message.ts'

export interface Channel<Secret = unknown> {
  readonly name: ChannelName
  /** The environment variable that overrides the provider's address, for the rehearsal and for tests. */
  readonly urlVariable: string
  readonly url: string
  /** What lies in SSM below the channel's name: an object of these fields and no other. Its messages quote no value. */
  readonly secret: GenericSchema<unknown, Secret> & { readonly type: 'strict_object'; readonly entries: ObjectEntries }
  /** Whom the secret says to reach; identity across the channels of a route, so phone numbers in one form. */
  readonly recipients: (secret: Secret) => readonly string[]
  /** Whether a message is one on the SMS bill, which the daily cap protects. */
  readonly sms: boolean
  readonly request: (delivery: ChannelDelivery<Secret>) => ChannelRequest
  readonly classify: (answer: Answer) => Outcome
  /** How to ask the provider what became of a message it accepted; none where it cannot be asked. */
  readonly receipt?: {
    readonly request: (accepted: Accepted<Secret>) => ChannelRequest
    readonly classify: (answer: Answer, accepted: Accepted<Secret>) => Receipt
  }
  /** Questions that send nothing; a message would be taken where all answers are yes. None where there is none to ask. */
  readonly check?: readonly Question<Secret>[]
}

/** `accepted` means yes. */
export interface Question<Secret> {
  readonly request: (asking: Asking<Secret>) => ChannelRequest
  readonly classify: (answer: Answer, asking: Asking<Secret>) => Outcome
}

/** One try at one recipient. `now` and `salt` are given, so that a request is a pure function of its delivery. */
export interface ChannelDelivery<Secret> {
  readonly url: string
  readonly secret: Secret
  readonly recipient: string
  readonly message: Message
  /** Whether an SMS may be a long one (LMS), by the settings. */
  readonly long: boolean
  readonly alertId: string
  readonly now: Date
  /** Random hexadecimal digits, new for each try. */
  readonly salt: string
  /** What the answer to the try before asked to be done otherwise; empty at first. */
  readonly amend: Amend
}

/** What a provider can ask to be done otherwise in the next try. */
export interface Amend {
  /** Telegram: the group became a supergroup, and has another id. */
  readonly chatId?: string
  /** Without formatting, since that is what was refused. */
  readonly plain?: true
  /** The provider's clock, where ours is too far from it. */
  readonly now?: Date
}

/** What every question to a provider is made of. */
export interface Asking<Secret> {
  readonly url: string
  readonly secret: Secret
  readonly recipient: string
  readonly now: Date
  readonly salt: string
}

/** A message that its provider accepted earlier, and the code it was accepted with. */
export interface Accepted<Secret> extends Asking<Secret> {
  readonly code: string
  readonly alertId: string
}

export interface ChannelRequest {
  readonly url: string
  /** POST where it is not said. */
  readonly method?: 'GET'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** The provider answered, or why it did not: `refused` never reached it, after `lost` it may have been accepted. */
export type Answer =
  | {
      readonly status: number
      readonly body: string
      /** The headers Date and Retry-After as they came. */
      readonly date?: string
      readonly retryAfter?: string
    }
  | { readonly unanswered: 'refused' | 'lost'; readonly reason: string }

export type Outcome =
  /** `code` is what `receipt` needs to ask for the message later, or the provider's own word of success. */
  | {
      readonly outcome: 'accepted'
      readonly code: string
      /** Of a question alone: what will soon be wrong. */
      readonly remark?: string
    }
  | {
      readonly outcome: 'retryable'
      readonly code: string
      readonly reason: string
      /** When and how to try again, where the provider said so. */
      readonly again?: { readonly afterMs?: number; readonly amend?: Amend }
    }
  | { readonly outcome: 'permanent'; readonly code: string; readonly reason: string }
  | { readonly outcome: 'ambiguous'; readonly code: string; readonly reason: string }

/** What became of an accepted message at the carrier. */
export type Receipt =
  | { readonly receipt: 'delivered' | 'pending'; readonly code: string }
  | { readonly receipt: 'failed' | 'unknown'; readonly code: string; readonly reason: string }

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
