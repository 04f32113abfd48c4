// What every stand-in provider does alike, in every mood.
import * as assert from 'uvu/assert'
import { STARTED, withProvider } from './calls.ts'

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
