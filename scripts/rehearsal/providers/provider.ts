// What the stand-ins for the message providers share: a real HTTP server on this machine, the moods it can be in, and
// the record of what it was asked and what reached a phone. What each provider answers is in the file of its name, how
// a mood shows on the wire in exchange.ts.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exchange, read } from './exchange.ts'

export type Mood =
  | 'ok'
  | 'slow' // takes the message at once and answers late: whoever gives up before has sent it all the same
  | 'hangs' // never answers
  | 'busy' // 429
  | 'broken' // 500
  | 'refuses' // the provider's own way of saying no for good
  | 'accepts-but-fails' // a 2xx whose body says that the recipient failed
  | 'amends' // asks for something to be done otherwise, and takes what does; where a provider cannot, it is ok
  | 'garbage' // a 200 that is not JSON
  | 'huge' // a 200 whose body never ends
  | 'truncated' // takes the message and cuts the connection in the middle of its answer
  | 'redirects' // a 302 to elsewhere
  | 'resets' // reads the request, then cuts the connection
  | 'unreachable' // nobody listens

/** What arrived at a phone, as the phone shows it. */
export interface Message {
  readonly provider: string
  readonly recipient: string
  readonly text: string
  /** SMS and LMS only: in EUC-KR. */
  readonly bytes?: number
  readonly kind?: keyof typeof mostBytes
}

/** What reaches a phone of a message, in bytes of EUC-KR; the rest is cut off. */
export const mostBytes = { SMS: 90, LMS: 2000 } as const

export interface RecordedRequest {
  readonly method: string
  /** As it was sent, with its query. */
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly status: number | 'hung' | 'reset'
  readonly began: number
  /** How long it took, once it is over. */
  ms?: number
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
  /** What it says to everything while in that mood; without it `answer` minds the mood itself. */
  readonly moods: Readonly<Record<'busy' | 'broken', Reply> & Partial<Record<'refuses', Reply>>>
}

export async function serve(protocol: Protocol, settings: { readonly slowMs?: number }): Promise<Provider> {
  return (await serveFaces(protocol, { names: ['only'], faceOf: () => 'only' }, settings)).only
}

/** One server that several channels use, each as a provider with a mood and a record of its own. */
export interface Faces<Name extends string> {
  readonly names: readonly Name[]
  faceOf(call: Pick<Call, 'path' | 'body'>): Name
}

export async function serveFaces<Name extends string>(
  protocol: Protocol,
  { names, faceOf }: Faces<Name>,
  settings: { readonly slowMs?: number },
): Promise<Record<Name, Provider>> {
  const server = createServer(async (message, response) => {
    const body = await read(message).catch(() => undefined)
    if (body === undefined) return // the client left in the middle of its sentence
    exchange(protocol, faces[faceOf({ path: message.url ?? '/', body })], { message, body, response })
  })
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const faces = Object.fromEntries(names.map((name) => [name, face(server, port, settings)])) as Record<Name, Provider>
  return faces
}

function face(server: Server, port: number, settings: { readonly slowMs?: number }): Provider {
  let mood: Mood = 'ok'
  const provider: Provider = {
    url: `http://127.0.0.1:${port}`,
    received: [],
    requests: [],
    get mood() {
      return mood
    },
    // Faces share a port: while one of them is unreachable all are.
    set mood(next) {
      const away = mood === 'unreachable'
      mood = next
      if (away && next !== 'unreachable' && !server.listening) void listen(server, port)
      if (next === 'unreachable') {
        server.close()
        server.closeAllConnections()
      }
    },
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

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}
