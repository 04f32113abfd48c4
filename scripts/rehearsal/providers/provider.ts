// What the stand-ins for the message providers share: a real HTTP server on this machine, the moods it can be in, and
// the record of what it was asked and what reached a phone. What each provider answers is in the file of its name.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Mood =
  | 'ok'
  | 'slow' // takes the message at once and answers late: whoever gives up before has sent it all the same
  | 'hangs' // never answers
  | 'busy' // 429
  | 'broken' // 500
  | 'refuses' // the provider's own way of saying no for good
  | 'accepts-but-fails' // a 2xx whose body says that the recipient failed
  | 'garbage' // a 200 that is not JSON
  | 'resets' // reads the request, then cuts the connection

/** What arrived at a phone, as the phone shows it. */
export interface Message {
  readonly provider: string
  readonly recipient: string
  readonly text: string
  /** In EUC-KR; SMS only. */
  readonly bytes?: number
}

export interface RecordedRequest {
  readonly method: string
  /** As it was sent, with its query. */
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly status: number | 'hung' | 'reset'
}

export interface Provider {
  /** Without a slash at its end. */
  readonly url: string
  readonly received: Message[]
  readonly requests: RecordedRequest[]
  mood: Mood
  /** How late a slow answer is. */
  slowMs: number
  clear(): void
  close(): Promise<void>
}

/** One request as a provider looks at it. */
export interface Call {
  readonly mood: Mood
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Record<string, string>
  readonly body: string
}

export interface Reply {
  readonly status: number
  readonly headers?: Record<string, string>
  /** An object is sent as JSON, a text as it is. */
  readonly body: object | string
  /** The messages that this request brought to a phone. */
  readonly delivered?: readonly Message[]
}

/** The body as JSON, or undefined when it is not or does not call itself so. */
export function jsonOf(call: Call): unknown {
  if (!saysJson(call)) return undefined
  try {
    return JSON.parse(call.body)
  } catch {
    return undefined
  }
}

export function saysJson(call: Call): boolean {
  return /^application\/json\s*(;|$)/i.test(call.headers['content-type'] ?? '')
}

/** What makes one provider differ from another. */
export interface Protocol {
  answer(call: Call): Reply
  /** What it says to everything while in that mood. */
  readonly moods: Readonly<Record<'busy' | 'broken' | 'refuses', Reply>>
}

export async function serve(protocol: Protocol, settings: { readonly slowMs?: number }): Promise<Provider> {
  const server = createServer((message, response) => void exchange(protocol, provider, message, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const provider: Provider = {
    url: `http://127.0.0.1:${port}`,
    received: [],
    requests: [],
    mood: 'ok',
    slowMs: settings.slowMs ?? 1500,
    clear: () => {
      provider.received.length = 0
      provider.requests.length = 0
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return provider
}

async function exchange(protocol: Protocol, provider: Provider, message: IncomingMessage, response: ServerResponse) {
  const body = await read(message).catch(() => undefined)
  if (body === undefined) return // the client left in the middle of its sentence

  const { method = '', url: path = '/' } = message
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]))
  const [pathname = '', search] = path.split('?', 2)
  const query = new URLSearchParams(search)
  const fate = decide(protocol, { mood: provider.mood, method, path: pathname, query, headers, body })
  provider.requests.push({ method, path, headers, body, status: typeof fate === 'string' ? fate : fate.status })

  if (fate === 'hung') return
  if (fate === 'reset') return void message.socket.resetAndDestroy()
  provider.received.push(...(fate.delivered ?? []))
  if (provider.mood === 'slow') await sleep(provider.slowMs, undefined, { ref: false })
  if (response.destroyed) return
  response.writeHead(fate.status, { 'content-type': 'application/json;charset=UTF-8', ...fate.headers })
  response.end(typeof fate.body === 'string' ? fate.body : JSON.stringify(fate.body))
}

function decide(protocol: Protocol, call: Call): Reply | 'hung' | 'reset' {
  switch (call.mood) {
    case 'hangs':
      return 'hung'
    case 'resets':
      return 'reset'
    case 'garbage':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>We will be back soon</h1>' }
    case 'busy':
    case 'broken':
    case 'refuses':
      return protocol.moods[call.mood]
    default:
      return Buffer.byteLength(call.body) > BODY_LIMIT ? TOO_LARGE : protocol.answer(call)
  }
}

// How much each of them takes is not attested; ten thousand messages of SOLAPI's fit in this.
const BODY_LIMIT = 8 * 1024 * 1024
const TOO_LARGE: Reply = { status: 413, headers: { 'content-type': 'text/plain' }, body: 'Request Entity Too Large' }

/** Reads to the end, so that the client can be answered, but keeps no more than shows that it was too much. */
async function read(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    if (bytes <= BODY_LIMIT) chunks.push(chunk)
    bytes += chunk.length
  }
  return Buffer.concat(chunks).toString()
}
