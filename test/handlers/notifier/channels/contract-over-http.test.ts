// The contract of channels with the wire between: each channel's requests through the real `send`, to a local provider
// that is as strict as the real one and can be in every mood.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as v from 'valibot'
import type { Amend, Channel, Outcome } from '../../../../handlers/notifier/channels/channel.ts'
import { channels } from '../../../../handlers/notifier/channels/registry.ts'
import { redactReason } from '../../../../handlers/notifier/redact.ts'
import { send } from '../../../../handlers/notifier/send.ts'
import type { ChannelName } from '../../../../handlers/notifier/settings.ts'
import type { Message } from '../../../../handlers/notifier/words/message.ts'
import type { Mood, Provider } from '../../../../scripts/rehearsal/providers/provider.ts'
import { sampleSecrets, startProviders } from '../../../../scripts/rehearsal/stage.ts'
import { ALERT, HOSTILE, MESSAGE, type OutcomeName, SALT } from './cases/case.ts'

const LONG = 30_000
const SHORT = 100

/** What each mood means to whoever sends, and how many messages reach a phone by it. */
const MOODS: Readonly<Partial<Record<Mood, readonly [OutcomeName, arrived: 0 | 1, patience?: number]>>> = {
  ok: ['accepted', 1],
  slow: ['accepted', 1],
  hangs: ['ambiguous', 0, SHORT],
  busy: ['retryable', 0],
  refuses: ['permanent', 0],
  garbage: ['ambiguous', 0],
  huge: ['ambiguous', 0],
  truncated: ['ambiguous', 1],
  redirects: ['ambiguous', 0],
  resets: ['ambiguous', 0],
  unreachable: ['retryable', 0],
}

/** Telegram's 5xx are worth another try by the table of outcomes; after the others' the message may be on its way. */
const BROKEN: Readonly<Partial<Record<ChannelName, OutcomeName>>> = { telegram: 'retryable' }

/** Webhooks have no word for it: a 200 that does not say what it should. */
const FAILED: Readonly<Partial<Record<ChannelName, OutcomeName>>> = { slack: 'ambiguous', discord: 'ambiguous' }

const AMENDS: readonly ChannelName[] = ['telegram', 'solapi-sms', 'solapi-alimtalk']

for (const name of Object.keys(channels) as ChannelName[]) {
  const channel: Channel = channels[name]
  const tests = suite(`${name} over HTTP`)
  const secret = v.parse(channel.secret, sampleSecrets[name])

  const moods = {
    ...MOODS,
    broken: [BROKEN[name] ?? 'ambiguous', 0],
    'accepts-but-fails': [FAILED[name] ?? 'permanent', 0],
  }
  for (const [mood, [outcome, arrived, patience = LONG]] of Object.entries(moods) as [
    Mood,
    [OutcomeName, 0 | 1, number?],
  ][]) {
    tests(`is ${outcome} where the provider «${mood}»`, async () => {
      await withProvider(name, async (provider) => {
        provider.mood = mood
        const got = await deliver(provider, { patience })
        assert.is(got.outcome, outcome, JSON.stringify(got))
        assert.is(provider.received.length, arrived)
        assert.ok(provider.requests.length < 2, 'nothing was followed or repeated')
        if (got.outcome !== 'accepted') assert.is.not(got.reason, '')
        const told = JSON.stringify({ ...got, reason: 'reason' in got ? redactReason(got.reason, secret) : '' })
        for (const hidden of strings(secret)) assert.not.ok(told.includes(hidden), told)
      })
    })
  }

  tests('is ambiguous where the provider is slower than anybody waits, and the message arrives', async () => {
    await withProvider(name, async (provider) => {
      Object.assign(provider, { mood: 'slow', slowMs: LONG })
      assert.is((await deliver(provider, { patience: 5 * SHORT })).outcome, 'ambiguous')
      assert.is(provider.received.length, 1)
    })
  })

  tests('gets through at the second try where the first was told what to do otherwise', async () => {
    await withProvider(name, async (provider) => {
      provider.mood = 'amends'
      const first = await deliver(provider, {})
      if (!AMENDS.includes(name)) return assert.is(first.outcome, 'accepted')
      assert.ok(first.outcome === 'retryable' && first.again?.amend, JSON.stringify(first))
      assert.is((await deliver(provider, { amend: first.again.amend })).outcome, 'accepted')
      assert.is(provider.received.length, 1)
    })
  })

  tests('says when to try again where the provider is busy and says so', async () => {
    await withProvider(name, async (provider) => {
      provider.mood = 'busy'
      const got = await deliver(provider, {})
      const afterMs = got.outcome === 'retryable' ? got.again?.afterMs : undefined
      assert.is(afterMs, { telegram: 1000, slack: 1000, discord: 250 }[name as string])
    })
  })

  for (const long of [false, true]) {
    tests(`is taken at its longest, whatever is in it (${long ? 'long' : 'short'})`, async () => {
      for (const character of ['가', '*', '<', '🚨', '—']) {
        await withProvider(name, async (provider) => {
          const got = await deliver(provider, { message: longest(character), long })
          assert.is(got.outcome, 'accepted', JSON.stringify(got))
        })
      }
    })
  }

  tests('takes half a character and a control character from whoever acts', async () => {
    await withProvider(name, async (provider) => {
      const lines = [[{ text: 'root' }], [{ text: 'a\ud83d\u0000\u202eb', style: 'foreign' as const }]]
      const got = await deliver(provider, { message: { ...MESSAGE, lines }, long: true })
      assert.is(got.outcome, 'accepted', JSON.stringify(got))
      if (!name.endsWith('alimtalk')) assert.match(provider.received[0]?.text ?? '', /root\na[\ufffd?] b$/)
    })
  })

  tests('shows what is foreign as it is, in its line, and makes nothing of it', async () => {
    await withProvider(name, async (provider) => {
      await deliver(provider, { long: true })
      const [shown] = provider.received
      if (name.endsWith('alimtalk')) return assert.match(shown?.text ?? '', '누가: 루트\n')
      const line = shown?.text.split('\n').find((one) => one.startsWith('누가')) ?? ''
      const foreign = HOSTILE.replaceAll('\n', ' ')
      // Where a backtick would end the code, another sign stands for it; on a phone an address would become a link.
      const fits = [foreign, foreign.replaceAll('`', "'"), foreign.replace('http://example.com', 'http example. com')]
      assert.ok(fits.includes(line.slice('누가: '.length)), line)
      if (name.endsWith('sms')) assert.not.match(line, /:\/\/|e\.com/)
    })
  })
  tests.run()

  function deliver(provider: Provider, given: Given): Promise<Outcome> {
    const { message = MESSAGE, amend = {}, long = false, patience = LONG } = given
    const [recipient = ''] = channel.recipients(secret)
    const salt = `${SALT.slice(8)}${String(++tries).padStart(8, '0')}`
    const delivery = { secret, recipient, message, long, alertId: ALERT, now: new Date(), salt, amend }
    const request = channel.request({ url: provider.url, ...delivery })
    return send(request, patience).then(channel.classify)
  }
}

interface Given {
  readonly message?: Message
  readonly amend?: Amend
  readonly long?: boolean
  readonly patience?: number
}

let tries = 0

async function withProvider(name: ChannelName, run: (provider: Provider) => Promise<unknown>): Promise<void> {
  const providers = await startProviders()
  try {
    providers[name].slowMs = 20
    await run(providers[name])
  } finally {
    for (const provider of Object.values(providers)) await provider.close()
  }
}

/** As long as the words may make a message, of one character that costs a channel the most. */
function longest(character: string): Message {
  const text = character.repeat(Math.floor(470 / character.length))
  const line = (style: 'bold' | 'foreign') => [{ text: `${character}: ` }, { text, style }]
  return { ...MESSAGE, lines: [line('bold'), line('foreign'), line('foreign'), [{ text }]] }
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length > 3 ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}
