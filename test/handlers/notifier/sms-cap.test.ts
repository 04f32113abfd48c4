// The daily cap on SMS: what it stops, what it does not, and that it is an alert of its own.
import * as assert from 'uvu/assert'
import { sampleSecrets } from '../../../scripts/rehearsal/stage.ts'
import { guardSuite, happens, lines, posted, signIn, told } from './guard.ts'

const test = guardSuite('the daily cap on SMS')
const sms = { long: false, dailyCap: 2 }
/** With a day that does not end while a test puts its clock forward. */
const capped = { sms, timeZone: whereItIsSix() }

test('stops SMS and no other route, and says once that it did, by SMS as well', async ({
  providers,
  log,
  clock,
  start,
}) => {
  const notify = start(capped)
  for (let n = 0; n < 5; n++) {
    // A window each, so that each is told at once.
    clock.ahead += 700_000
    assert.is((await notify(happens('root-list-buckets-in-seoul'))).statusCode, 202)
  }
  assert.equal(told(providers), { telegram: 5 + 1, 'nhn-sms': 2 + 1 })
  assert.is(lines(log).filter(({ SmsCapReached }) => SmsCapReached === 1).length, 1)
})

test('leaves as many again to what is critical', async ({ providers, clock, start }) => {
  const notify = start(capped)
  for (let n = 0; n < 3; n++) {
    clock.ahead += 700_000
    await notify(happens('root-list-buckets-in-seoul'))
  }
  const before = told(providers)['nhn-sms'] ?? 0
  await notify(signIn())
  assert.is(told(providers)['nhn-sms'], before + 1)
})

test('is not widened by drills that look critical', async ({ providers, start }) => {
  const notify = start(capped)
  for (let n = 0; n < 4; n++) await notify(posted({ ...JSON.parse(signIn().body), source: 'root-guard.drill' }))
  assert.is(told(providers)['nhn-sms'], 2 + 1)
})

test('keeps its reserve from what a stranger or a forger can cause', async ({ providers, clock, start }) => {
  const notify = start(capped)
  for (let n = 0; n < 4; n++) {
    clock.ahead += 700_000
    await notify(happens('root-password-recovery-requested'))
    for (const source of ['somebody.else', 'aws.partner/example.com/1/x']) {
      await notify(posted({ ...JSON.parse(signIn().body), source }))
    }
  }
  const before = told(providers)['nhn-sms']
  await notify(signIn())
  assert.is(told(providers)['nhn-sms'], (before ?? 0) + 1)
})

test("leaves root's sign-in what it would have had without 120 refused calls of who may do nothing", async ({
  providers,
  clock,
  start,
}) => {
  const notify = start(capped)
  const refused = { errorCode: 'AccessDenied', errorMessage: 'not authorized', responseElements: null }
  for (let n = 0; n < 120; n++) {
    // Each of ten names once a minute, for twelve minutes.
    if (n % 10 === 0) clock.ahead += 60_000
    await notify(happens('guard-function-concurrency', { ...refused, eventName: `Refused${n % 10}` }))
  }
  const before = told(providers)
  assert.equal([before.telegram, before['nhn-sms']], [2, 2])
  await notify(signIn())
  assert.equal(told(providers), { telegram: 3, 'nhn-sms': 3 })
})

test('says so once more when the reserve is used up too', async ({ providers, clock, start }) => {
  const notify = start(capped)
  for (let n = 0; n < 7; n++) {
    clock.ahead += 70_000
    await notify(signIn())
  }
  const texts = providers['nhn-sms'].received.map(({ text }) => text)
  assert.is(texts.filter((text) => text.includes('자정까지 SMS 없음')).length, 1)
  assert.is(texts.length, 2 * sms.dailyCap + 1)
})

test('cannot be passed by alerts that come together', async ({ providers, patience, start }) => {
  patience.askMs = 20_000
  const drills = Array.from({ length: 12 }, () => posted({ ...JSON.parse(signIn().body), source: 'root-guard.drill' }))
  await Promise.all(drills.map((drill) => start(capped)(drill)))
  assert.is(told(providers)['nhn-sms'], 2 + 1)
})

test('that leaves one of two recipients without a message says so', async ({ aws, providers, log, start }) => {
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], recipients: ['010-0000-0000', '010-0000-0001'] }
  await start({ ...capped, sms: { ...sms, dailyCap: 1 } })(happens('root-list-buckets-in-seoul'))
  assert.is(told(providers)['nhn-sms'], 1 + 2)
  assert.is(lines(log).filter(({ SmsCapReached }) => SmsCapReached === 1).length, 1)
})

test('counts across execution environments and through the second SMS provider', async ({
  providers,
  clock,
  start,
}) => {
  providers['nhn-sms'].mood = 'refuses'
  for (let n = 0; n < 4; n++) {
    clock.ahead += 700_000
    await start(capped)(happens('root-list-buckets-in-seoul'))
  }
  assert.is(told(providers)['solapi-sms'], 2 + 1)
})

test('begins anew on the next day', async ({ providers, clock, start }) => {
  const notify = start(capped)
  for (let n = 0; n < 3; n++) {
    clock.ahead += 700_000
    await notify(happens('root-list-buckets-in-seoul'))
  }
  const before = told(providers)['nhn-sms'] ?? 0
  clock.ahead += 86_400_000
  await notify(happens('root-list-buckets-in-seoul'))
  assert.is(told(providers)['nhn-sms'], before + 1)
})

test('keeps an alert that only SMS could carry, instead of losing it', async ({ clock, start }) => {
  const notify = start({ ...capped, routes: { sms: ['nhn-sms'] } })
  const statuses = []
  for (let n = 0; n < 3; n++) {
    clock.ahead += 700_000
    statuses.push((await notify(happens('root-list-buckets-in-seoul'))).statusCode)
  }
  assert.equal(statuses, [202, 202, 503])
})

test('holds from memory while DynamoDB is gone', async ({ aws, providers, clock, start }) => {
  aws.faults.dynamodb = 'broken'
  const notify = start(capped)
  for (let n = 0; n < 4; n++) {
    clock.ahead += 700_000
    await notify(happens('root-list-buckets-in-seoul'))
  }
  assert.is(told(providers)['nhn-sms'], 2)
  assert.is(told(providers).telegram, 4)
})

/** A time zone in which it is between six and seven in the morning. */
function whereItIsSix(): string {
  const east = ((6 - new Date().getUTCHours() + 36) % 24) - 12
  // Names of this kind count hours westwards.
  return `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`
}

test.run()
