import * as assert from 'uvu/assert'
import { sampleSecrets } from '../../../scripts/rehearsal/stage.ts'
import { guardSuite, signIn, told } from './guard.ts'

const test = guardSuite('POST /alerts')

test('a root sign-in reaches Telegram and one SMS provider, and is settled', async ({ providers, start }) => {
  const { statusCode, body } = await start()(signIn())
  assert.is(statusCode, 202, body)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('a refused NHN message falls over to SOLAPI and is sent once', async ({ providers, start }) => {
  providers['nhn-sms'].mood = 'refuses'
  const { statusCode, body } = await start()(signIn())
  assert.is(statusCode, 202, body)
  assert.equal(told(providers), { telegram: 1, 'solapi-sms': 1 })
})

for (const mood of ['busy', 'broken', 'garbage', 'resets', 'hangs', 'accepts-but-fails'] as const) {
  test(`SOLAPI carries the SMS when NHN ${mood}`, async ({ providers, start }) => {
    providers['nhn-sms'].mood = mood
    const { statusCode, body } = await start()(signIn())
    assert.is(statusCode, 202, body)
    assert.equal(told(providers), { telegram: 1, 'solapi-sms': 1 })
  })
}

test('EventBridge is asked to come again, and then only what was not accepted is sent', async ({
  providers,
  start,
}) => {
  const event = signIn()
  providers.telegram.mood = 'broken'
  assert.is((await start()(event)).statusCode, 503)
  assert.equal(told(providers), { 'nhn-sms': 1 })
  providers.telegram.mood = 'ok'
  assert.is((await start()(event)).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('the same event again is settled without a message', async ({ providers, start }) => {
  const event = signIn()
  await start()(event)
  assert.is((await start()(event)).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('a lost answer is tried again, but not for ever', async ({ providers, start }) => {
  const event = signIn()
  providers.telegram.mood = 'resets'
  const statuses = []
  for (let n = 0; n < 3; n++) statuses.push((await start()(event)).statusCode)
  assert.equal(statuses, [503, 503, 202])
})

test('when nobody could be reached, EventBridge keeps the alert', async ({ providers, start }) => {
  providers.telegram.mood = 'refuses'
  providers['nhn-sms'].mood = 'refuses'
  providers['solapi-sms'].mood = 'refuses'
  assert.is((await start()(signIn())).statusCode, 503)
})

test('when answer upon answer is lost, EventBridge keeps the alert and then puts it into the dead letters', async ({
  providers,
  start,
}) => {
  for (const provider of Object.values(providers)) provider.mood = 'resets'
  const event = signIn()
  const statuses = []
  for (let n = 0; n < 20; n++) statuses.push((await start()(event)).statusCode)
  assert.equal(statuses, [...Array(19).fill(503), 422])
})

test('a phone whose answers are lost is tried three times, however long another one keeps EventBridge coming', async ({
  aws,
  providers,
  start,
}) => {
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], recipients: ['010-0000-0000', '010-0000-0001'] }
  const settings = { routes: { telegram: ['telegram'], sms: ['nhn-sms'], other: ['solapi-sms'] } } as const
  providers['nhn-sms'].mood = 'resets'
  providers['solapi-sms'].mood = 'busy'
  const event = signIn()
  for (let n = 0; n < 6; n++) assert.is((await start(settings)(event)).statusCode, 503)
  assert.is(providers['nhn-sms'].requests.length, 2 * 3)
  assert.is(providers.telegram.received.length, 1)
})

test('a channel whose answers are lost does not keep the next one from trying', async ({ providers, start }) => {
  providers['nhn-sms'].mood = 'resets'
  providers['solapi-sms'].mood = 'busy'
  const event = signIn()
  for (let n = 0; n < 4; n++) assert.is((await start()(event)).statusCode, 503)
  providers['solapi-sms'].mood = 'ok'
  assert.is((await start()(event)).statusCode, 202)
  assert.is(providers['solapi-sms'].received.length, 1)
  assert.is(providers['nhn-sms'].requests.length, 3)
})

test('what another environment got accepted is neither sent again nor forgotten', async ({ providers, start }) => {
  const [first, second, event] = [start(), start(), signIn()]
  providers.telegram.mood = 'resets'
  assert.is((await first(event)).statusCode, 503)
  providers.telegram.mood = 'ok'
  assert.is((await second(event)).statusCode, 202)
  for (const notify of [first, start()]) assert.is((await notify(event)).statusCode, 202)
  assert.is(providers.telegram.received.length, 1)
})

test('a drill with the id of a real record does not settle the real alert', async ({ providers, start }) => {
  const event = signIn()
  const drill = { ...(JSON.parse(event.body) as object), source: 'root-guard.drill' }
  await start()({ body: JSON.stringify(drill), isBase64Encoded: false })
  await start()(event)
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test('two phones that fail share the one chat that stands in for them', async ({ aws, providers, start }) => {
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], recipients: ['010-0000-0000', '010-0000-0001'] }
  providers['nhn-sms'].mood = 'busy'
  const { statusCode, body } = await start({ routes: { all: ['nhn-sms', 'telegram'] } })(signIn())
  assert.is(statusCode, 202, body)
  assert.is(providers.telegram.received.length, 1)
})

test('a route from a chat to phones tries every phone when the chat refuses', async ({ aws, providers, start }) => {
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], recipients: ['010-0000-0000', '+82 10-0000-0001'] }
  providers.telegram.mood = 'refuses'
  const { statusCode, body } = await start({ routes: { all: ['telegram', 'nhn-sms'] } })(signIn())
  assert.is(statusCode, 202, body)
  const recipients = providers['nhn-sms'].received.map(({ recipient }) => recipient)
  assert.equal(recipients.sort(), ['01000000000', '01000000001'])
})

test('a phone that NHN fails is tried by SOLAPI, the others are not sent twice', async ({ aws, providers, start }) => {
  const recipients = ['010-0000-0000', '010-0000-0001']
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], recipients }
  aws.secrets['solapi-sms'] = { ...sampleSecrets['solapi-sms'], recipients: [...recipients, '010-0000-0002'] }
  providers['nhn-sms'].mood = 'accepts-but-fails'
  await start()(signIn())
  const reached = providers['solapi-sms'].received.map(({ recipient }) => recipient)
  assert.equal(reached.sort(), ['01000000000', '01000000001'])
})

test('what is not an event is refused for good', async ({ log, start }) => {
  for (const body of ['', 'not JSON', '[]', '{"source":"aws.signin"}']) {
    assert.is((await start()({ body, isBase64Encoded: false })).statusCode, 400)
  }
  assert.is(log.length, 4)
})

test('API Gateway may hand the event over in base64', async ({ providers, start }) => {
  const body = Buffer.from(signIn().body).toString('base64')
  assert.is((await start()({ body, isBase64Encoded: true })).statusCode, 202)
  assert.is(providers.telegram.received.length, 1)
})

test('no secret and no whole phone number is in a log line or an answer', async ({ aws, providers, log, start }) => {
  const answers: string[] = []
  for (const mood of ['ok', 'refuses', 'broken', 'garbage', 'accepts-but-fails', 'resets'] as const) {
    for (const provider of Object.values(providers)) provider.mood = mood
    answers.push((await start()(signIn())).body)
  }
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], secretKey: '키' }
  answers.push((await start()(signIn())).body)
  const seen = [...log, ...answers].join('\n')
  const { telegram, 'nhn-sms': nhn, 'solapi-sms': solapi } = sampleSecrets
  for (const secret of [telegram.token, telegram.chatId, nhn.appKey, nhn.secretKey, solapi.apiKey, solapi.apiSecret]) {
    assert.not.match(seen, secret)
  }
  assert.not.match(seen, /010-?0000-?0000/)
  assert.match(seen, '010****0000')
})

test.run()
