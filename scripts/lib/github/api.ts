// GitHub's REST API, as much of it as the workflows need: lists read to their last page, changes and creations that are
// safe to repeat, and waits where GitHub asks for one. What it refuses becomes our words in failure.ts.
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError } from '../command.ts'
import { failure, type Refusal, verdict } from './failure.ts'

export interface GitHub {
  /** Every item of a list, page after page. `path` is what follows the repository: `issues?state=open`. */
  readonly list: (path: string) => Promise<readonly unknown[]>
  /** What is at a path; undefined when nothing is, or when GitHub does not show it (404). */
  readonly find: (path: string) => Promise<unknown>
  /** PATCH, which may be sent twice without harm. */
  readonly change: (path: string, body: object) => Promise<unknown>
  /** POST. When its answer is lost, `isThere` is asked before it is sent again: nothing is made twice. */
  readonly create: (path: string, body: object, isThere: () => Promise<boolean>) => Promise<void>
}

export interface Patience {
  /** How often a call whose answer was lost is sent. */
  readonly tries: number
  /** The pause before the second try; it doubles from there. */
  readonly pauseMs: number
  /** How long to wait in all, for one call, because GitHub asks to slow down. */
  readonly waitMs: number
  readonly timeoutMs: number
}

const usual: Patience = { tries: 4, pauseMs: 1000, waitMs: 120_000, timeoutMs: 20_000 }

/** Of GITHUB_REPOSITORY, with GITHUB_TOKEN, at GITHUB_API_URL. */
export function gitHub(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  patience: Patience = usual,
): GitHub {
  const connection = { ...connectionOf(environment), patience }
  return {
    list: (path) => list(connection, path),
    find: (path) => find(connection, path),
    change: async (path, body) => (await insist(connection, { method: 'PATCH', url: at(connection, path), body })).body,
    create: (path, body, isThere) => create(connection, { method: 'POST', url: at(connection, path), body }, isThere),
  }
}

interface Connection {
  /** `https://api.github.com/repos/owner/name` */
  readonly repository: string
  readonly token: string
  readonly patience: Patience
}

interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly body?: object
  /** 404 is an answer, too. */
  readonly mayBeAbsent?: true
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

function connectionOf(environment: Readonly<Record<string, string | undefined>>): Omit<Connection, 'patience'> {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: name, GITHUB_API_URL: api } = environment
  if (!token) {
    throw new CommandError(
      'GITHUB_TOKEN is not set',
      'a workflow hands github.token to the step as env; on your machine: GITHUB_TOKEN=$(gh auth token)',
      2,
    )
  }
  if (!name || !/^[\w.-]+\/[\w.-]+$/.test(name)) {
    throw new CommandError(
      `GITHUB_REPOSITORY is ${name ? `«${name}»` : 'not set'}`,
      'set it to owner/name; a workflow sets it by itself',
      2,
    )
  }
  return { repository: `${(api || 'https://api.github.com').replace(/\/+$/, '')}/repos/${name}`, token }
}

function at({ repository }: Connection, path: string): string {
  return `${repository}/${path}`
}

async function list(connection: Connection, path: string): Promise<readonly unknown[]> {
  const items: unknown[] = []
  let url: string | undefined = at(connection, `${path}${path.includes('?') ? '&' : '?'}per_page=100`)
  while (url !== undefined) {
    const { headers, body } = await insist(connection, { method: 'GET', url })
    if (!Array.isArray(body)) throw strange(url, 'a list was expected')
    items.push(...body)
    url = nextPage(headers, url)
  }
  return items
}

async function find(connection: Connection, path: string): Promise<unknown> {
  const { status, body } = await insist(connection, { method: 'GET', url: at(connection, path), mayBeAbsent: true })
  return status === 404 ? undefined : body
}

/** The next page, as GitHub's Link header names it. The token goes nowhere but where the first page came from. */
function nextPage(headers: Headers, url: string): string | undefined {
  const next = /<([^>]+)>\s*;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1]
  if (next === undefined) return undefined
  if (new URL(next, url).origin === new URL(url).origin) return new URL(next, url).href
  throw strange(url, `its next page is somewhere else: ${new URL(next, url).origin}`)
}

function strange(url: string, what: string): CommandError {
  return new CommandError(
    `GitHub's answer to GET ${new URL(url).pathname} cannot be used: ${what}`,
    'is GITHUB_API_URL the address of GitHub?',
  )
}

async function create(connection: Connection, request: Request, isThere: () => Promise<boolean>): Promise<void> {
  for (let tried = 1; ; tried++) {
    const outcome = await patiently(connection, request)
    if (!isLost(outcome)) return
    if (tried === connection.patience.tries) throw failure(request, outcome)
    await pause(pauseAfter(tried, connection))
    if (await isThere()) return
  }
}

/** Repeats the call while its answer is lost. For calls that may be sent twice. */
async function insist(connection: Connection, request: Request): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const outcome = await patiently(connection, request)
    if (!isLost(outcome)) return outcome
    if (tried === connection.patience.tries) throw failure(request, outcome)
    await pause(pauseAfter(tried, connection))
  }
}

function pauseAfter(tried: number, { patience }: Connection): number {
  return patience.pauseMs * 2 ** (tried - 1)
}

/** One call, sent again as long as GitHub asks to slow down and there is patience. Throws what GitHub refuses. */
async function patiently(connection: Connection, request: Request): Promise<Answer | Lost> {
  let waited = 0
  for (;;) {
    const answer = await send(connection, request)
    if (isLost(answer)) return answer
    const found = verdict(answer, Date.now())
    if (found.kind === 'fine') return answer
    if (answer.status === 404 && request.mayBeAbsent) return answer
    if (found.kind === 'lost') return { lost: found.reason }
    if (found.kind === 'refused' || waited + found.ms > connection.patience.waitMs) throw failure(request, found)
    await pause(found.ms)
    // At least a second counts, so that a server which asks for no wait at all is not asked for ever.
    waited += Math.max(found.ms, 1000)
  }
}

type Lost = Extract<Refusal, { lost: string }>

function isLost(outcome: Answer | Lost): outcome is Lost {
  return 'lost' in outcome
}

async function send({ token, patience }: Connection, { method, url, body }: Request): Promise<Answer | Lost> {
  try {
    const response = await fetch(url, {
      method,
      // A moved repository is told, not followed: fetch would turn a POST into a GET.
      redirect: 'manual',
      signal: AbortSignal.timeout(patience.timeoutMs),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': 'root-guard',
        'x-github-api-version': '2022-11-28',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) }
  } catch (error) {
    return { lost: reasonOf(error as Error) }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reasonOf({ name, message, cause }: Error): string {
  if (name === 'TimeoutError') return 'no answer in time'
  const { code, message: deeper } = (cause ?? {}) as { readonly code?: string; readonly message?: string }
  return code ?? deeper ?? message
}
