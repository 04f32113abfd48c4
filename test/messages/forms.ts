// A message as each channel sends it, out of the request it makes: what is compared and read is what would go out.
import * as v from 'valibot'
import type { Channel } from '../../handlers/notifier/channels/channel.ts'
import { channels } from '../../handlers/notifier/channels/registry.ts'
import type { ChannelName } from '../../handlers/notifier/settings.ts'
import { eucKrBytes } from '../../handlers/notifier/words/euc-kr.ts'
import type { Message } from '../../handlers/notifier/words/message.ts'
import { sampleSecrets } from '../../scripts/rehearsal/stage.ts'

export interface Form {
  /** The channels that send this, and how where a channel has two ways. */
  readonly channels: readonly string[]
  readonly text: string
}

/** The texts of a message, each with all channels that send it. */
export function forms(message: Message): readonly Form[] {
  const found = new Map<string, string[]>()
  for (const { name, channel, long = false } of ways) {
    const text = shownBy[channel](sent(channel, message, long) as never)
    found.set(text, [...(found.get(text) ?? []), name])
  }
  return [...found].map(([text, names]) => ({ channels: names, text }))
}

const ways: readonly { readonly name: string; readonly channel: ChannelName; readonly long?: true }[] = [
  { name: 'nhn-sms', channel: 'nhn-sms' },
  { name: 'solapi-sms', channel: 'solapi-sms' },
  { name: 'nhn-alimtalk', channel: 'nhn-alimtalk' },
  { name: 'solapi-alimtalk', channel: 'solapi-alimtalk' },
  { name: 'telegram', channel: 'telegram' },
  { name: 'slack', channel: 'slack' },
  { name: 'discord', channel: 'discord' },
  { name: 'nhn-sms as LMS', channel: 'nhn-sms', long: true },
  { name: 'solapi-sms as LMS', channel: 'solapi-sms', long: true },
]

function sent(name: ChannelName, message: Message, long: boolean): unknown {
  const channel: Channel = channels[name]
  const secret = v.parse(channel.secret, sampleSecrets[name])
  const [recipient = ''] = channel.recipients(secret)
  const { body = '' } = channel.request({
    url: channel.url,
    secret,
    recipient,
    message,
    long,
    alertId: '00000000-0000-4000-8000-000000000001',
    now: new Date('2026-01-01T00:00:00Z'),
    salt: '0'.repeat(32),
    amend: {},
  })
  return JSON.parse(body)
}

/** What a person would see of a channel's body. */
const shownBy: Readonly<Record<ChannelName, (body: never) => string>> = {
  'nhn-sms': ({ title, body }: { title?: string; body: string }) => sms(title, body),
  'solapi-sms': ({ messages: [message] }: { messages: [{ subject?: string; text: string }] }) =>
    sms(message.subject, message.text),
  'nhn-alimtalk': ({ recipientList: [{ templateParameter }] }: Alimtalk) =>
    variables(Object.entries(templateParameter)),
  'solapi-alimtalk': ({ messages: [{ kakaoOptions }] }: SolapiAlimtalk) =>
    variables(Object.entries(kakaoOptions.variables).map(([name, value]) => [name.slice(2, -1), value])),
  telegram: ({ text, entities }: { text: string; entities: Entity[] }) => marked(text, entities),
  slack: ({ text }: { text: string }) => text,
  discord: ({ content }: { content: string }) => content,
}

interface Alimtalk {
  readonly recipientList: [{ readonly templateParameter: Record<string, string> }]
}

interface SolapiAlimtalk {
  readonly messages: [{ readonly kakaoOptions: { readonly variables: Record<string, string> } }]
}

interface Entity {
  readonly type: 'bold' | 'code'
  readonly offset: number
  readonly length: number
}

function sms(title: string | undefined, text: string): string {
  if (title !== undefined) return `${title} (${eucKrBytes(title)} bytes)\n\n${text}`
  return `${text} (${eucKrBytes(text)} bytes)`
}

function variables(values: readonly (readonly [name: string, value: string])[]): string {
  return values.map(([name, value]) => `#{${name}} ${value}`).join('\n')
}

/** Telegram's entities as signs around what they mark, from the last to the first so that places stay true. */
function marked(text: string, entities: readonly Entity[]): string {
  const signs = { bold: '**', code: '`' }
  return [...entities]
    .sort((one, other) => other.offset - one.offset)
    .reduce((out, { type, offset, length }) => {
      const end = offset + length
      return out.slice(0, offset) + signs[type] + out.slice(offset, end) + signs[type] + out.slice(end)
    }, text)
}
