// The way of what was fired, as far as it went: what the page draws. News is added to it as it comes.
import type { News } from '../event-bridge.ts'
import type { Message, RecordedRequest } from '../providers/provider.ts'
import type { Attempt } from '../targets.ts'
import type { Why } from '../why-silent.ts'

export interface Journey {
  /** Of a record of the corpus; '' where `what` says it all. */
  readonly name: string
  readonly what: 'record' | 'pasted' | 'burst' | 'window'
  /** Where it happened, '' for what happens nowhere. */
  readonly region: string
  began: number
  ms?: number
  /** `why` it did not match, in the language of the words. */
  readonly rules: { readonly rule: string; readonly why: Why | undefined }[]
  /** Of a burst the first few, and whatever was not just counted. */
  readonly attempts: { readonly target: string; readonly attempt: Attempt }[]
  readonly givenUp: { readonly target: string; readonly deadLetters: string }[]
  readonly messages: Message[]
  /** What providers were asked, in order. */
  readonly calls: { readonly channel: string; readonly request: RecordedRequest }[]
  /** What was published for e-mail. */
  readonly mails: string[]
  /** Events that are through, of all. */
  fired: number
  readonly times: number
  counted: number
  /** How many activities the windows that were closed had gathered, with those that opened them. */
  digested: number
  /** What the sweep answered. */
  swept: string
  /** What went wrong with the rehearsal itself. */
  failure: string
}

export function journey(start: Pick<Journey, 'name' | 'what' | 'region' | 'times'>): Journey {
  const nothingYet = { rules: [], attempts: [], givenUp: [], messages: [], calls: [], mails: [] }
  return { ...start, ...nothingYet, began: Date.now(), fired: 0, counted: 0, digested: 0, swept: '', failure: '' }
}

const mostAttempts = 12

export function add(to: Journey, news: News): void {
  if (news.is === 'rule') {
    if (!to.rules.some(({ rule }) => rule === news.rule)) to.rules.push(news)
    return
  }
  if (news.is === 'given up') return void to.givenUp.push(news)
  const { target, attempt } = news
  const answer = answerOf(attempt.body)
  if (answer.counted !== undefined) to.counted++
  if (answer.deliveries === undefined && answer.alert === undefined && attempt.status === 200)
    to.mails.push(attempt.body)
  const dull = answer.counted !== undefined || target === 'email'
  if (to.attempts.length < (dull ? 4 : mostAttempts)) to.attempts.push(news)
}

export interface Answered {
  readonly alert?: string
  readonly kind?: string
  readonly counted?: string
  readonly claimed?: string
  readonly held?: string
  readonly error?: string
  /** Whether the records could be kept, or why not. */
  readonly records?: string
  readonly deliveries?: readonly Delivered[]
}

/** One line of what the function answers of its channels. */
export interface Delivered {
  readonly route: string
  readonly channel: string
  readonly outcome: string
  readonly code: string
  readonly reason: string
  readonly ms: number
  readonly tries: number
  readonly earlier: boolean
}

/** What the function answered; an empty answer when that was no JSON, as of a proxy that is broken. */
export function answerOf(body: string): Answered {
  try {
    const answer = JSON.parse(body) as unknown
    return typeof answer === 'object' && answer !== null ? (answer as Answered) : {}
  } catch {
    return {}
  }
}
