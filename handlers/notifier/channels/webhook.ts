// What Slack's and Discord's incoming webhooks have in common: the URL is the secret, and the table of outcomes.
import * as v from 'valibot'
import { type Answer, type Outcome, unansweredOutcome } from './channel.ts'
import { waitAsked } from './wait-asked.ts'

/**
 * A webhook's URL, read into the parts that make it secret: `form` has a group for each. As parts, each is kept out of
 * logs wherever it turns up, and a wrong URL cannot lead anywhere else.
 */
export function webhookSecret(form: RegExp, expected: string) {
  const parts = v.transform((url: string) => form.exec(url)?.slice(1) ?? [])
  return v.strictObject({ webhookUrl: v.pipe(v.string(), v.regex(form, expected), parts) })
}

/** Whom it reaches is in the URL alone, which must not be told. */
export const webhookRecipients = () => ['webhook']

/** What a body says: the code that it was accepted with, or why not and how many seconds to wait. */
export interface WebhookSaid {
  readonly accepted?: string | undefined
  readonly reason?: string | undefined
  readonly wait?: number | undefined
}

export function webhookOutcome(answer: Answer, read: (body: string) => WebhookSaid): Outcome {
  if ('unanswered' in answer) return unansweredOutcome(answer)
  const { status, body, retryAfter } = answer
  const { accepted, reason = 'the answer does not parse', wait } = read(body)
  if (status === 200 && accepted !== undefined) return { outcome: 'accepted', code: accepted }
  const code = String(status)
  if (status === 429) return { outcome: 'retryable', code, reason, ...waitAsked(wait, retryAfter) }
  return { outcome: status >= 400 && status < 500 ? 'permanent' : 'ambiguous', code, reason }
}
