// How what was fired came out, from what is known of its way: who rang, who did not take it, and what colour the strip has.
import type { CorpusRecord } from '../records.ts'
import { answerOf, type Journey } from './journey.ts'

/**
 * `told`: all rang at the first try, and it was recorded. `troubled`: somebody rang, though something on the way did not work. `missed`: no phone
 * rang of what people should hear of. `failed`: the rehearsal itself did.
 */
export type Outcome = 'going' | 'told' | 'troubled' | 'counted' | 'silent' | 'missed' | 'failed'

/** `label` is the record's; undefined for what is no record of the corpus. */
export function outcomeOf(last: Journey, label: CorpusRecord['label'] | undefined): Outcome {
  const { failure, ms, rules, messages, counted, what, digested, calls, givenUp } = last
  if (failure !== '') return 'failed'
  if (ms === undefined) return 'going'
  if (messages.length > 0) return worked(last) ? 'told' : 'troubled'
  if (what === 'window') return digested === 0 ? 'silent' : 'missed'
  if (!rules.some(({ why }) => why === undefined)) return label === 'alert' ? 'missed' : 'silent'
  if (counted > 0) return 'counted'
  // A drill that only checks asks no provider, and neither does a copy of what was told before.
  return label === 'silent' || (calls.length === 0 && givenUp.length === 0) ? 'silent' : 'missed'
}

/** How long it took until the last phone rang, from when it was fired, in ms. */
export function rangWithin({ calls, messages, began }: Journey): number {
  const rang = messages.map(({ provider }) => provider)
  return Math.max(
    0,
    ...calls.filter(({ channel }) => rang.includes(channel)).map(({ request }) => request.began - began),
  )
}

/** Channels that were asked and rang nobody: those that said no, and those that said nothing. */
export function notRung({ calls, messages }: Journey): { readonly refused: string[]; readonly unanswered: string[] } {
  const rang = messages.map(({ provider }) => provider)
  const asked = [...new Set(calls.map(({ channel }) => channel))].filter((channel) => !rang.includes(channel))
  const answered = (one: string) =>
    calls.some(({ channel, request: { status } }) => channel === one && typeof status === 'number')
  return { refused: asked.filter(answered), unanswered: asked.filter((channel) => !answered(channel)) }
}

/** False when the function could not write down what it sent. */
export function recordsKept({ attempts }: Journey): boolean {
  return attempts.every(({ attempt }) => (answerOf(attempt.body).records ?? 'kept') === 'kept')
}

function worked(last: Journey): boolean {
  const { refused, unanswered } = notRung(last)
  const arrived = last.attempts.every(({ attempt: { status } }) => typeof status === 'number' && status < 300)
  const outcomes = last.attempts.flatMap(({ attempt }) => answerOf(attempt.body).deliveries ?? [])
  const accepted = outcomes.every(({ outcome }) => outcome === 'accepted')
  return refused.length + unanswered.length + last.givenUp.length === 0 && arrived && accepted && recordsKept(last)
}
