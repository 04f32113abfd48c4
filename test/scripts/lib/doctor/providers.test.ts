// What the doctor makes of a provider that has trouble of its own.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nhnSmsDiagnoses } from '../../../../scripts/lib/doctor/providers/nhn-sms.ts'
import { solapiDiagnoses } from '../../../../scripts/lib/doctor/providers/solapi.ts'
import { telegramDiagnoses } from '../../../../scripts/lib/doctor/providers/telegram.ts'

interface Context {
  answer: (path: string) => { readonly status: number; readonly body: unknown }
  close: () => void
  before: NodeJS.ProcessEnv
}

const keys = { apiKey: 'key', apiSecret: 'secret', sender: '02-000-0000' }
const test = suite<Context>('a provider')

test.before(async (context) => {
  const server = createServer((request, response) => {
    const { status, body } = context.answer(request.url ?? '')
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.close = () => server.close() && server.closeAllConnections()
  context.before = { ...process.env }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(process.env, { SOLAPI_URL: url, NHN_SMS_URL: url, TELEGRAM_URL: url })
})

test.after(({ before, close }) => {
  process.env = before
  close()
})

const money = { status: 200, body: { balance: 50_000, point: 0 } }
const error = { errorCode: 'InternalServerError', errorMessage: 'no' }

// biome-ignore format: a row a line
const SOLAPI: readonly (readonly [what: string, balance: { status: number; body: unknown }, senders: { status: number; body: unknown }, found: string, mend: string])[] = [
  ['whose balance answers 503', { status: 503, body: error }, money, 'solapi-sms does not answer: HTTP 503', 'a fault on its side'],
  ['whose balance answers 502 in HTML', { status: 502, body: '<html>' }, money, 'solapi-sms does not answer: HTTP 502', 'a fault on its side'],
  ['whose balance answers 429', { status: 429, body: error }, money, 'solapi-sms does not answer: HTTP 429', 'it asks to slow down'],
  ['whose balance is not in the answer', { status: 200, body: {} }, money, 'solapi-sms: the answer has no balance', 'look into the console'],
  ['whose senders answer 500', money, { status: 500, body: error }, 'solapi-sms: its senders: HTTP 500', 'a fault on its side'],
  ['whose senders are refused', money, { status: 403, body: { errorCode: 'Forbidden', errorMessage: 'IP' } }, 'solapi-sms: its senders: Forbidden IP', 'take the allow-list'],
  ['that knows other senders', money, { status: 200, body: ['0200000001'] }, 'solapi-sms: the sender is not registered', 'register the number'],
]

for (const [what, balance, senders, found, mend] of SOLAPI) {
  test(`${what}: ${found}`, async (context) => {
    context.answer = (path) => (path.startsWith('/cash') ? balance : senders)
    const ill = (await solapiDiagnoses('solapi-sms', keys)).filter(({ state }) => state === 'ill')
    assert.equal(
      ill.map((one) => one.what),
      [found],
    )
    assert.match(ill[0]?.mend ?? '', mend)
  })
}

test('of the others that answers 503 has nobody change a key, either', async (context) => {
  context.answer = () => ({ status: 503, body: { ok: false, description: 'Service Unavailable' } })
  const found = [
    ...(await telegramDiagnoses({ token: '1:x', chatId: '-1' } as never)),
    ...(await nhnSmsDiagnoses({ appKey: 'a', secretKey: 'b', sender: '02-000-0000', recipients: [] } as never)),
  ]
  assert.equal(
    found.map((one) => one.what),
    ['telegram does not answer: HTTP 503', 'nhn-sms does not answer: HTTP 503'],
  )
  for (const { mend } of found) assert.match(mend, 'run it again in a minute')
})

test.run()
