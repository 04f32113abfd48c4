// What can be sent is sent, whatever of AWS is broken, and the answer, the log and the metrics say what could not.
import { setTimeout as pause } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { sampleSecrets } from '../../../scripts/rehearsal/stage.ts'
import { guardSuite, happens, idOf, lines, signIn, told } from './guard.ts'

const test = guardSuite('a notifier whose table or parameter store is broken')

test('without DynamoDB the alert is sent anyway, and the answer says so', async ({ aws, providers, log, start }) => {
  aws.faults.dynamodb = 'broken'
  const { statusCode, body } = await start()(signIn())
  assert.is(statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
  assert.match(JSON.parse(body).records, 'InternalServerError')
  assert.ok(log.some((line) => JSON.parse(line).records !== undefined))
})

test('without DynamoDB a retry does not send again what the same environment got accepted', async ({
  aws,
  providers,
  start,
}) => {
  aws.faults.dynamodb = 'broken'
  providers.telegram.mood = 'broken'
  const [notify, event] = [start(), signIn()]
  for (let n = 0; n < 3; n++) assert.is((await notify(event)).statusCode, 503)
  assert.equal(told(providers), { 'nhn-sms': 1 })
})

test('a table that answers and cannot be written does not make a day of copies', async ({ aws, providers, start }) => {
  aws.readOnly = true
  providers.telegram.mood = 'broken'
  const [notify, event] = [start(), signIn()]
  for (let n = 0; n < 4; n++) assert.is((await notify(event)).statusCode, 503)
  assert.is(providers['nhn-sms'].received.length, 1)
})

test('without secrets from SSM EventBridge is asked to come again', async ({ aws, providers, start }) => {
  aws.faults.ssm = 'broken'
  assert.is((await start()(signIn())).statusCode, 503)
  assert.equal(told(providers), {})
})

test('the last good secrets serve for as long as SSM is gone', async ({ aws, providers, clock, start }) => {
  const notify = start()
  await notify(signIn())
  aws.faults.ssm = 'broken'
  clock.ahead = 24 * 3_600_000
  // SOLAPI and NHN's own clocks are not asked here: only Telegram and NHN are on the way.
  assert.is((await notify(signIn())).statusCode, 202)
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

for (const hours of [-1, 1]) {
  test(`a clock that is wrong by ${hours} h keeps nobody from being told`, async ({ providers, clock, start }) => {
    clock.ahead = hours * 3_600_000
    const routes = { telegram: ['telegram'], sms: ['solapi-sms'] } as const
    const { statusCode, body } = await start({ routes })(signIn())
    assert.is(statusCode, 202, body)
    assert.is(JSON.parse(body).records, 'kept')
    assert.equal(told(providers), { telegram: 1, 'solapi-sms': 1 })
  })
}

test('a malformed secret stops its channel and no other', async ({ aws, providers, start }) => {
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], sender: 'nobody' }
  aws.secrets.telegram = '{"token": "100000:rehearsal'
  const { statusCode } = await start()(signIn())
  assert.is(statusCode, 202)
  assert.equal(told(providers), { 'solapi-sms': 1 })
})

for (const fault of ['broken', 'throttled', 'hangs'] as const) {
  test(`an alert is sent once to each while DynamoDB is ${fault}, and a metric says so`, async ({
    aws,
    providers,
    log,
    start,
  }) => {
    aws.faults.dynamodb = fault
    const { statusCode, body } = await start()(signIn())
    assert.is(statusCode, 202, body)
    assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
    assert.ok(lines(log).some(({ RecordsUnavailable }) => RecordsUnavailable === 1))
  })

  test(`EventBridge is asked to come again while SSM is ${fault} and nothing is kept, and a metric says so`, async ({
    aws,
    log,
    start,
  }) => {
    aws.faults.ssm = fault
    assert.is((await start()(signIn())).statusCode, 503)
    assert.ok(lines(log).some(({ SecretsUnreadable }) => SecretsUnreadable === 1))
  })
}

test('repeats are held at EventBridge while they cannot be counted, and counted when the table is back', async ({
  aws,
  providers,
  start,
}) => {
  const notify = start()
  aws.faults.dynamodb = 'broken'
  assert.is((await notify(happens('root-list-buckets-in-seoul'))).statusCode, 202)
  const second = happens('root-list-buckets-in-seoul')
  const { statusCode, body } = await notify(second)
  assert.is(statusCode, 503)
  assert.match(JSON.parse(body).held, 'cannot be counted')
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })

  delete aws.faults.dynamodb
  // The table knows of no window, so the one that was held opens it.
  assert.is((await notify(second)).statusCode, 202)
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test('a secret that is deleted or garbled does not silence a notifier that has a good one', async ({
  aws,
  providers,
  log,
  clock,
  start,
}) => {
  const notify = start()
  await notify(signIn())
  delete aws.secrets.telegram
  aws.secrets['nhn-sms'] = 'garbled'
  clock.ahead = 3_600_000
  assert.is((await notify(signIn())).statusCode, 202)
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
  const reasons = lines(log).map(({ reason }) => reason)
  assert.ok(reasons.includes('SSM has no parameter /root-guard/channels/telegram'))
  assert.ok(reasons.includes('/root-guard/channels/nhn-sms is not JSON'))
})

test('a secret changed a moment ago is read again before a refusal counts as final', async ({
  aws,
  providers,
  clock,
  start,
}) => {
  aws.secrets.telegram = { ...sampleSecrets.telegram, token: '100000:an-old-token' }
  const notify = start({ routes: { telegram: ['telegram'] } })
  assert.is((await notify(signIn())).statusCode, 503)
  aws.secrets.telegram = sampleSecrets.telegram
  clock.ahead = 70_000
  assert.is((await notify(signIn())).statusCode, 202)
  assert.equal(told(providers), { telegram: 1 })
})

test('a table that answers too late tells an alert, and does not count it as well', async ({
  aws,
  providers,
  clock,
  start,
}) => {
  const notify = start()
  await notify(signIn())
  aws.delayMs = 400
  const { statusCode, body } = await start()(signIn())
  assert.is(statusCode, 202, body)
  assert.ok(JSON.parse(body).deliveries, body)
  aws.delayMs = 0
  await pause(1_500)
  clock.ahead = 120_000
  await notify({ sweep: true })
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 }, 'and so there is no digest')
})

test('secrets that are only kept are a metric, at each alert and each sweep', async ({ aws, log, clock, start }) => {
  const notify = start()
  await notify(signIn())
  aws.faults.ssm = 'broken'
  clock.ahead = 3_600_000
  log.length = 0
  await notify({ sweep: true })
  assert.is(lines(log).filter(({ SecretsUnreadable }) => SecretsUnreadable === 1).length, 3)
})

test('a channel whose secret cannot be read is tried again when the others of its route refused', async ({
  aws,
  providers,
  start,
}) => {
  providers['solapi-sms'].mood = 'refuses'
  aws.unreadable.add('nhn-sms')
  const event = signIn()
  assert.is((await start()(event)).statusCode, 503)
  aws.unreadable.clear()
  assert.is((await start()(event)).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('a table that hangs in the middle of an alert does not keep the answer over its time', async ({
  aws,
  providers,
  start,
}) => {
  providers.telegram.mood = 'slow'
  providers.telegram.slowMs = 1_000
  for (const channel of ['nhn-sms', 'solapi-sms'] as const) providers[channel].mood = 'refuses'
  const answered = start({ sms: { long: false, dailyCap: 1 } })(signIn())
  while (providers.telegram.requests.length === 0) await pause(5)
  aws.faults.dynamodb = 'hangs'
  const { statusCode, body } = await answered
  assert.is(statusCode, 202, body)
  assert.match(JSON.parse(body).records, 'no answer in 500 ms')
})

test('an item that is not ours does not make the others unreadable', async ({ aws, providers, start }) => {
  const event = signIn()
  await start()(event)
  await aws.put({ alert: { S: idOf(event) }, delivery: { S: 'sms#' } })
  assert.is((await start()(event)).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test.run()
