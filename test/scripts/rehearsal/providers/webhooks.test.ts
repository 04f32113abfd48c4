// Slack's and Discord's stand-ins: what they refuse, and what their users see.
import * as assert from 'uvu/assert'
import { startDiscord } from '../../../../scripts/rehearsal/providers/discord.ts'
import { startSlack } from '../../../../scripts/rehearsal/providers/slack.ts'
import { ACCOUNTS } from './accounts.ts'
import { ask, discord, slack, withProvider } from './calls.ts'

const workspace = withProvider('slack', () => startSlack(ACCOUNTS.slack))

for (const [what, body, status, word] of [
  ['no text', { text: ' ' }, 400, 'no_text'],
  ['no text at all', {}, 400, 'no_text'],
  ['what is no JSON', 'text=root', 400, 'invalid_payload'],
  ['a text that is none', { text: 1 }, 400, 'invalid_payload'],
] as const) {
  workspace(`refuses ${what} in a word`, async (provider) => {
    const answer = await slack(provider, body)
    assert.equal([answer.status, answer.body, provider.received], [status, word, []])
  })
}

workspace('refuses a webhook that is not its own', async ({ url }) => {
  const answer = await ask(`${url}/services/TSAMPLE/BSAMPLE/other`, { text: 'root' })
  assert.equal([answer.status, answer.body], [404, 'no_service'])
})

workspace('shows bold and code without their signs, and marks what became a link or a mention', async (provider) => {
  assert.is(
    (await slack(provider, { text: '*root* `a &lt;b&gt; &amp;` <!channel> <https://example.com|x>' })).body,
    'ok',
  )
  const text = 'root a <b> & «!channel» «https://example.com|x»'
  assert.equal(provider.received, [{ provider: 'slack', recipient: 'webhook', text }])
})

workspace('says in a header how long to wait when it is busy', async (provider) => {
  provider.mood = 'busy'
  assert.is((await slack(provider, { text: 'root' })).headers.get('retry-after'), '1')
})
workspace.run()

const server = withProvider('discord', () => startDiscord(ACCOUNTS.discord))

for (const [what, body, status, code] of [
  ['an empty message', { content: ' ' }, 400, 50006],
  ['2,001 characters', { content: 'x'.repeat(2001) }, 400, 50035],
  ['a flag that a webhook may not set', { content: 'x', flags: 64 }, 400, 50035],
  ['a mention it does not know', { content: 'x', allowed_mentions: { parse: ['all'] } }, 400, 50035],
  ['what is no JSON', 'content=x', 400, 50109],
] as const) {
  server(`refuses ${what} with ${code}`, async (provider) => {
    const answer = await discord(provider, body)
    assert.equal([answer.status, answer.at('code'), provider.received], [status, code, []])
  })
}

server('refuses a webhook and a token that are not its own', async ({ url }) => {
  const answers = ['1/sample', '1000/other'].map((path) => ask(`${url}/api/webhooks/${path}`, { content: 'x' }))
  const codes = (await Promise.all(answers)).map((answer) => [answer.status, answer.at('code')])
  assert.equal(codes, [
    [404, 10015],
    [401, 50027],
  ])
})

server('keeps and gives back a message that is waited for, and nothing of one that is not', async (provider) => {
  assert.type((await discord(provider, { content: 'x'.repeat(2000) })).at('id'), 'string')
  assert.is((await discord(provider, { content: 'x' }, '')).status, 204)
  assert.is(provider.received.length, 1)
})

server('shows what rang for everybody, and bold, code and signs as they look', async (provider) => {
  await discord(provider, { content: '**root** `@x_y` \\*a\\* @everyone' })
  await discord(provider, { content: '@everyone', allowed_mentions: { parse: [] } })
  const texts = provider.received.map(({ text }) => text)
  assert.equal(texts, ['root @x_y *a* «@everyone»', '@everyone'])
})

server('says in parts of a second how long to wait when it is busy', async (provider) => {
  provider.mood = 'busy'
  assert.is((await discord(provider, { content: 'x' })).at('retry_after'), 0.25)
})
server.run()
