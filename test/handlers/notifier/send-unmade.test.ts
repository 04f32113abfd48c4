// A connection that was never made is refused, and one whose request may have been written is lost: over real sockets,
// whatever the error calls itself.
import dns from 'node:dns'
import { once } from 'node:events'
import net, { type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addressMs, send } from '../../../handlers/notifier/send.ts'

const LONG = 30_000
const SHORT = 300
const test = suite('a connection')

const post = (url: string, timeoutMs = LONG) =>
  send({ url, headers: { 'content-type': 'application/json' }, body: '{"루트":1}' }, timeoutMs)

/** How a server on this machine treats each connection, and what the request to it is answered. */
const SERVERS: readonly (readonly [what: string, (socket: Socket) => void, 'http' | 'https', number, string])[] = [
  ['reset before TLS begins', (socket) => socket.resetAndDestroy(), 'https', LONG, 'refused'],
  ['reset after the first word of TLS', (s) => s.once('data', () => s.resetAndDestroy()), 'https', LONG, 'refused'],
  ['ended after the first word of TLS', (s) => s.once('data', () => s.end()), 'https', LONG, 'refused'],
  ['to a server that has no TLS', (s) => s.once('data', () => s.end('HTTP/1.1 400\r\n\r\n')), 'https', LONG, 'refused'],
  ['whose TLS never comes to an end', () => {}, 'https', SHORT, 'refused'],
  ['that takes the request and never answers', (socket) => socket.resume(), 'http', SHORT, 'lost'],
  ['reset after the request', (s) => s.once('data', () => s.resetAndDestroy()), 'http', LONG, 'lost'],
  ['ended after the request', (s) => s.once('data', () => s.end()), 'http', LONG, 'lost'],
  ['whose answer is not HTTP', (s) => s.once('data', () => s.end('220 mail\r\n')), 'http', LONG, 'lost'],
]

for (const [what, treat, scheme, timeoutMs, unanswered] of SERVERS) {
  test(`${what} is ${unanswered}`, async () => {
    const server = net.createServer((socket) => treat(socket.on('error', () => {})))
    await listening(server, async (port) => {
      const answer = await post(`${scheme}://127.0.0.1:${port}`, timeoutMs)
      assert.is('unanswered' in answer && answer.unanswered, unanswered, JSON.stringify(answer))
      assert.ok('unanswered' in answer && answer.reason !== '')
    })
  })
}

test('whose server has no cipher in common is refused', async () => {
  await listening(createTlsServer({}), async (port) => {
    const answer = await post(`https://127.0.0.1:${port}`)
    assert.is('unanswered' in answer && answer.unanswered, 'refused', JSON.stringify(answer))
  })
})

test('to a name that does not exist is refused', async () => {
  const answer = await post('http://provider.invalid/')
  assert.is('unanswered' in answer && answer.unanswered, 'refused', JSON.stringify(answer))
})

test('to a name that nobody answers about is refused', async () => {
  const answer = await withLookup(
    () => {},
    () => post('http://provider.invalid/', SHORT),
  )
  assert.equal(answer, { unanswered: 'refused', reason: `no connection in ${SHORT} ms` })
})

test('to several addresses where nobody listens is refused', async () => {
  const port = await listening(net.createServer(), async (free) => free)
  const answer = await withAddresses(['127.0.0.1', '127.0.0.2'], () => post(`http://provider.invalid:${port}/`))
  assert.equal(answer, { unanswered: 'refused', reason: 'ECONNREFUSED' })
})

test('is made to the second address where nobody listens at the first', async () => {
  const server = net.createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 204 \r\n\r\n')))
  await listening(server, async (port) => {
    const answer = await withAddresses(['127.0.0.2', '127.0.0.1'], () => post(`http://provider.invalid:${port}/`))
    assert.equal(answer, { status: 204, body: '' })
  })
})

test('that is never taken is refused, by the only address and by the first of two', async () => {
  await withDeafServer(async (port) => {
    const answer = await post(`http://127.0.0.1:${port}/`, SHORT)
    assert.equal(answer, { unanswered: 'refused', reason: `no connection in ${SHORT} ms` })
    // The first address has its time, nobody listens at the second: an AggregateError of both.
    const both = await withAddresses(['127.0.0.1', '127.0.0.2'], () => post(`http://provider.invalid:${port}/`))
    assert.is('unanswered' in both && both.unanswered, 'refused', JSON.stringify(both))
  })
})

test('has longer for each address than a round trip to Korea and one that is lost', () => {
  assert.is(net.getDefaultAutoSelectFamilyAttemptTimeout(), addressMs)
  assert.ok(addressMs > 250 && addressMs < 1700, 'two addresses have their turn within the time of a channel')
})

const connectTimedOut = { code: 'ETIMEDOUT', syscall: 'connect', address: '203.0.113.1' }
const unreachable = { code: 'ENETUNREACH', syscall: 'connect', address: '2001:db8::1' }

/** Errors of fetch as they are where its client tells nothing of the request. */
const ERRORS: readonly (readonly [what: string, cause: object, string])[] = [
  ['all addresses', { code: 'ETIMEDOUT', errors: [connectTimedOut, unreachable] }, 'refused'],
  ['all addresses, and itself has no code', { errors: [connectTimedOut, connectTimedOut] }, 'refused'],
  ['one address', connectTimedOut, 'refused'],
  ['the look-up of its name', { code: 'EAI_FAIL', syscall: 'getaddrinfo' }, 'refused'],
  [
    'TLS',
    {
      code: 'ECONNRESET',
      message: 'Client network socket disconnected before secure TLS connection was established',
    },
    'refused',
  ],
  ['reading', { code: 'ETIMEDOUT', syscall: 'read' }, 'lost'],
  ['an address and reading', { code: 'ECONNRESET', errors: [connectTimedOut, { code: 'ECONNRESET' }] }, 'lost'],
  ['something that has no code beside an address', { errors: [connectTimedOut, {}] }, 'lost'],
]

for (const [what, cause, unanswered] of ERRORS) {
  test(`of which only the error is known, about ${what}, is ${unanswered}`, async () => {
    const { fetch } = globalThis
    globalThis.fetch = async () => {
      throw Object.assign(new TypeError('fetch failed'), { cause })
    }
    try {
      const answer = await post('http://provider.invalid/')
      assert.is('unanswered' in answer && answer.unanswered, unanswered)
    } finally {
      globalThis.fetch = fetch
    }
  })
}
test.run()

async function listening<Result>(server: Server, ask: (port: number) => Promise<Result>): Promise<Result> {
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  try {
    return await ask((server.address() as AddressInfo).port)
  } finally {
    server.close()
  }
}

/** For as long as it is asked, every name is looked up so. */
async function withLookup<Result>(lookup: unknown, ask: () => Promise<Result>): Promise<Result> {
  const before = dns.lookup
  dns.lookup = lookup as typeof dns.lookup
  try {
    return await ask()
  } finally {
    dns.lookup = before
  }
}

type Found = (error: null, addresses: readonly dns.LookupAddress[]) => void

function withAddresses<Result>(addresses: readonly string[], ask: () => Promise<Result>): Promise<Result> {
  const found = addresses.map((address) => ({ address, family: 4 }))
  return withLookup((_name: string, _options: object, answer: Found) => process.nextTick(answer, null, found), ask)
}

/** A server whose waiting room is full: nobody takes a connection, and the system drops what comes after the first few. */
async function withDeafServer(ask: (port: number) => Promise<void>): Promise<void> {
  const deaf = `
    const { parentPort } = require('node:worker_threads')
    const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port)
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
    })`
  const worker = new Worker(deaf, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  const waiting = Array.from({ length: 4 }, () => net.connect(port, '127.0.0.1').on('error', () => {}))
  try {
    await once(waiting[0] as Socket, 'connect')
    await ask(port)
  } finally {
    for (const socket of waiting) socket.destroy()
    await worker.terminate()
  }
}
