import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startSolapi } from '../../../../scripts/rehearsal/providers/solapi.ts'
import { ACCOUNTS, PHONE, SENDER } from './accounts.ts'
import { ask, minutesFromNow, STARTED, signed, solapi, solapiAsk, talk, text, withProvider } from './calls.ts'

const FILLED = { '#{title}': 'root', '#{what}': 'signed in' }

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
  assert.equal(provider.received, [{ provider: 'solapi-sms', recipient: PHONE, text: long, kind: 'LMS', bytes: 120 }])
})

for (const [what, message, code] of [
  ['an unknown KakaoTalk channel', talk({ pfId: 'other' }), '1014'],
  ['an unknown template', talk({ templateId: 'other' }), '1014'],
  ['a variable that is missing', talk({ variables: { '#{title}': 'root' } }), '1014'],
  ['a variable with a dot in its name', talk({ variables: { ...FILLED, '#{a.b}': 'x' } }), '1014'],
  ['a variable without its signs', talk({ variables: { title: 'root', what: 'signed in' } }), '1014'],
  ['an SMS after a failure and no sender', talk({ disableSms: false }), '1010'],
  ['an unregistered sender', talk({}, { from: '0211111111' }), '1062'],
  ['no kakaoOptions', { to: PHONE, type: 'ATA' }, '1010'],
] as const) {
  sol(`fails an AlimTalk of ${what} inside an HTTP 200 with ${code}`, async (provider) => {
    const answer = await solapiAsk(provider, '/messages/v4/send-many/detail', { messages: [message] })
    assert.equal([answer.status, answer.at('failedMessageList', '0', 'statusCode')], [200, code])
    assert.equal(provider.received, [])
  })
}

sol('refuses an LMS with a subject of 41 bytes', async (provider) => {
  const answer = await solapi(provider, { type: 'LMS', subject: 'x'.repeat(41) })
  assert.is(answer.at('failedMessageList', '0', 'statusCode'), '1031')
})

sol('says with its own clock that ours is wrong when it amends, and takes what is signed by it', async (provider) => {
  provider.mood = 'amends'
  const wrong = await solapi(provider, {})
  assert.equal([wrong.status, wrong.at('errorCode')], [403, 'RequestTimeTooSkewed'])
  const date = new Date(wrong.headers.get('date') ?? '').toISOString()
  const headers = { authorization: signed({ date }) }
  const right = await ask(`${provider.url}/messages/v4/send-many/detail`, { messages: [text({})] }, headers)
  assert.equal([right.status, provider.received.length], [200, 1])
})

const faces = suite('the two channels of one solapi')

faces('have an address in common, and each a mood and a record of its own', async () => {
  const { 'solapi-sms': sms, 'solapi-alimtalk': alimtalk } = await startSolapi(ACCOUNTS.solapi)
  try {
    assert.is(sms.url, alimtalk.url)
    sms.mood = 'refuses'
    const send = (message: object) => solapiAsk(sms, '/messages/v4/send-many/detail', { messages: [message] })
    assert.equal([(await send(talk({}))).status, (await send(text({}))).status], [200, 403])
    assert.equal([alimtalk.received.length, sms.received.length, sms.requests.length], [1, 0, 1])
    assert.equal(alimtalk.received, [{ provider: 'solapi-alimtalk', recipient: PHONE, text: '[root] signed in' }])
  } finally {
    await sms.close()
    await alimtalk.close()
  }
})
faces.run()

sol('tells its balance and its numbers to who signs', async (provider) => {
  assert.type((await solapiAsk(provider, '/cash/v1/balance')).at('balance'), 'number')
  assert.equal((await solapiAsk(provider, '/senderid/v1/numbers/active')).body, [SENDER])
  assert.is((await solapiAsk(provider, '/nothing')).status, 404)
})
sol.run()
