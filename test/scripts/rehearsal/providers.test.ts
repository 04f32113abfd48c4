// The stand-in providers over HTTP: they take what the real ones take, and say no the way the real ones say no.
import { createHmac, randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eucKrBytes, eucKrWidth } from '../../../scripts/rehearsal/providers/euc-kr-bytes.ts'
import { startNhnSms } from '../../../scripts/rehearsal/providers/nhn-sms.ts'
import type { Provider } from '../../../scripts/rehearsal/providers/provider.ts'
import { startSolapiSms } from '../../../scripts/rehearsal/providers/solapi-sms.ts'
import { startTelegram } from '../../../scripts/rehearsal/providers/telegram.ts'

const TOKEN = '1111:sample-token'
const CHAT = '-1111'
const APP_KEY = 'sample-app-key'
const API_KEY = 'SAMPLEAPIKEY'
const SECRET = 'SECRET'
const SENDER = '0200000000'
const PHONE = '01000000000'

/** Each provider, and one message that it takes. */
const STARTED = {
  telegram: {
    start: () => startTelegram({ token: TOKEN, chatId: CHAT, slowMs: 20 }),
    send: (provider: Provider) => telegram(provider, 'sendMessage', { chat_id: CHAT, text: 'root signed in' }),
  },
  'nhn-sms': {
    start: () => startNhnSms({ appKey: APP_KEY, secretKey: SECRET, sender: SENDER, slowMs: 20 }),
    send: (provider: Provider) => nhn(provider, {}),
  },
  'solapi-sms': {
    start: () => startSolapiSms({ apiKey: API_KEY, apiSecret: SECRET, sender: SENDER, slowMs: 20 }),
    send: (provider: Provider) => solapi(provider, {}),
  },
}

const MOODS: Record<'busy' | 'broken' | 'refuses' | 'accepts-but-fails', Record<keyof typeof STARTED, number>> = {
  busy: { telegram: 429, 'nhn-sms': 429, 'solapi-sms': 429 },
  broken: { telegram: 500, 'nhn-sms': 500, 'solapi-sms': 500 },
  refuses: { telegram: 403, 'nhn-sms': 200, 'solapi-sms': 403 },
  'accepts-but-fails': { telegram: 200, 'nhn-sms': 200, 'solapi-sms': 200 },
}

for (const [name, { start, send }] of Object.entries(STARTED) as [
  keyof typeof STARTED,
  (typeof STARTED)['telegram'],
][]) {
  const every = withProvider(`every provider: ${name}`, start)

  every('brings a message to a phone and keeps the request', async (provider) => {
    assert.is((await send(provider)).status, 200)
    assert.is(provider.received.length, 1)
    assert.is(provider.received[0]?.provider, name)
    assert.is(provider.received[0]?.text, 'root signed in')
    assert.is(provider.requests[0]?.method, 'POST')
    assert.is(provider.requests[0]?.headers['content-type'], 'application/json')
    assert.match(provider.requests[0]?.body ?? '', 'root signed in')
    assert.is(provider.requests[0]?.status, 200)
    provider.clear()
    assert.equal([provider.received, provider.requests], [[], []])
  })

  for (const [mood, statuses] of Object.entries(MOODS) as [keyof typeof MOODS, Record<string, number>][]) {
    every(`answers ${statuses[name]} in the mood «${mood}», and no phone hears of it`, async (provider) => {
      provider.mood = mood
      assert.is((await send(provider)).status, statuses[name])
      assert.is(provider.requests[0]?.status, statuses[name])
      assert.equal(provider.received, [])
    })
  }

  every('answers late but well when it is slow', async (provider) => {
    provider.mood = 'slow'
    assert.is((await send(provider)).status, 200)
    assert.is(provider.received.length, 1)
  })

  every('answers garbage that is no JSON', async (provider) => {
    provider.mood = 'garbage'
    assert.is(await send(provider).catch((error: Error) => error.name), 'SyntaxError')
    assert.is(provider.requests[0]?.status, 200)
  })

  every('cuts the connection after it has read the request', async (provider) => {
    provider.mood = 'resets'
    assert.is(await send(provider).catch((error: Error) => error.message), 'fetch failed')
    assert.is(provider.requests[0]?.status, 'reset')
    assert.match(provider.requests[0]?.body ?? '', 'root signed in')
  })

  every('hangs until it is closed', async (provider) => {
    provider.mood = 'hangs'
    const hanging = send(provider).catch((error: Error) => error.message)
    while (provider.requests.length === 0) await new Promise(setImmediate)
    assert.is(provider.requests[0]?.status, 'hung')
    await provider.close()
    assert.is(await hanging, 'fetch failed')
  })

  every.run()
}

const tg = withProvider('telegram', STARTED.telegram.start)

for (const [what, method, body, status, description] of [
  ['a chat it is not in', 'sendMessage', { chat_id: '-9', text: 'x' }, 400, 'Bad Request: chat not found'],
  ['no chat', 'sendMessage', { text: 'x' }, 400, 'Bad Request: chat_id is empty'],
  ['an empty text', 'sendMessage', { chat_id: CHAT, text: ' ' }, 400, 'Bad Request: message text is empty'],
  ['4,097 characters', 'sendMessage', said('x'.repeat(4097)), 400, 'Bad Request: message is too long'],
  ['a body that is not JSON', 'sendMessage', 'chat_id=1&text=x', 400, "Bad Request: can't parse JSON object"],
  ['a method it does not have', 'sendNothing', {}, 404, 'Not Found'],
] as const) {
  tg(`refuses ${what}`, async (provider) => {
    const answer = await telegram(provider, method, body)
    assert.is(answer.status, status)
    assert.equal(answer.body, { ok: false, error_code: status, description })
    assert.equal(provider.received, [])
  })
}

tg('refuses a token that is not its own, and any path that is not a bot', async ({ url }) => {
  const unauthorized = { ok: false, error_code: 401, description: 'Unauthorized' }
  assert.equal((await ask(`${url}/bot2222:other/getMe`)).body, unauthorized)
  assert.equal((await ask(`${url}/`)).body, { ok: false, error_code: 404, description: 'Not Found' })
})

tg('takes 4,096 characters, a numeric chat and link preview options', async (provider) => {
  const text = '가'.repeat(4096)
  const body = { chat_id: Number(CHAT), text, link_preview_options: { is_disabled: true } }
  const answer = await telegram(provider, 'sendMessage', body)
  assert.is(answer.at('result', 'text'), text)
  assert.equal(provider.received, [{ provider: 'telegram', recipient: CHAT, text }])
})

tg('says in the body and in a header how long to wait when it is busy', async (provider) => {
  provider.mood = 'busy'
  const answer = await telegram(provider, 'sendMessage', said('x'))
  assert.is(answer.at('parameters', 'retry_after'), 1)
  assert.is(answer.headers.get('retry-after'), '1')
})

tg('names itself and its chat without sending', async (provider) => {
  assert.is((await telegram(provider, 'getMe', {})).at('result', 'is_bot'), true)
  assert.is((await ask(`${provider.url}/bot${TOKEN}/getChat?chat_id=${CHAT}`)).at('result', 'id'), Number(CHAT))
  assert.equal(provider.received, [])
})

const upgraded = withProvider('telegram after an upgrade', () =>
  startTelegram({ token: TOKEN, chatId: CHAT, upgradedTo: '-1002222' }),
)

upgraded('tells where a chat went that became a supergroup', async (provider) => {
  const answer = await telegram(provider, 'sendMessage', said('x'))
  assert.is(answer.status, 400)
  assert.is(answer.at('parameters', 'migrate_to_chat_id'), -1002222)
  assert.is((await telegram(provider, 'sendMessage', { chat_id: -1002222, text: 'x' })).status, 200)
})
upgraded.run()
tg.run()

const sms = withProvider('nhn-sms', STARTED['nhn-sms'].start)

for (const [what, body, code] of [
  ['an unregistered sender', { sendNo: '0211111111' }, -2312],
  ['an empty body', { body: '' }, -2014],
  ['no recipient', { recipientList: [] }, -2001],
  ['1,001 recipients', { recipientList: Array(1001).fill({ recipientNo: PHONE }) }, -2016],
  ['256 characters', { body: 'x'.repeat(256) }, -2015],
  ['an emoji', { body: '🚨' }, -2023],
  ['a statsId of 11 characters', { statsId: 'x'.repeat(11) }, 4],
] as const) {
  sms(`refuses ${what} with HTTP 200 and ${code}`, async (provider) => {
    const answer = await nhn(provider, body)
    assert.is(answer.status, 200)
    assert.is(answer.at('header', 'isSuccessful'), false)
    assert.is(answer.at('header', 'resultCode'), code)
    assert.equal(provider.received, [])
  })
}

sms('refuses other keys, other paths, other types and broken JSON with HTTP 200', async ({ url }) => {
  const header = { 'x-secret-key': SECRET }
  const send = `${url}/sms/v3.0/appKeys/${APP_KEY}/sender/sms`
  const codes = [
    await ask(`${url}/sms/v3.0/appKeys/other/sender/sms`, {}, header),
    await ask(send, {}, { 'x-secret-key': 'other' }),
    await ask(`${url}/sms/v3.0/appKeys/${APP_KEY}/sender/fax`, {}, header),
    await ask(send, '{}', { ...header, 'content-type': 'text/plain' }),
    await ask(send, '{', header),
  ].map((answer) => [answer.status, answer.at('header', 'resultCode')])
  assert.equal(
    codes,
    [-1000, -1000, -9998, -9996, -9997].map((code) => [200, code]),
  )
})

sms('answers one result a recipient, and fails only the bad numbers', async (provider) => {
  const recipientList = [PHONE, '010-0000-0000', '01000000001'].map((recipientNo) => ({ recipientNo }))
  const answer = await nhn(provider, { recipientList })
  assert.is(answer.at('header', 'isSuccessful'), true)
  assert.match(String(answer.at('body', 'data', 'requestId')), /^.{25}$/)
  const results = (key: string) =>
    [0, 1, 2].map((index) => answer.at('body', 'data', 'sendResultList', `${index}`, key))
  assert.equal(results('recipientSeq'), [1, 2, 3])
  assert.equal(results('resultCode'), [0, -2019, 0])
  const phones = provider.received.map(({ recipient }) => recipient)
  assert.equal(phones, [PHONE, '01000000001'])
})

sms('cuts at 90 bytes, between characters, and shows what EUC-KR lacks as a question mark', async (provider) => {
  await nhn(provider, { body: `똠—${'가'.repeat(45)}` })
  await nhn(provider, { body: `—${'가'.repeat(45)}` })
  const [full, short] = provider.received
  assert.equal(full, { provider: 'nhn-sms', recipient: PHONE, text: `??${'가'.repeat(44)}`, bytes: 90 })
  assert.equal(short, { provider: 'nhn-sms', recipient: PHONE, text: `?${'가'.repeat(44)}`, bytes: 89 })
})

const guarded = withProvider('nhn-sms with its duplicate guard', () =>
  startNhnSms({ appKey: APP_KEY, secretKey: SECRET, sender: SENDER, duplicateGuard: true }),
)

for (const [tests, sentence, msgStatus, times] of [
  [sms, 'delivers an identical message again', '3', 2],
  [guarded, 'takes an identical message again but does not deliver it', '5', 1],
] as const) {
  tests(sentence, async (provider) => {
    await nhn(provider, {})
    const again = await nhn(provider, {})
    assert.is(again.at('header', 'isSuccessful'), true)
    assert.is(provider.received.length, times)
    const request = `/sms/v3.0/appKeys/${APP_KEY}/sender/sms/${again.at('body', 'data', 'requestId')}?recipientSeq=1`
    const delivery = await ask(`${provider.url}${request}`, undefined, { 'x-secret-key': SECRET })
    assert.is(delivery.at('body', 'data', 'msgStatus'), msgStatus)
    await nhn(provider, { body: 'another' })
    assert.is(provider.received.length, times + 1)
  })
}
guarded.run()

sms('tells which numbers may send', async ({ url }) => {
  const header = { 'x-secret-key': SECRET }
  const sendNos = `${url}/sms/v3.0/appKeys/${APP_KEY}/sendNos`
  const mine = await ask(`${sendNos}?sendNo=${SENDER}&useYn=Y&blockYn=N`, undefined, header)
  assert.is(mine.at('body', 'data', '0', 'sendNo'), SENDER)
  assert.is((await ask(`${sendNos}?sendNo=0211111111`, undefined, header)).at('body', 'totalCount'), 0)
  assert.is((await ask(sendNos)).at('header', 'isSuccessful'), false)
})
sms.run()

const sol = withProvider('solapi-sms', STARTED['solapi-sms'].start)

for (const [what, message, code] of [
  ['an unregistered sender', { from: '0211111111' }, '1062'],
  ['a number that is not digits', { to: '010-0000-0000' }, '1011'],
  ['no text', { text: '' }, '1010'],
  ['an SMS of 91 bytes', { text: `${'가'.repeat(45)}x` }, '1031'],
  ['a character that EUC-KR lacks', { text: '—' }, '1029'],
  ['a type it does not know', { type: 'FAX' }, '1025'],
  ['a custom field that is not text', { customFields: { event: 1 } }, '1032'],
] as const) {
  sol(`fails ${what} inside an HTTP 200 with ${code}`, async (provider) => {
    const answer = await solapi(provider, message)
    assert.is(answer.status, 200)
    assert.is(answer.at('failedMessageList', '0', 'statusCode'), code)
    assert.equal(answer.at('groupInfo', 'count'), { total: 1, registeredSuccess: 0, registeredFailed: 1 })
    assert.equal(provider.received, [])
  })
}

for (const [what, authorization, status, errorCode] of [
  ['no signature', () => '', 403, 'InvalidAuthorization'],
  ['a salt of 11 bytes', () => signed({ salt: 'x'.repeat(11) }), 403, 'InvalidAuthorization'],
  ['a salt of 65 bytes', () => signed({ salt: 'x'.repeat(65) }), 403, 'InvalidAuthorization'],
  ['a key that is not its own', () => signed({ key: 'OTHER' }), 403, 'InvalidAPIKey'],
  ['another secret', () => signed({ secret: 'OTHER' }), 400, 'SignatureDoesNotMatch'],
  ['a clock 16 minutes behind', () => signed({ date: minutesFromNow(-16) }), 403, 'RequestTimeTooSkewed'],
  ['a clock 16 minutes ahead', () => signed({ date: minutesFromNow(16) }), 403, 'RequestTimeTooSkewed'],
] as const) {
  sol(`refuses ${what} as ${errorCode}`, async ({ url }) => {
    const answer = await ask(`${url}/cash/v1/balance`, undefined, { authorization: authorization() })
    assert.is(answer.status, status)
    assert.is(answer.at('errorCode'), errorCode)
    assert.type(answer.at('errorMessage'), 'string')
  })
}

sol('takes a signature once', async ({ url }) => {
  const authorization = signed({ date: minutesFromNow(-14) })
  assert.is((await ask(`${url}/cash/v1/balance`, undefined, { authorization })).status, 200)
  const again = await ask(`${url}/cash/v1/balance`, undefined, { authorization })
  assert.equal([again.status, again.at('errorCode')], [403, 'DuplicatedSignature'])
})

sol('counts what it took and what it did not, and refuses a phone named twice', async (provider) => {
  const [one, other] = [text({}), text({ to: '01000000001' })]
  const answer = await solapiAsk(provider, '/messages/v4/send-many/detail', { messages: [one, other, one] })
  assert.equal(answer.at('groupInfo', 'count'), { total: 3, registeredSuccess: 2, registeredFailed: 1 })
  assert.is(answer.at('failedMessageList', '0', 'statusCode'), '1026')
  assert.is(answer.at('messageList'), undefined)
  assert.is(provider.received.length, 2)
  const body = { messages: [one, one], allowDuplicates: true, showMessageList: true }
  const allowed = await solapiAsk(provider, '/messages/v4/send-many/detail', body)
  assert.is(allowed.at('messageList', '1', 'statusCode'), '2000')
})

sol('answers flat where one message is sent, and finds it again with its custom fields', async (provider) => {
  const customFields = { event: 'sample-event-id' }
  const answer = await solapiAsk(provider, '/messages/v4/send', { message: text({ customFields }) })
  assert.is(answer.at('statusCode'), '2000')
  const messageId = String(answer.at('messageId'))
  const list = await solapiAsk(provider, `/messages/v4/list?to=${PHONE}`)
  assert.equal(list.at('messageList', messageId, 'customFields'), customFields)
  assert.equal((await solapiAsk(provider, '/messages/v4/list?to=01000000001')).at('messageList'), {})
})

sol('makes an LMS of a long text without a type', async (provider) => {
  const long = '가'.repeat(60)
  await solapiAsk(provider, '/messages/v4/send', { message: { to: PHONE, from: SENDER, text: long } })
  assert.equal(provider.received, [{ provider: 'solapi-sms', recipient: PHONE, text: long, bytes: 120 }])
})

sol('tells its balance and its numbers to who signs', async (provider) => {
  assert.type((await solapiAsk(provider, '/cash/v1/balance')).at('balance'), 'number')
  assert.equal((await solapiAsk(provider, '/senderid/v1/numbers/active')).body, [SENDER])
  assert.is((await solapiAsk(provider, '/nothing')).status, 404)
})
sol.run()

const bytes = suite('euc-kr bytes')

bytes('knows 8,224 characters besides ASCII, 2,350 of them Hangul', () => {
  const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
  const double = all.filter((character) => eucKrWidth(character) === 2)
  assert.is(double.length, 8224)
  assert.is(double.filter((character) => /[가-힣]/.test(character)).length, 2350)
})

bytes('counts one for ASCII and two for the rest, and nothing for what cannot be sent', () => {
  assert.is(eucKrBytes('root 로그인…·→■▶★℃'), 5 + 6 + 14)
  for (const character of '—–•⚠✅🚨€®é\u00a0똠햏') assert.is(eucKrBytes(`x${character}`), undefined)
})
bytes.run()

/** A suite whose tests each get a provider of their own, closed after. */
function withProvider(name: string, start: () => Promise<Provider>) {
  const tests = suite(name)
  const add = (sentence: string, run: (provider: Provider) => Promise<void>) =>
    tests(sentence, async () => {
      const provider = await start()
      await run(provider).finally(provider.close)
    })
  return Object.assign(add, { run: () => tests.run() })
}

function said(text: string) {
  return { chat_id: CHAT, text }
}

function telegram({ url }: Provider, method: string, body: unknown): Promise<Answer> {
  return ask(`${url}/bot${TOKEN}/${method}`, body)
}

function nhn({ url }: Provider, changes: object): Promise<Answer> {
  const body = { body: 'root signed in', sendNo: SENDER, recipientList: [{ recipientNo: PHONE }], ...changes }
  return ask(`${url}/sms/v3.0/appKeys/${APP_KEY}/sender/sms`, body, { 'x-secret-key': SECRET })
}

function text(changes: object) {
  return { to: PHONE, from: SENDER, text: 'root signed in', type: 'SMS', ...changes }
}

function solapi(provider: Provider, changes: object): Promise<Answer> {
  return solapiAsk(provider, '/messages/v4/send-many/detail', { messages: [text(changes)] })
}

function solapiAsk({ url }: Provider, path: string, body?: unknown): Promise<Answer> {
  return ask(`${url}${path}`, body, { authorization: signed({}) })
}

function signed({ key = API_KEY, secret = SECRET, date = minutesFromNow(0), salt = randomUUID() as string }): string {
  const signature = createHmac('sha256', secret).update(date).update(salt).digest('hex')
  return `HMAC-SHA256 apiKey=${key}, date=${date}, salt=${salt}, signature=${signature}`
}

function minutesFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString()
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
  /** What the body has at this path. */
  at(...path: string[]): unknown
}

async function ask(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const post = { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }
  const type = { 'content-type': 'application/json' }
  const response = await fetch(url, { ...(body !== undefined && post), headers: { ...type, ...headers } })
  const answered: unknown = await response.json()
  const at = (...path: string[]) =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answered)
  return { status: response.status, headers: response.headers, body: answered, at }
}
