// Whatever an event says, there is an answer, every provider takes the message as it is, and nothing of the event becomes
// markup, a link, a mention or a line of its own. The providers of the rehearsal are the judges of their limits.
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import type { Delivery } from '../../../handlers/notifier/engine.ts'
import type { ChannelName } from '../../../handlers/notifier/settings.ts'
import { eucKrBytes } from '../../../scripts/rehearsal/providers/euc-kr-bytes.ts'
import { sampleSecrets } from '../../../scripts/rehearsal/stage.ts'
import { endGuard, type Guard, guardSuite, settings, startGuard } from './guard.ts'
import { anyEvent, fake, hostileRecord, link, mutatedRecord } from './hostile.ts'

const test = guardSuite('a hostile event')

const names = Object.keys(sampleSecrets) as ChannelName[]

/** A failure is told with its seed, by which it can be had again, and with no more of the event than can be read. */
const runs: fc.Parameters<[unknown]> = {
  numRuns: 25,
  endOnFailure: true,
  reporter: ({ failed, seed, counterexamplePath, counterexample, errorInstance }) => {
    if (!failed) return
    const event = JSON.stringify(counterexample).slice(0, 1_500)
    const { message } = errorInstance as Error
    throw new Error(`${message.slice(0, 1_500)}\n{ seed: ${seed}, path: '${counterexamplePath}' } ${event}`)
  },
}

for (const long of [false, true]) {
  for (const [what, events] of Object.entries({ mutatedRecord, hostileRecord, anyEvent })) {
    test(`of the kind ${what} is told by every channel as it is, SMS being ${long ? 'long' : 'short'}`, async () => {
      const told = fc.asyncProperty(events, async (event) => {
        // A guard each: with one for all, most would be counted and not told.
        const guard = await startGuard()
        await isTold(guard, JSON.stringify(event), long).finally(() => endGuard(guard))
      })
      await fc.assert(told, runs)
    })
  }
}

test('that is none is refused, and there is an answer to anything', async ({ start, log }) => {
  const notify = start()
  const bodies = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'null', '[]', '{}', '{"detail":'),
  )
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      assert.is((await notify({ body, isBase64Encoded: false })).statusCode, 400)
    }),
    { numRuns: 100 },
  )
  assert.equal(secretsIn(log.join('\n')), [])
})

async function isTold({ providers, log, start }: Guard, body: string, long: boolean): Promise<void> {
  const routes = Object.fromEntries(names.map((name) => [name, [name]]))
  const answer = await start({ routes, sms: { ...settings.sms, long } })({ body, isBase64Encoded: false })
  if (answer.statusCode === 400) return

  assert.is(answer.statusCode, 202, answer.body)
  const { deliveries } = JSON.parse(answer.body) as { readonly deliveries: readonly Delivery[] }
  // In the first try: none had to be sent without its formatting, or shorter.
  assert.equal(
    deliveries.map(({ channel, outcome, tries }) => `${channel} ${outcome} ${tries}`),
    names.map((channel) => `${channel} accepted 1`),
  )
  for (const name of names) {
    const sent = JSON.parse(providers[name].requests[0]?.body ?? '') as Sent
    for (const text of outsideOfCode[name]?.(sent) ?? []) assert.not.match(text, harmful)
    for (const { text, bytes = 0 } of providers[name].received) {
      assert.ok(text.isWellFormed(), name)
      assert.ok(!text.split('\n').some((line) => line.startsWith(fake)), `${name}: ${text}`)
      assert.ok(
        !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text.replaceAll('\n', '').replaceAll('\u200d', '')),
        `${name}: ${text}`,
      )
      if (name.endsWith('-sms')) assert.ok(bytes <= (long ? 2_000 : 90), text)
    }
  }
  for (const line of log) assert.type(JSON.parse(line), 'object')
  assert.equal(secretsIn(`${answer.body}\n${log.join('\n')}`), [])
}

const harmful = new RegExp(`${link}|@everyone|<!`)

/** What of a request's text a messenger may read as markup, a link or a mention. */
const outsideOfCode: Partial<Record<ChannelName, (sent: Sent) => readonly string[]>> = {
  slack: ({ text = '' }) => [withoutCode(text), ...(/[<>]/.test(text) ? ['<!'] : [])],
  discord: ({ content = '' }) => [withoutCode(content)],
  telegram: ({ text = '', entities = [] }) => {
    const code = entities.filter(({ type }) => type === 'code')
    return [code.reduceRight((rest, { offset, length }) => rest.slice(0, offset) + rest.slice(offset + length), text)]
  },
  // The carrier must not have to replace or cut anything.
  'nhn-sms': ({ title = '', body = '' }) => [eucKrBytes(title + body) === undefined ? '<!' : ''],
}

interface Sent {
  readonly text?: string
  readonly content?: string
  readonly title?: string
  readonly body?: string
  readonly entities?: readonly { readonly type: string; readonly offset: number; readonly length: number }[]
}

/** A line's code spans go; a backtick that stays has no other. */
function withoutCode(text: string): string {
  return text.replace(/`[^`\n]*`/g, '').replaceAll('`', '<!')
}

/** Secrets and whole phone numbers in what a person may see. */
function secretsIn(seen: string): readonly string[] {
  const texts = Object.values(sampleSecrets).flatMap((secret) => Object.values(secret).flat())
  const secret = texts.filter((text) => text !== settings.name && seen.includes(text))
  // Not as a part of longer digits, which a provider's message id is.
  const numbers = seen.match(/(?<!\d)(\+?82|0)1000000000(?!\d)/g) ?? []
  return [...secret, ...numbers]
}

test.run()
