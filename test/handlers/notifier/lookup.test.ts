// GET /alerts/{id}: what became of an alert, and what the carriers say of it.
import { setTimeout as pause } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { sampleSecrets } from '../../../scripts/rehearsal/stage.ts'
import { guardSuite, happens, idOf, posted, signIn } from './guard.ts'

const test = guardSuite('GET /alerts/{id}')

const get = (id: string, receipts = false) => ({
  httpMethod: 'GET',
  body: null,
  isBase64Encoded: false,
  pathParameters: { id },
  queryStringParameters: receipts ? { receipts: 'ask' } : null,
})

interface Seen {
  readonly route: string
  readonly channel: string
  readonly recipient: string
  readonly outcome: string
  readonly reason?: string
  readonly receipt?: { readonly receipt: string; readonly reason?: string }
}

test('answers each delivery, with recipients masked', async ({ start }) => {
  const event = signIn()
  await start()(event)
  const { statusCode, body } = await start()(get(idOf(event)))
  assert.is(statusCode, 200)
  const { deliveries } = JSON.parse(body) as { deliveries: Seen[] }
  const rows = deliveries.map(({ route, channel, recipient, outcome }) =>
    [route, channel, recipient, outcome].join(' '),
  )
  assert.equal(rows.sort(), ['sms nhn-sms 010****0000 accepted', 'telegram telegram -10****0001 accepted'])
})

test('says into which window an activity was counted', async ({ start }) => {
  await start()(happens('root-list-buckets-in-seoul'))
  const event = happens('root-list-buckets-in-seoul')
  await start()(event)
  const { body } = await start()(get(idOf(event)))
  assert.match(JSON.parse(body).counted, 'digest of notable')
})

test('finds a drill by its source and id, encoded or not', async ({ start }) => {
  const drill = posted({ ...JSON.parse(signIn().body), source: 'root-guard.drill' })
  await start()(drill)
  const id = `root-guard.drill~${idOf(drill)}`
  for (const written of [id, encodeURIComponent(id)]) assert.is((await start()(get(written))).statusCode, 200)
})

test('says whom the last try did not reach, and why, without phone numbers', async ({ providers, start }) => {
  const event = signIn()
  providers['nhn-sms'].mood = 'refuses'
  providers['solapi-sms'].mood = 'refuses'
  await start()(event)
  const look = async () =>
    JSON.parse((await start()(get(idOf(event)))).body) as { handling: boolean; unreached: Seen[] }
  const { handling, unreached } = await look()
  assert.is(handling, false)
  assert.equal(
    unreached.map(({ route, recipient, outcome }) => [route, recipient, outcome]),
    [['sms', '010****0000', 'permanent']],
  )
  assert.match(unreached[0]?.reason ?? '', /\S/)
  providers['nhn-sms'].mood = 'ok'
  await start()(event)
  assert.equal((await look()).unreached, [])
})

test('says which channels failed in the last try while another stood in, and why', async ({ providers, start }) => {
  const event = signIn()
  const look = async () =>
    JSON.parse((await start()(get(idOf(event)))).body) as { unreached: Seen[]; failedOver: Seen[] }
  providers['nhn-sms'].mood = 'refuses'
  await start()(event)
  const { unreached, failedOver } = await look()
  assert.equal(unreached, [])
  assert.equal(
    failedOver.map(({ route, channel, recipient, outcome }) => [route, channel, recipient, outcome]),
    [['sms', 'nhn-sms', '010****0000', 'permanent']],
  )
  assert.match(failedOver[0]?.reason ?? '', /\S/)
})

test('names every channel of a route that reached nobody', async ({ providers, start }) => {
  const event = signIn()
  providers['nhn-sms'].mood = 'refuses'
  providers['solapi-sms'].mood = 'refuses'
  await start()(event)
  const { body } = await start()(get(idOf(event)))
  const { unreached, failedOver } = JSON.parse(body) as { unreached: Seen[]; failedOver: Seen[] }
  const failed = [...unreached, ...failedOver].map(({ channel, outcome }) => `${channel} ${outcome}`)
  assert.equal(failed.sort(), ['nhn-sms permanent', 'solapi-sms permanent'])
})

test('keeps what failed when EventBridge comes again for somebody else', async ({ providers, start }) => {
  const event = signIn()
  providers['nhn-sms'].mood = 'refuses'
  providers.telegram.mood = 'broken'
  assert.is((await start()(event)).statusCode, 503)
  providers.telegram.mood = 'ok'
  assert.is((await start()(event)).statusCode, 202)
  const { body } = await start()(get(idOf(event)))
  const { unreached, failedOver } = JSON.parse(body) as { unreached: Seen[]; failedOver: Seen[] }
  assert.equal(unreached, [])
  assert.equal(
    failedOver.map(({ channel, outcome }) => [channel, outcome]),
    [['nhn-sms', 'permanent']],
  )
})

for (const [channel, where] of [
  ['nhn-sms', 'before'],
  ['solapi-sms', 'behind'],
] as const) {
  test(`names a channel without a secret, ${where} the one that reached people`, async ({ aws, start }) => {
    aws.secrets[channel] = undefined
    const event = signIn()
    assert.is((await start()(event)).statusCode, 202)
    const { body } = await start()(get(idOf(event)))
    const { unreached, failedOver } = JSON.parse(body) as { unreached: Seen[]; failedOver: Seen[] }
    assert.equal(unreached, [])
    assert.equal(
      failedOver.map((one) => [one.channel, one.recipient]),
      [[channel, '']],
    )
  })
}

test('tells who of two phones was reached by another channel', async ({ aws, providers, start }) => {
  const recipients = ['010-0000-0001', '010-0000-0002']
  for (const channel of ['nhn-sms', 'solapi-sms'] as const)
    aws.secrets[channel] = { ...sampleSecrets[channel], recipients }
  providers['nhn-sms'].mood = 'refuses'
  const event = signIn()
  await start()(event)
  const { body } = await start()(get(idOf(event)))
  const { deliveries, failedOver } = JSON.parse(body) as { deliveries: Seen[]; failedOver: Seen[] }
  const told = (list: Seen[]) =>
    list.filter(({ route }) => route === 'sms').map((one) => `${one.channel} ${one.recipient}`)
  assert.equal(told(deliveries).sort(), ['solapi-sms 010****0001', 'solapi-sms 010****0002'])
  assert.equal(told(failedOver).sort(), ['nhn-sms 010****0001', 'nhn-sms 010****0002'])
})

test('says that a copy is being handled, from when it is taken until it answered', async ({ providers, start }) => {
  const event = signIn()
  providers.telegram.mood = 'slow'
  const answered = start()(event)
  const handling = async () => (JSON.parse((await start()(get(idOf(event)))).body) as { handling?: boolean }).handling
  while ((await handling()) === undefined) await pause(20)
  assert.is(await handling(), true)
  await answered
  assert.is(await handling(), false)
})

test('is 404 for what it has no record of, and 503 when the table cannot be asked', async ({ aws, start }) => {
  assert.is((await start()(get('nothing'))).statusCode, 404)
  assert.is((await start()(get('%'))).statusCode, 404)
  aws.faults.dynamodb = 'broken'
  assert.is((await start()(get('nothing'))).statusCode, 503)
})

test('asks the carriers when told to: delivered, not to be asked, or gone from the secret', async ({ aws, start }) => {
  const event = signIn()
  await start()(event)
  const receipts = async () => {
    const { body } = await start()(get(idOf(event), true))
    const { deliveries } = JSON.parse(body) as { deliveries: Seen[] }
    return Object.fromEntries(deliveries.map(({ channel, receipt }) => [channel, receipt?.receipt]))
  }
  assert.equal(await receipts(), { 'nhn-sms': 'delivered', telegram: 'unknown' })
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], recipients: ['010-0000-0009'] }
  assert.equal(await receipts(), { 'nhn-sms': 'unknown', telegram: 'unknown' })
})

test('says what SOLAPI knows of a message that fell over to it', async ({ providers, start }) => {
  const event = signIn()
  providers['nhn-sms'].mood = 'refuses'
  await start()(event)
  const { body } = await start()(get(idOf(event), true))
  const { deliveries } = JSON.parse(body) as { deliveries: Seen[] }
  assert.is(deliveries.find(({ channel }) => channel === 'solapi-sms')?.receipt?.receipt, 'delivered')
})

test.run()
