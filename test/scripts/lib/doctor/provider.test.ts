// What the doctor says of a channel's provider: the answer to the channel's own questions, which the nightly check asks too.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as v from 'valibot'
import type { Channel } from '../../../../handlers/notifier/channels/channel.ts'
import { channels } from '../../../../handlers/notifier/channels/registry.ts'
import type { Diagnosis } from '../../../../scripts/lib/doctor/diagnosis.ts'
import { providerDiagnosis } from '../../../../scripts/lib/doctor/provider.ts'
import type { Provider, Reply } from '../../../../scripts/rehearsal/providers/provider.ts'
import { serve } from '../../../../scripts/rehearsal/providers/provider.ts'
import { startTelegram } from '../../../../scripts/rehearsal/providers/telegram.ts'
import { sampleSecrets, startProviders } from '../../../../scripts/rehearsal/stand-ins.ts'
import type { ChannelName } from '../../../../templates-src/config/schema.ts'

const test = suite('a provider')

const telegramSays = (status: number, description: string, parameters?: object) => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters && { parameters }) },
})
const error = { errorCode: 'InternalServerError', errorMessage: 'no' }
const money = (balance: number) => ({ status: 200, body: { balance, point: 0 } })
const nhnSays = (isSuccessful: boolean, more: object = {}, resultCode = isSuccessful ? 0 : -1000) => ({
  status: 200,
  body: { header: { isSuccessful, resultCode, resultMessage: 'Invalid appKey.' }, ...more },
})

type Row = readonly [
  channel: ChannelName,
  what: string,
  answers: Readonly<Record<string, Reply>>,
  found: string,
  fix: string,
]

// biome-ignore format: a row a line
const ROWS: readonly Row[] = [
  ['solapi-sms', 'whose balance answers 503', { '/cash/v1/balance': { status: 503, body: error } }, 'does not answer: InternalServerError no', 'a fault on its side'],
  ['solapi-sms', 'whose balance answers 502 in HTML', { '/cash/v1/balance': { status: 502, body: '<html>' } }, 'does not answer: 502', 'a fault on its side'],
  ['solapi-sms', 'whose balance answers 429', { '/cash/v1/balance': { status: 429, body: '' } }, 'does not answer: 429', 'it asks to slow down'],
  ['solapi-sms', 'whose balance is not in the answer', { '/cash/v1/balance': { status: 200, body: {} } }, 'does not answer: 200', 'is it the provider that answers there?'],
  ['solapi-sms', 'whose money is used up', { '/cash/v1/balance': money(0) }, 'no-balance the balance is used up', 'charge it'],
  ['solapi-sms', 'whose senders answer 500', { '/senderid/v1/numbers/active': { status: 500, body: error } }, 'does not answer: InternalServerError', 'a fault on its side'],
  ['solapi-sms', 'whose senders are refused', { '/senderid/v1/numbers/active': { status: 403, body: { errorCode: 'Forbidden', errorMessage: '허용되지 않은 IP' } } }, 'Forbidden 허용되지 않은 IP', 'take the allow-list'],
  ['solapi-sms', 'that knows other senders', { '/senderid/v1/numbers/active': { status: 200, body: ['0200000001'] } }, 'sender the sender is not registered', 'register the number'],
  ['solapi-sms', 'that knows no sender', { '/senderid/v1/numbers/active': { status: 200, body: [] } }, 'sender the sender is not registered', 'register the number'],
  ['nhn-sms', 'whose list has other senders though one was asked for', { sendNos: nhnSays(true, { body: { totalCount: 1, data: [{ sendNo: '0299999999' }] } }) }, 'sender the sender is not registered', 'register the number'],
  ['nhn-sms', 'whose list is empty', { sendNos: nhnSays(true, { body: { totalCount: 0, data: [] } }) }, 'sender the sender is not registered', 'register the number'],
  ['nhn-sms', 'that refuses the keys, with a list', { sendNos: nhnSays(false, { body: { totalCount: 1, data: [{ sendNo: '020000000' }] } }) }, '-1000 Invalid appKey.', 'take appKey and secretKey'],
  ['nhn-sms', 'with an unknown error of its own', { sendNos: nhnSays(false, {}, -9999) }, 'does not answer: -9999', 'a fault on its side'],
  ['telegram', 'that answers 503', { sendChatAction: { status: 503, body: '' } }, 'does not answer: 503', 'a fault on its side'],
  ['telegram', 'that does not know the token', { sendChatAction: telegramSays(401, 'Unauthorized') }, '401 Unauthorized', 'take the token from @BotFather'],
  ['discord', 'that does not know the webhook', { webhooks: { status: 404, body: { message: 'Unknown Webhook', code: 10015 } } }, '404 Unknown Webhook', 'make a new webhook'],
  ['discord', 'that does not know the token', { webhooks: { status: 401, body: { message: 'Invalid Webhook Token', code: 50027 } } }, '401 Invalid Webhook Token', 'make a new webhook'],
]

for (const [name, what, answers, found, fix] of ROWS) {
  test(`of ${name} ${what}: ${found}`, async () => {
    const rest: Reply = name === 'solapi-sms' ? { status: 200, body: { balance: 50_000 } } : { status: 404, body: '' }
    const answer = ({ path }: { path: string }) =>
      Object.entries(answers).find(([part]) => path.includes(part))?.[1] ?? rest
    const {
      state,
      what: said,
      mend,
    } = await withProvider(serve({ answer, moods: { busy: rest, broken: rest } }, {}), (provider) =>
      diagnosed(name, provider),
    )
    assert.is(state, 'ill')
    assert.ok(said.startsWith(`${name}${found.startsWith('does') ? ' ' : ': '}${found}`), said)
    assert.match(mend, fix)
  })
}

test('of solapi-sms with little money left is noted', async () => {
  const answer = ({ path }: { path: string }) =>
    path.includes('balance') ? money(900) : { status: 200, body: ['020000000'] }
  const found = await withProvider(serve({ answer, moods: { busy: money(0), broken: money(0) } }, {}), (provider) =>
    diagnosed('solapi-sms', provider),
  )
  assert.equal([found.state, found.what], ['note', 'solapi-sms: only 900 won are left'])
})

/** Sends are refused so while the bot may still look at the chat. */
// biome-ignore format: a row a line
const NO_WRITING: readonly (readonly [status: number, description: string, fix: string, parameters?: object])[] = [
  [403, 'Forbidden: bot was blocked by the user', 'unblock it'],
  [403, 'Forbidden: bot was kicked from the group chat', 'add it to the chat again'],
  [400, 'Bad Request: group chat was upgraded to a supergroup chat', 'put its new id', { migrate_to_chat_id: -1000000000001 }],
  [400, 'Bad Request: TOPIC_CLOSED', 'open the topic again'],
  [400, 'Bad Request: not enough rights to send text messages to the chat', 'give the bot the right'],
  [403, 'Forbidden: bot is not a member of the channel chat', 'add it to the chat again'],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'give the bot the right'],
  [400, 'Bad Request: message thread not found', 'put another messageThreadId'],
]

for (const [status, description, fix, parameters] of NO_WRITING) {
  test(`of Telegram that refuses to write is not ready: ${description}`, async () => {
    const refusesWrites = { status, description, ...(parameters && { parameters }) }
    await withProvider(startTelegram({ ...sampleSecrets.telegram, refusesWrites }), async (provider) => {
      const { token, chatId } = sampleSecrets.telegram
      const seen = await fetch(`${provider.url}/bot${token}/getChat?chat_id=${chatId}`)
      assert.is(seen.status, 200, 'the bot may look at the chat')
      const { state, what, mend } = await diagnosed('telegram', provider)
      assert.is(state, 'ill', what)
      assert.match(mend, fix)
      assert.equal(provider.received, [])
    })
  })
}

test('of Telegram is asked about the topic that alerts go to', async () => {
  await withProvider(startTelegram({ ...sampleSecrets.telegram, topic: 5 }), async (provider) => {
    assert.is((await diagnosed('telegram', provider, { messageThreadId: 5 })).state, 'well')
    assert.is((await diagnosed('telegram', provider, { messageThreadId: 6 })).state, 'ill')
  })
})

test('is well where it would take a message, and gets none', async () => {
  const providers = await startProviders()
  try {
    for (const name of Object.keys(channels) as ChannelName[]) {
      const { state, what } = await diagnosed(name, providers[name])
      const canBeAsked = !['slack', 'nhn-alimtalk'].includes(name)
      assert.is(state, canBeAsked ? 'well' : 'note', what)
      assert.equal(providers[name].received, [])
    }
  } finally {
    for (const provider of Object.values(providers)) await provider.close()
  }
})

test.run()

async function diagnosed(name: ChannelName, provider: Provider, change: object = {}): Promise<Diagnosis> {
  const channel: Channel = channels[name]
  const before = process.env[channel.urlVariable]
  process.env[channel.urlVariable] = provider.url
  try {
    return await providerDiagnosis(channel, v.parse(channel.secret, { ...sampleSecrets[name], ...change }))
  } finally {
    if (before === undefined) delete process.env[channel.urlVariable]
    else process.env[channel.urlVariable] = before
  }
}

async function withProvider<Result>(started: Promise<Provider>, ask: (provider: Provider) => Promise<Result>) {
  const provider = await started
  try {
    return await ask(provider)
  } finally {
    await provider.close()
  }
}
