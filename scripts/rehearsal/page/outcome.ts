// How what was fired came out, from what is known of its way: who rang, who did not take it, and what colour the strip has.
import type { CorpusRecord } from '../records.ts'
import { answerOf, type Journey } from './journey.ts'

/**
 * `checked`: a drill that only checks, and the function found all well. `told`: all rang at the first try, and it was
 * recorded. `troubled`: somebody rang, though something on the way did not work. `missed`: no phone rang of what people
 * should hear of. `failed`: the rehearsal itself did.
 */
export type Outcome = 'going' | 'told' | 'troubled' | 'counted' | 'checked' | 'silent' | 'missed' | 'failed'

/** `label` is the record's; undefined for what is no record of the corpus. */
export function outcomeOf(last: Journey, label: CorpusRecord['label'] | undefined): Outcome {
  const { failure, ms, rules, messages, counted, what, digested, calls, givenUp } = last
  if (failure !== '') return 'failed'
  if (ms === undefined) return 'going'
  if (messages.length > 0) return worked(last) ? 'told' : 'troubled'
  if (what === 'window') return digested === 0 ? 'silent' : 'missed'
  if (!rules.some(({ why }) => why === undefined)) return label === 'alert' ? 'missed' : 'silent'
  if (counted > 0) return 'counted'
  if (onlyChecks(last) && arrived(last)) return 'checked'
  // A copy of what was told before asks no provider.
  return label === 'silent' || (calls.length === 0 && givenUp.length === 0) ? 'silent' : 'missed'
}

/** Whether it is a drill that asks providers without sending, of which the function says `ready`: nobody is to be told of it. */
export function onlyChecks({ rules, attempts }: Journey): boolean {
  const matched = rules.filter(({ why }) => why === undefined)
  const outcomes = attempts.flatMap(({ attempt }) => answerOf(attempt.body).deliveries ?? [])
  const isDrill = matched.length > 0 && matched.every(({ rule }) => rule.endsWith('-drill'))
  return isDrill && outcomes.some(({ outcome }) => outcome === 'ready')
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
  const outcomes = last.attempts.flatMap(({ attempt }) => answerOf(attempt.body).deliveries ?? [])
  const accepted = outcomes.every(({ outcome }) => outcome === 'accepted')
  return (
    refused.length + unanswered.length + last.givenUp.length === 0 && arrived(last) && accepted && recordsKept(last)
  )
}

function arrived({ attempts }: Journey): boolean {
  return attempts.every(({ attempt: { status } }) => typeof status === 'number' && status < 300)
}
