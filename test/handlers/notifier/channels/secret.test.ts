// Secrets as people paste them: what is taken, and that what is not is refused by its field's name and without its value.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Channel } from '../../../../handlers/notifier/channels/channel.ts'
import { channels } from '../../../../handlers/notifier/channels/registry.ts'
import { readSecret } from '../../../../handlers/notifier/channels/secret.ts'
import type { ChannelName } from '../../../../handlers/notifier/settings.ts'
import { ALERT, MESSAGE, NOW, SALT } from './cases/case.ts'
import { cases } from './cases.ts'

const test = suite('a secret as it is pasted')

const read = (name: ChannelName, secret: object) => readSecret(channels[name], JSON.stringify(secret))

for (const origin of [
  'https://canary.discord.com/api',
  'https://ptb.discord.com/api',
  'https://discord.com/api/v10',
  'https://canary.discordapp.com/api/v9',
  'https://discordapp.com/api',
]) {
  test(`of ${origin} is taken, and sent to discord.com`, () => {
    const found = read('discord', { webhookUrl: `${origin}/webhooks/000000000000000000/sample` })
    assert.ok('secret' in found, JSON.stringify(found))
    const { url } = requestOf('discord', found.secret)
    assert.is(url, 'https://discord.com/api/webhooks/000000000000000000/sample?wait=true')
  })
}

for (const webhookUrl of [
  'https://beta.discord.com/api/webhooks/000000000000000000/sample',
  'https://discord.com/api/v/webhooks/000000000000000000/sample',
  'https://canary.discord.com.example.com/api/webhooks/000000000000000000/sample',
]) {
  test(`of ${webhookUrl} is refused`, () => {
    assert.match(JSON.stringify(read('discord', { webhookUrl })), "webhookUrl (a webhook's URL is expected")
  })
}

const TELEGRAM = { token: '0000000000:sample', chatId: '-1000000000000' }

for (const [messageThreadId, sent] of [
  [5, 5],
  ['17', 17],
] as const) {
  test(`names a topic of Telegram as ${JSON.stringify(messageThreadId)}, and messages go there`, () => {
    const found = read('telegram', { ...TELEGRAM, messageThreadId })
    assert.ok('secret' in found, JSON.stringify(found))
    assert.is(JSON.parse(requestOf('telegram', found.secret).body ?? '').message_thread_id, sent)
  })
}

test('without a topic sends none', () => {
  const found = read('telegram', TELEGRAM)
  assert.not.match(requestOf('telegram', 'secret' in found && found.secret).body ?? '', 'message_thread_id')
})

for (const messageThreadId of [1, 0, -5, 1.5, '', 'five', null]) {
  test(`whose topic is ${JSON.stringify(messageThreadId)} is refused by its name`, () => {
    assert.match(JSON.stringify(read('telegram', { ...TELEGRAM, messageThreadId })), 'wrong fields: messageThreadId (')
  })
}

for (const name of Object.keys(channels) as ChannelName[]) {
  test(`of ${name} with a field that it does not have is refused by that name`, () => {
    for (const field of ['messageThreadID', 'recipient', 'comment']) {
      const found = read(name, { ...cases[name].secret, [field]: 'sample-leak' })
      assert.match('wrong' in found ? found.wrong : 'taken', `${field} (unknown)`)
    }
  })

  test(`of ${name} is told without any value, whatever is wrong, and with what is expected`, () => {
    const { entries } = (channels[name] as Channel).secret
    for (const field of Object.keys(entries)) {
      for (const value of ['sample-leak\n', ['sample-leak\n'], { 'sample-leak': 1 }, 4711_4711, null]) {
        const found = read(name, { ...cases[name].secret, [field]: value })
        if ('secret' in found) continue
        assert.match(found.wrong, `${field}`)
        assert.match(found.wrong, 'expected')
        assert.not.match(found.wrong, /leak|4711/)
      }
    }
  })

  test(`of ${name} names a field that is missing`, () => {
    const [field = ''] = Object.keys(cases[name].secret)
    const found = read(name, { ...cases[name].secret, [field]: undefined })
    assert.match('wrong' in found ? found.wrong : 'taken', `${field} (missing)`)
  })
}

test.run()

function requestOf(name: ChannelName, secret: unknown) {
  const channel: Channel = channels[name]
  const [recipient = ''] = channel.recipients(secret)
  const rest = { message: MESSAGE, long: false, alertId: ALERT, now: NOW, salt: SALT, amend: {} }
  return channel.request({ url: channel.url, secret, recipient, ...rest })
}
