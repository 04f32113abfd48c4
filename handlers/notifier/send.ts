// One HTTP request to a provider, with a deadline. Every way it can end is an answer; nothing is thrown.
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import type { Answer, ChannelRequest } from './channels/channel.ts'

/** No provider's answer is near this long; what is longer is not read. */
const bodyLimit = 64 * 1024

/**
 * How long one address of a provider gets before the next is tried. Node's own 250 ms is less than a connection from
 * us-east-1 to Korea needs on a bad day: about 190 ms for each round trip, and none may be lost.
 */
export const addressMs = 1_000
setDefaultAutoSelectFamilyAttemptTimeout(addressMs)

/** What fetch's own client says of one request: it is made, and later its first byte is about to be written. */
interface Progress {
  made?: true
  began?: true
}

const asking = new AsyncLocalStorage<Progress>()
const progressOf = new WeakMap<object, Progress>()
subscribe('undici:request:create', (message) => {
  const progress = asking.getStore()
  if (progress === undefined) return
  progress.made = true
  progressOf.set((message as Published).request, progress)
})
subscribe('undici:client:sendHeaders', (message) => {
  const progress = progressOf.get((message as Published).request)
  if (progress !== undefined) progress.began = true
})
interface Published {
  readonly request: object
}

/**
 * Never throws. `refused` is an answer of which it is sure that no byte of the request was written: no name, no
 * connection, no TLS. Everything else without an answer is `lost`.
 */
export async function send(request: ChannelRequest, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs)
  const progress: Progress = {}
  try {
    const { url, method = 'POST', headers, body = null } = request
    // A redirect is not followed: it would carry the secret to another host.
    const asked = () => fetch(url, { method, headers, body, redirect: 'manual', signal })
    const response = await asking.run(progress, asked)
    const [date, retryAfter] = [response.headers.get('date'), response.headers.get('retry-after')]
    return {
      status: response.status,
      body: await readBody(response),
      ...(date !== null && { date }),
      ...(retryAfter !== null && { retryAfter }),
    }
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Failure }
    // Where neither cause nor code is given, fetch itself would not have the request: a header, a port.
    const isOurs = cause?.code === undefined && cause?.errors === undefined
    const isRefused = progress.made ? !progress.began : !signal.aborted && (isOurs || neverBegan(cause))
    const unanswered = isRefused ? 'refused' : 'lost'
    if (!signal.aborted) return { unanswered, reason: cause?.code ?? cause?.errors?.[0]?.code ?? message }
    return { unanswered, reason: `no ${isRefused ? 'connection' : 'answer'} in ${timeoutMs} ms` }
  }
}

interface Failure {
  readonly code?: string
  readonly syscall?: string
  readonly message?: string
  /** An AggregateError's: one for each address that was tried. */
  readonly errors?: readonly Failure[]
}

/** The same, where fetch's client said nothing of the request: by the error alone. */
function neverBegan({ code = '', syscall = '', message = '', errors }: Failure): boolean {
  if (errors?.length) return errors.every(neverBegan)
  return /^(connect|getaddrinfo)$/.test(syscall) || beforeRequest.test(code) || /before secure TLS/.test(message)
}

const beforeRequest =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL)$|^ERR_(SSL|TLS)_|CERT|^UNABLE_TO_/

async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let body = ''
  for await (const chunk of response.body ?? []) {
    body += decoder.decode(chunk, { stream: true })
    if (body.length > bodyLimit) break
  }
  return body
}
