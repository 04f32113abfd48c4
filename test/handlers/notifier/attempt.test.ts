// A channel's tries inside one invocation: quick ones while they can help, done otherwise where the provider asks for it.
import { setTimeout as pause } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { guardSuite, lines, signIn, told } from './guard.ts'

const test = guardSuite('a channel that does not accept at once')
const onlyTelegram = { routes: { telegram: ['telegram'] } } as const

test('is tried again in the same invocation, and one more answer is enough', async ({ providers, start }) => {
  providers.telegram.mood = 'broken'
  const answer = start(onlyTelegram)(signIn())
  while (providers.telegram.requests.length === 0) await pause(5)
  providers.telegram.mood = 'ok'
  assert.is((await answer).statusCode, 202)
  assert.equal(told(providers), { telegram: 1 })
})

test('is tried three times and no more', async ({ providers, start }) => {
  providers.telegram.mood = 'broken'
  assert.is((await start(onlyTelegram)(signIn())).statusCode, 503)
  assert.is(providers.telegram.requests.length, 3)
})

for (const [mood, why] of [
  ['refuses', 'its refusal is final'],
  ['resets', 'its answer was lost'],
] as const) {
  test(`is not tried again where ${why}`, async ({ providers, start }) => {
    providers.telegram.mood = mood
    await start(onlyTelegram)(signIn())
    assert.is(providers.telegram.requests.length, 1)
  })
}

test('is left alone for as long as it asks, so that the next one has its turn', async ({ providers, start }) => {
  // It asks for longer than there is.
  providers.telegram.mood = 'busy'
  const { body } = await start({ routes: { all: ['telegram', 'discord'] } })(signIn())
  assert.equal(told(providers), { discord: 1 }, body)
})

test('that became another group is sent to that one, and it is said what to mend', async ({
  providers,
  log,
  start,
}) => {
  providers.telegram.mood = 'amends'
  assert.is((await start(onlyTelegram)(signIn())).statusCode, 202)
  assert.equal(told(providers), { telegram: 1 })
  const delivery = lines(log).find(({ Channel }) => Channel === 'telegram')
  assert.is(delivery?.outcome, 'accepted')
  assert.match(String(delivery?.reason), /its new id ends in \d{4}: put that into the secret/)
})

test('whose clock is another is signed for with that', async ({ providers, start }) => {
  providers['solapi-sms'].mood = 'amends'
  assert.is((await start({ routes: { sms: ['solapi-sms'] } })(signIn())).statusCode, 202)
  assert.equal(told(providers), { 'solapi-sms': 1 })
})

test.run()
