// What the command makes of each answer to GET /alerts/{id}: whose answer it is, and whether to ask again.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lookup } from '../../../../scripts/lib/drill/lookup.ts'

const test = suite('what became of a drill')

const unreadable = (words: string, status: number, said: string, final: boolean) => ({
  unreadable: `${words}: GET /alerts/{id} was answered ${status}: ${said}`,
  final,
})
const credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' })
const deliveries = { handling: false, deliveries: [], unreached: [] }

type Row = readonly [what: string, status: number, body: object, found: object]

const ROWS: readonly Row[] = [
  ['records', 200, { ...deliveries, failedOver: [] }, { ...deliveries, failedOver: [] }],
  ['records of a function that does not tell what failed over', 200, deliveries, { ...deliveries, failedOver: [] }],
  ['no record yet', 404, { alert: 'a', error: 'no record' }, { absent: true }],
  [
    "API Gateway's own 404",
    404,
    { message: 'Not Found' },
    unreadable('the API does not know the path', 404, 'Not Found', true),
  ],
  [
    'a refusal',
    403,
    { message: 'not authorized' },
    unreadable('the API refused the caller', 403, 'not authorized', true),
  ],
  [
    'too many calls',
    429,
    { message: 'Too Many Requests' },
    unreadable('the API was asked too often', 429, 'Too Many Requests', false),
  ],
  [
    'no call of the function',
    500,
    { message: 'Internal server error' },
    unreadable('the API could not call the function', 500, 'Internal server error', false),
  ],
  [
    'a function that threw',
    502,
    { message: 'Internal server error' },
    unreadable('the API works and the function threw', 502, 'Internal server error', false),
  ],
  [
    'a function that took too long',
    504,
    { message: 'Endpoint request timed out' },
    unreadable('the API works and the function did not answer in time', 504, 'Endpoint request timed out', false),
  ],
  [
    'records out of reach',
    503,
    { alert: 'a', error: 'no answer' },
    unreadable('the function cannot read its records', 503, 'no answer', false),
  ],
]

for (const [what, status, body, found] of ROWS) {
  test(`${status}: ${what}`, async () => {
    const server = createServer((_, outgoing) => outgoing.writeHead(status).end(JSON.stringify(body))).listen(0)
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live/alerts`
    try {
      assert.equal(await lookup(url, credentials)('a'), found)
    } finally {
      server.close()
    }
  })
}

test('nobody at the address', async () => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const look = lookup(`http://127.0.0.1:${port}/live/alerts`, credentials)
  assert.equal(await look('a'), { unreadable: 'the API did not answer (ECONNREFUSED)', final: false })
})

test.run()
