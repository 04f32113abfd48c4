// EventBridge delivers at least once, and the function may die anywhere: one event is still one message to each.
import * as assert from 'uvu/assert'
import { ownKey } from '../../../handlers/notifier/claims.ts'
import { sampleSecrets } from '../../../scripts/rehearsal/stage.ts'
import { guardSuite, happens, idOf, posted, signIn, told } from './guard.ts'

const test = guardSuite('one event')

test('in 50 copies at the same time is one message to each recipient', async ({ aws, providers, patience, start }) => {
  patience.askMs = 20_000
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], recipients: ['010-0000-0000', '010-0000-0001'] }
  const event = signIn()
  const answers = await Promise.all(Array.from({ length: 50 }, () => start()(event)))
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 2 })
  // Who finds the event taken is sent it again; who comes after it was told has nothing left to do.
  for (const { statusCode } of answers) assert.ok([202, 503].includes(statusCode), String(statusCode))
  assert.ok(answers.some(({ statusCode }) => statusCode === 202))

  for (const _ of answers) assert.is((await start()(event)).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 2 })
})

test('that a hop between Regions gave another id and time is one message to each recipient', async ({
  providers,
  start,
}) => {
  for (const name of ['root-mfa-noncompliant', 'sign-in-anomaly', 'region-opt-in-enabled']) {
    const before = told(providers).telegram ?? 0
    const direct = JSON.parse(happens(name).body)
    direct.time = direct.time.replace(/\d\d:\d\dZ$/, '00:00Z')
    const hop = { ...direct, id: '00000000-0000-4000-9000-00000000a0b0', time: direct.time.replace('00Z', '07Z') }
    for (const event of [direct, hop, direct]) assert.is((await start()(posted(event))).statusCode, 202)
    assert.is(told(providers).telegram, before + 1, name)
  }
})

test('that is counted is counted once, however many copies come', async ({ aws, patience, start }) => {
  patience.askMs = 20_000
  await start()(happens('root-list-buckets-in-seoul'))
  const event = happens('root-list-buckets-in-seoul')
  for (let round = 0; round < 3; round++) await Promise.all(Array.from({ length: 10 }, () => start()(event)))
  const counts = (await aws.items()).filter(({ delivery }) => delivery?.S === idOf(event))
  assert.is(counts.length, 1)
})

test('whose copy died holding it is told by the next try after seconds', async ({ aws, providers, clock, start }) => {
  const event = signIn()
  const lease = { N: String(Date.now() + 6_500) }
  await aws.put({ alert: { S: idOf(event) }, delivery: { S: ownKey }, lease })
  assert.is((await start()(event)).statusCode, 503)
  assert.equal(told(providers), {})
  clock.ahead = 7_000
  assert.is((await start()(event)).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('whose delivery failed can be tried again at once', async ({ providers, start }) => {
  const event = signIn()
  providers.telegram.mood = 'broken'
  assert.is((await start()(event)).statusCode, 503)
  providers.telegram.mood = 'ok'
  assert.is((await start()(event)).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('repeated by AWS with updated data is not a second alarm, whether the first was told or counted', async ({
  providers,
  start,
}) => {
  await start()(happens('root-list-buckets-in-seoul'))
  const [toldOne, countedOne] = [signIn(), happens('root-list-buckets-in-seoul')]
  for (const event of [toldOne, countedOne]) await start()(event)
  const before = told(providers)
  for (const event of [toldOne, countedOne]) {
    const addendum = { reason: 'UPDATED_DATA', updatedFields: 'responseElements', originalEventID: idOf(event) }
    const { detail, ...rest } = JSON.parse(event.body)
    const repeat = { ...rest, detail: { ...detail, eventID: `${detail.eventID}-again`, addendum } }
    assert.is((await start()({ body: JSON.stringify(repeat), isBase64Encoded: false })).statusCode, 202)
  }
  assert.equal(told(providers), before)
})

test.run()
