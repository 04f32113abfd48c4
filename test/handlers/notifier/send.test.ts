// One HTTP request against a real server on this machine: every way it can end is an answer, and nothing is thrown.
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Answer } from '../../../handlers/notifier/channels/channel.ts'
import { send } from '../../../handlers/notifier/send.ts'

const LONG = 30_000
const SHORT = 50

const sending = suite('sending')

sending('posts the request as it is and answers what the provider said', async () => {
  const seen: unknown[] = []
  const answer = await withServer(
    (request, response) => {
      request.setEncoding('utf8').on('data', (body) => seen.push(body))
      request.on('end', () => {
        seen.push(request.method, request.url, request.headers['x-secret-key'], request.headers['content-type'])
        response.writeHead(418).end('짧은 대답')
      })
    },
    (url) =>
      send(
        {
          url: `${url}/a?b=c`,
          headers: { 'x-secret-key': 'sample', 'content-type': 'application/json' },
          body: '{"루트":1}',
        },
        LONG,
      ),
  )
  assert.equal(said(answer), { status: 418, body: '짧은 대답' })
  assert.equal(seen, ['{"루트":1}', 'POST', '/a?b=c', 'sample', 'application/json'])
})

sending('asks without a body where it is told to get', async () => {
  const seen: unknown[] = []
  await withServer(
    (request, response) => {
      seen.push(request.method, request.headers['content-length'], request.headers['x-secret-key'])
      response.end()
    },
    (url) => send({ url, method: 'GET', headers: { 'x-secret-key': 'sample' } }, LONG),
  )
  assert.equal(seen, ['GET', undefined, 'sample'])
})

sending('answers when to come back and what time it is there, as the headers say it', async () => {
  const headers = { date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'retry-after': '3' }
  const answer = await withServer((_, response) => response.writeHead(429, headers).end(), post(LONG))
  assert.equal(answer, { status: 429, body: '', date: headers.date, retryAfter: '3' })
})

sending('answers an empty body as an empty text', async () => {
  for (const status of [200, 204, 500]) {
    const answer = await withServer((_, response) => response.writeHead(status).end(), post(LONG))
    assert.equal(said(answer), { status, body: '' })
  }
})

for (const status of [301, 302, 303, 307, 308]) {
  sending(`does not follow a ${status} to another host, which would carry the secret there`, async () => {
    let carried = 0
    const answer = await withServer(
      (_, response) => {
        carried++
        response.end()
      },
      (elsewhere) =>
        withServer((_, response) => response.writeHead(status, { location: elsewhere }).end('moved'), post(LONG)),
    )
    assert.equal(said(answer), { status, body: 'moved' })
    assert.is(carried, 0)
  })
}

sending('reads no more of an endless answer than a provider would ever say', async () => {
  const piece = 'x'.repeat(16 * 1024)
  const answer = await withServer((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', more)
    more()
  }, post(LONG))
  assert.ok('status' in answer)
  assert.is(answer.status, 200)
  assert.match(answer.body, /^x{65536}/)
  assert.ok(answer.body.length < 1024 * 1024)
})

sending('keeps a character whole that arrives in two pieces', async () => {
  const [first, second] = [Buffer.from('루트').subarray(0, 4), Buffer.from('루트').subarray(4)]
  const answer = await withServer((_, response) => {
    response.write(first, () => setTimeout(() => response.end(second), 20))
  }, post(LONG))
  assert.equal(said(answer), { status: 200, body: '루트' })
})
sending.run()

const unanswered = suite('an unanswered request')

unanswered('is refused where nobody listens', async () => {
  const url = await withServer(
    () => {},
    async (address) => address,
  )
  assert.equal(await post(LONG)(url), { unanswered: 'refused', reason: 'ECONNREFUSED' })
})

unanswered('is refused where the provider has no certificate that holds', async () => {
  const answer = await withServer(
    () => {},
    (url) => post(LONG)(url.replace('http:', 'https:')),
  )
  assert.is('unanswered' in answer && answer.unanswered, 'refused')
})

unanswered('is refused where fetch itself will not send it', async () => {
  const headers = { 'x-secret-key': 'sample\r\nx-header: 1' }
  const answer = await withServer(
    () => {},
    (url) => send({ url, headers, body: '' }, LONG),
  )
  assert.is('unanswered' in answer && answer.unanswered, 'refused')
})

unanswered('is lost where the provider never answers', async () => {
  const answer = await withServer(() => {}, post(SHORT))
  assert.equal(answer, { unanswered: 'lost', reason: `no answer in ${SHORT} ms` })
})

unanswered('is lost where the provider stops in the middle of its answer', async () => {
  const answer = await withServer((_, response) => {
    response.writeHead(200)
    response.write('{"ok":')
  }, post(SHORT))
  assert.is('unanswered' in answer && answer.unanswered, 'lost')
})

for (const [when, listener] of [
  ['before a word', (request) => request.socket.resetAndDestroy()],
  [
    'after it read the request',
    (request) => request.resume().on('end', () => setImmediate(() => request.socket.resetAndDestroy())),
  ],
  [
    'in the middle of its answer',
    (request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"ok":true', () => setImmediate(() => request.socket.resetAndDestroy()))
    },
  ],
  ['by hanging up without a word', (request) => request.socket.destroy()],
] as [string, RequestListener][]) {
  unanswered(`is lost where the provider cuts the connection ${when}`, async () => {
    const answer = await withServer(listener, post(LONG))
    assert.is('unanswered' in answer && answer.unanswered, 'lost')
    assert.ok('unanswered' in answer && answer.reason !== '')
  })
}
unanswered.run()

function post(timeoutMs: number) {
  return (url: string) => send({ url, headers: { 'content-type': 'application/json' }, body: '{}' }, timeoutMs)
}

/** Without the time, which every server says. */
function said(answer: Answer) {
  if ('unanswered' in answer) return answer
  const { date: _, ...rest } = answer
  return rest
}

/** A server for as long as it is asked. */
async function withServer<Result>(listener: RequestListener, ask: (url: string) => Promise<Result>): Promise<Result> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}
