// What every stand-in provider does alike, in every mood.
import * as assert from 'uvu/assert'
import type { Mood } from '../../../../scripts/rehearsal/providers/provider.ts'
import { STARTED, withProvider } from './calls.ts'

const [NHN, SOLAPI] = [
  { busy: 429, broken: 500, refuses: 200, 'accepts-but-fails': 200 },
  { busy: 429, broken: 500, refuses: 403, 'accepts-but-fails': 200 },
]
const MOODS: Record<keyof typeof STARTED, Record<'busy' | 'broken' | 'refuses' | 'accepts-but-fails', number>> = {
  telegram: { busy: 429, broken: 500, refuses: 403, 'accepts-but-fails': 200 },
  'nhn-sms': NHN,
  'nhn-alimtalk': NHN,
  'solapi-sms': SOLAPI,
  'solapi-alimtalk': SOLAPI,
  slack: { busy: 429, broken: 500, refuses: 403, 'accepts-but-fails': 200 },
  discord: { busy: 429, broken: 500, refuses: 404, 'accepts-but-fails': 200 },
}

for (const [name, { start, send }] of Object.entries(STARTED) as [
  keyof typeof STARTED,
  (typeof STARTED)['telegram'],
][]) {
  // SOLAPI's faces are told apart by what is asked.
  const any = name === 'solapi-alimtalk' ? '{"kakaoOptions":{}}' : '{}'
  const every = withProvider(`every provider: ${name}`, start)

  every('brings a message to a phone and keeps the request', async (provider) => {
    assert.is((await send(provider)).status, 200)
    assert.is(provider.received.length, 1)
    assert.is(provider.received[0]?.provider, name)
    assert.is(provider.received[0]?.text, 'root signed in')
    assert.is(provider.requests[0]?.method, 'POST')
    assert.is(provider.requests[0]?.headers['content-type'], 'application/json')
    assert.match(provider.requests[0]?.body ?? '', /root.*signed in/)
    assert.is(provider.requests[0]?.status, 200)
    provider.clear()
    assert.equal([provider.received, provider.requests], [[], []])
  })

  for (const [mood, status] of Object.entries(MOODS[name]) as [Mood, number][]) {
    every(`answers ${status} in the mood «${mood}», and no phone hears of it`, async (provider) => {
      provider.mood = mood
      assert.is((await send(provider)).status, status)
      assert.is(provider.requests[0]?.status, status)
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
    assert.match(String((await send(provider)).body), /^<h1>/)
    assert.is(provider.requests[0]?.status, 200)
    assert.equal(provider.received, [])
  })

  every('takes the message and cuts its answer in the middle', async (provider) => {
    provider.mood = 'truncated'
    assert.is(await send(provider).catch((error: Error) => error.message), 'terminated')
    assert.is(provider.received.length, 1)
  })

  every('sends elsewhere', async (provider) => {
    provider.mood = 'redirects'
    const { url } = provider
    const answer = await fetch(url, { method: 'POST', body: any, redirect: 'manual' })
    assert.equal([answer.status, answer.headers.get('location')], [302, '/elsewhere'])
  })

  every('says more than anybody reads', async (provider) => {
    provider.mood = 'huge'
    const answer = await fetch(provider.url, { method: 'POST', body: any })
    let bytes = 0
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length
      if (bytes > 1024 * 1024) break
    }
    assert.ok(bytes > 1024 * 1024)
  })

  every('can be away and come back to the same address', async (provider) => {
    provider.mood = 'unreachable'
    const code = await send(provider).catch(({ cause }: { cause: { code: string } }) => cause.code)
    assert.is(code, 'ECONNREFUSED')
    provider.mood = 'ok'
    assert.is((await send(provider)).status, 200)
    assert.is(provider.received.length, 1)
  })

  every('cuts the connection after it has read the request', async (provider) => {
    provider.mood = 'resets'
    assert.is(await send(provider).catch((error: Error) => error.message), 'fetch failed')
    assert.is(provider.requests[0]?.status, 'reset')
    assert.match(provider.requests[0]?.body ?? '', /root.*signed in/)
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
