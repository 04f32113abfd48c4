// One request to a stand-in provider, answered as its mood has it: politely, late, broken in the middle or not at all.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Call, Protocol, Provider, RecordedRequest, Reply } from './provider.ts'

interface Exchange {
  readonly message: IncomingMessage
  readonly body: string
  readonly response: ServerResponse
}

/** Answers one request in the provider's mood and keeps what was asked. */
export async function exchange(protocol: Protocol, provider: Provider, { message, body, response }: Exchange) {
  const { method = '', url: path = '/' } = message
  const { mood } = provider
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]))
  const [pathname = '', search] = path.split('?', 2)
  const query = new URLSearchParams(search)
  const fate = decide(protocol, { mood, method, path: pathname, query, headers, body })
  const status = typeof fate === 'string' ? fate : fate.status
  const recorded: RecordedRequest = { method, path, headers, body, status, began: Date.now() }
  provider.requests.push(recorded)
  response.once('close', () => {
    recorded.ms = Date.now() - recorded.began
  })

  if (fate === 'hung') return
  if (fate === 'reset') return void message.socket.resetAndDestroy()
  provider.received.push(...(fate.delivered ?? []))
  if (mood === 'slow') await sleep(provider.slowMs, undefined, { ref: false })
  if (response.destroyed) return
  const answer = typeof fate.body === 'string' ? fate.body : JSON.stringify(fate.body)
  const type = { 'content-type': 'application/json;charset=UTF-8' }
  if (mood === 'truncated') return truncate(response, fate.status, answer)
  response.writeHead(fate.status, { ...type, ...fate.headers })
  if (mood === 'huge') return pour(response)
  response.end(answer)
}

function decide(protocol: Protocol, call: Call): Reply | 'hung' | 'reset' {
  switch (call.mood) {
    case 'hangs':
      return 'hung'
    case 'resets':
    case 'unreachable': // a connection from before
      return 'reset'
    case 'garbage':
    case 'huge':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>We will be back soon</h1>' }
    case 'redirects':
      return { status: 302, headers: { location: '/elsewhere', 'content-type': 'text/html' }, body: '<h1>Moved</h1>' }
    case 'busy':
    case 'broken':
    case 'refuses':
      return protocol.moods[call.mood] ?? protocol.answer(call)
    default:
      return Buffer.byteLength(call.body) > BODY_LIMIT ? TOO_LARGE : protocol.answer(call)
  }
}

/** Promises more than the whole answer, says half of it and hangs up. */
function truncate(response: ServerResponse, status: number, answer: string) {
  response.writeHead(status, { 'content-length': Buffer.byteLength(answer) + 1 })
  response.write(answer.slice(0, Math.ceil(answer.length / 2)), () => setImmediate(() => response.destroy()))
}

/** Says the same for as long as somebody listens. */
function pour(response: ServerResponse) {
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(16 * 1024)));
  }
  response.on('drain', more)
  more()
}

// How much each of them takes is not attested; ten thousand messages of SOLAPI's fit in this.
const BODY_LIMIT = 8 * 1024 * 1024
const TOO_LARGE: Reply = { status: 413, headers: { 'content-type': 'text/plain' }, body: 'Request Entity Too Large' }

/** Reads to the end, so that the client can be answered, but keeps no more than shows that it was too much. */
export async function read(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    if (bytes <= BODY_LIMIT) chunks.push(chunk)
    bytes += chunk.length
  }
  return Buffer.concat(chunks).toString()
}
