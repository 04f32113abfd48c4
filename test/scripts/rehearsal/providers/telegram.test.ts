import * as assert from 'uvu/assert'
import { startTelegram } from '../../../../scripts/rehearsal/providers/telegram.ts'
import { CHAT, TOKEN } from './accounts.ts'
import { ask, STARTED, said, telegram, withProvider } from './calls.ts'

const tg = withProvider('telegram', STARTED.telegram.start)

for (const [what, method, body, status, description] of [
  ['a chat it is not in', 'sendMessage', { chat_id: '-9', text: 'x' }, 400, 'Bad Request: chat not found'],
  ['no chat', 'sendMessage', { text: 'x' }, 400, 'Bad Request: chat_id is empty'],
  ['an empty text', 'sendMessage', { chat_id: CHAT, text: ' ' }, 400, 'Bad Request: message text is empty'],
  ['4,097 characters', 'sendMessage', said('x'.repeat(4097)), 400, 'Bad Request: message is too long'],
  ['a body that is not JSON', 'sendMessage', 'chat_id=1&text=x', 400, "Bad Request: can't parse JSON object"],
  ['a method it does not have', 'sendNothing', {}, 404, 'Not Found'],
] as const) {
  tg(`refuses ${what}`, async (provider) => {
    const answer = await telegram(provider, method, body)
    assert.is(answer.status, status)
    assert.equal(answer.body, { ok: false, error_code: status, description })
    assert.equal(provider.received, [])
  })
}

tg('refuses a token that is not its own, and any path that is not a bot', async ({ url }) => {
  const unauthorized = { ok: false, error_code: 401, description: 'Unauthorized' }
  assert.equal((await ask(`${url}/bot2222:other/getMe`)).body, unauthorized)
  assert.equal((await ask(`${url}/`)).body, { ok: false, error_code: 404, description: 'Not Found' })
})

tg('takes 4,096 characters, a numeric chat and link preview options', async (provider) => {
  const text = '가'.repeat(4096)
  const body = { chat_id: Number(CHAT), text, link_preview_options: { is_disabled: true } }
  const answer = await telegram(provider, 'sendMessage', body)
  assert.is(answer.at('result', 'text'), text)
  assert.equal(provider.received, [{ provider: 'telegram', recipient: CHAT, text }])
})

tg('says in the body and in a header how long to wait when it is busy', async (provider) => {
  provider.mood = 'busy'
  const answer = await telegram(provider, 'sendMessage', said('x'))
  assert.is(answer.at('parameters', 'retry_after'), 1)
  assert.is(answer.headers.get('retry-after'), '1')
})

tg('names itself and its chat without sending', async (provider) => {
  assert.is((await telegram(provider, 'getMe', {})).at('result', 'is_bot'), true)
  assert.is((await ask(`${provider.url}/bot${TOKEN}/getChat?chat_id=${CHAT}`)).at('result', 'id'), Number(CHAT))
  assert.equal(provider.received, [])
})

tg('takes bold and code at their places in UTF-16', async (provider) => {
  const entities = [
    { type: 'bold', offset: 0, length: 2 },
    { type: 'code', offset: 3, length: 4 },
  ]
  assert.is((await telegram(provider, 'sendMessage', { ...said('🚨 root'), entities })).status, 200)
})

for (const [what, entity] of [
  ['ends outside of the text', { type: 'bold', offset: 2, length: 6 }],
  ['begins inside of a character', { type: 'code', offset: 1, length: 3 }],
  ['is empty', { type: 'code', offset: 0, length: 0 }],
  ['begins before the text', { type: 'bold', offset: -1, length: 2 }],
] as const) {
  tg(`refuses an entity that ${what}`, async (provider) => {
    const answer = await telegram(provider, 'sendMessage', { ...said('🚨 root'), entities: [entity] })
    assert.match(String(answer.at('description')), "Bad Request: can't parse entities")
    assert.equal([answer.status, provider.received], [400, []])
  })
}

tg('becomes a supergroup when it amends, and takes what is sent there', async (provider) => {
  provider.mood = 'amends'
  const answer = await telegram(provider, 'sendMessage', said('x'))
  const chat_id = answer.at('parameters', 'migrate_to_chat_id')
  assert.equal([answer.status, typeof chat_id], [400, 'number'])
  assert.is((await telegram(provider, 'sendMessage', { ...said('x'), chat_id })).status, 200)
})

const plain = withProvider('telegram that takes no formatting', () =>
  startTelegram({ token: TOKEN, chatId: CHAT, plainOnly: true }),
)

plain('refuses entities that are right, and takes the text without them', async (provider) => {
  const entities = [{ type: 'bold', offset: 0, length: 1 }]
  assert.is((await telegram(provider, 'sendMessage', { ...said('x'), entities })).status, 400)
  assert.is((await telegram(provider, 'sendMessage', said('x'))).status, 200)
})
plain.run()

const upgraded = withProvider('telegram after an upgrade', () =>
  startTelegram({ token: TOKEN, chatId: CHAT, upgradedTo: '-1002222' }),
)

upgraded('tells where a chat went that became a supergroup', async (provider) => {
  const answer = await telegram(provider, 'sendMessage', said('x'))
  assert.is(answer.status, 400)
  assert.is(answer.at('parameters', 'migrate_to_chat_id'), -1002222)
  assert.is((await telegram(provider, 'sendMessage', { chat_id: -1002222, text: 'x' })).status, 200)
})
upgraded.run()
tg.run()
