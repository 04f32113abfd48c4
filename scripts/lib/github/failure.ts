// What GitHub's answers mean, and its refusals in our words: what was asked, GitHub's own reason, what to do. Pure.
import { CommandError } from '../command.ts'
import type { Answer } from './api.ts'

export type Verdict =
  | { readonly kind: 'fine' }
  | { readonly kind: 'wait'; readonly ms: number; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string }
  | ({ readonly kind: 'refused' } & Answer)

/** Worth another try, worth a wait, or refused for good. `now` is in milliseconds. */
export function verdict(answer: Answer, now: number): Verdict {
  const { status } = answer
  if (status >= 200 && status < 300) return { kind: 'fine' }
  if (status >= 500) return { kind: 'lost', reason: `${status}: ${reasonIn(answer)}` }
  if (isRateLimit(answer)) return { kind: 'wait', ms: waitFor(answer, now), reason: reasonIn(answer) }
  return { kind: 'refused', ...answer }
}

export type Refusal = Exclude<Verdict, { kind: 'fine' | 'lost' }> | { readonly lost: string }

/** The error to throw. */
export function failure({ method, url }: { readonly method: string; readonly url: string }, refusal: Refusal) {
  const call = `${method} ${new URL(url).pathname}`
  if ('lost' in refusal) {
    return new CommandError(
      `GitHub gave no answer to ${call}: ${refusal.lost}`,
      'githubstatus.com tells of faults on its side; run the command again',
    )
  }
  if (refusal.kind === 'wait') {
    return new CommandError(
      `GitHub takes no more calls from this token for ${duration(refusal.ms)}: ${refusal.reason}`,
      'run the command again after that time',
    )
  }
  const hint = hints[refusal.status] ?? (() => "GitHub's own words above say what to mend")
  return new CommandError(`${call}: ${refusal.status}: ${reasonIn(refusal)}`, hint(refusal))
}

type Refused = Extract<Verdict, { kind: 'refused' }>

const moved = () => 'the repository has moved: set GITHUB_REPOSITORY to its new owner/name'

const hints: Readonly<Record<number, (refused: Refused) => string>> = {
  301: moved,
  302: moved,
  307: moved,
  308: moved,
  401: () => 'GitHub does not know the token in GITHUB_TOKEN, or it has expired',
  403: ({ headers }) =>
    `the token in GITHUB_TOKEN lacks a permission${needed(headers)}: give it to the job under permissions. For a fork's pull request GitHub gives none that writes`,
  404: () =>
    'it is not there, or GitHub does not show it to the token in GITHUB_TOKEN: check GITHUB_REPOSITORY and the number',
  410: () => 'issues are turned off: turn them on in the settings of the repository',
  422: () => 'GitHub understood the call and does not accept what is in it',
}

/** The permissions that would do, where GitHub tells: `issues=write; pull_requests=write`. */
function needed(headers: Headers): string {
  const accepted = headers.get('x-accepted-github-permissions')
  if (!accepted) return ''
  const choices = accepted.split(';').map((choice) => choice.trim().replaceAll('_', '-').replaceAll('=', ': '))
  return ` (${choices.join(', or ')})`
}

function isRateLimit(answer: Answer): boolean {
  if (answer.status === 429) return true
  if (answer.status !== 403) return false
  const { headers } = answer
  return (
    headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0' || /rate limit/i.test(reasonIn(answer))
  )
}

/** As GitHub documents it: Retry-After, else when the limit is renewed, else a minute. */
function waitFor({ headers }: Answer, now: number): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  if (Number.isFinite(seconds)) return seconds * 1000
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN)
  if (headers.get('x-ratelimit-remaining') === '0' && Number.isFinite(reset)) return Math.max(0, reset * 1000 - now)
  return 60_000
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

interface ErrorBody {
  readonly message?: unknown
  readonly errors?: readonly (string | { readonly message?: string; readonly field?: string; readonly code?: string })[]
}

/** GitHub's message, and of each field it does not accept, which and why. */
function reasonIn({ body }: Pick<Answer, 'body'>): string {
  const { message, errors } = (body ?? {}) as ErrorBody
  if (typeof message !== 'string') return 'without a word'
  const details = (Array.isArray(errors) ? errors : []).map((error: NonNullable<ErrorBody['errors']>[number]) =>
    typeof error === 'string' ? error : (error.message ?? `${error.field}: ${error.code}`),
  )
  return details.length === 0 ? message : `${message} (${details.join('; ')})`
}
