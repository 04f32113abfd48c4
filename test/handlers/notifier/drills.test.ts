// Drills are told at once and have no window: so there are only so many a day.
import * as assert from 'uvu/assert'
import { guardSuite, lines, posted, signIn, told } from './guard.ts'

const test = guardSuite('drills')

const drill = (detail: object = {}) => {
  const event = JSON.parse(signIn().body)
  return posted({ ...event, source: 'root-guard.drill', detail: { ...event.detail, ...detail } })
}

test('are thirty a day, and the next one rings no phone but a metric', async ({ providers, log, clock, start }) => {
  const notify = start()
  for (let n = 0; n < 32; n++) assert.is((await notify(drill())).statusCode, 202)
  assert.equal(told(providers), { telegram: 30, 'nhn-sms': 30 })
  assert.is(lines(log).filter(({ DrillsRefused }) => DrillsRefused === 1).length, 2)
  clock.ahead = 86_400_000
  await notify(drill())
  assert.is(told(providers).telegram, 31)
})

test('that passed are a metric, by which their absence is noticed', async ({ log, start }) => {
  await start()(drill())
  assert.is(lines(log).filter(({ Drills }) => Drills === 1).length, 1)
})

test('cannot make the table fail by what they carry', async ({ log, start }) => {
  const long = 'x'.repeat(3_000)
  const userIdentity = { type: 'Root', accountId: long, accessKeyId: `ASIA${long}` }
  assert.is((await start()(drill({ userIdentity, eventID: long, eventName: long }))).statusCode, 202)
  assert.is(lines(log).filter(({ RecordsUnavailable }) => RecordsUnavailable === 1).length, 0)
})

test.run()
