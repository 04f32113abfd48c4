// Whether a channel's provider would take a message, by the channel's own questions, and how to fix what is in the way.
import { askProvider } from '../../../handlers/notifier/channels/ask.ts'
import type { Channel, Outcome } from '../../../handlers/notifier/channels/channel.ts'
import { send } from '../../../handlers/notifier/send.ts'
import type { ChannelName } from '../../../templates-src/config/schema.ts'
import { type Diagnosis, ill, noted, well } from './diagnosis.ts'

const patienceMs = 10_000

/** Sends nothing. `secret` is what the channel's schema read. Never throws. */
export async function providerDiagnosis(channel: Channel, secret: unknown): Promise<Diagnosis> {
  const url = process.env[channel.urlVariable] || channel.url
  const [recipient = ''] = channel.recipients(secret)
  const given = { url, secret, recipient, now: new Date() }
  return diagnosisOf(channel.name, await askProvider(channel, given, (request) => send(request, patienceMs)))
}

function diagnosisOf(name: ChannelName, outcome: Outcome): Diagnosis {
  if (outcome.outcome === 'accepted') {
    if (outcome.code === 'not-asked') return notAsked(name)
    if (outcome.remark === undefined) return well('channels', `${name}: ${ready[name]}`)
    return noted('channels', `${name}: ${outcome.remark}`, 'when they are used up, no alert goes that way', charge)
  }
  const { code, reason } = outcome
  const said = reason === '' || reason === code ? code : `${code} ${reason}`
  if (outcome.outcome === 'permanent') return ill('channels', `${name}: ${said}`, noWay, fixOf(name, said))
  const [, fix = ownFault] = silent.find(([form]) => form.test(code)) ?? []
  return ill('channels', `${name} does not answer: ${said}`, noWay, fix)
}

function notAsked(name: ChannelName): Diagnosis {
  const how = `npm run drill -- --send --channel ${name} tries it`
  return noted('channels', `${name} was not asked`, 'it has no question that sends nothing', how)
}

const noWay = 'no alert goes that way'

const ready: Readonly<Partial<Record<ChannelName, string>>> = {
  telegram: 'the bot may write to its chat',
  'nhn-sms': 'the keys are good, and the sender is registered',
  'solapi-sms': 'the keys are good, the balance is enough, and the sender is registered',
  'solapi-alimtalk': 'the keys are good, and the balance is enough',
  discord: 'the webhook is there',
}

/** Of an answer that says nothing about what was asked, by its code. */
const silent: readonly (readonly [RegExp, string])[] = [
  [/^(unreachable|no-answer)$/, 'is the network up?'],
  [/^429$/, 'it asks to slow down: run it again in a minute'],
  [/^[23]\d\d$/, 'is it the provider that answers there?'],
]
const ownFault = 'a fault on its side: run it again in a minute'

const charge = 'charge it in the console, or set up automatic charging'
const register = 'register the number in the console, or put a registered one into the secret; then npm run secrets'

/** What a refusal says, and what to do; a channel's last one is for all others of its refusals. */
const fixes: Readonly<Partial<Record<ChannelName, readonly (readonly [RegExp, string])[]>>> = {
  telegram: [
    [/^40[14] (Unauthorized|Not Found)/, 'take the token from @BotFather; then npm run secrets'],
    [/supergroup/, 'put its new id into the secret (docs/channels.md, telegram, 3); then npm run secrets'],
    [/^403/, 'let the bot write there: unblock it, or add it to the chat again'],
    [/topic|thread/i, 'open the topic again, or put another messageThreadId into the secret; then npm run secrets'],
    [/right|write|forbidden/i, 'give the bot the right to send messages in that chat'],
    [/./, 'add the bot to the chat, and put that chat’s id into the secret; then npm run secrets'],
  ],
  'nhn-sms': [
    [/^sender /, register],
    [/./, 'take appKey and secretKey from the console; then npm run secrets'],
  ],
  'solapi-sms': solapi(),
  'solapi-alimtalk': solapi(),
  discord: [[/./, 'make a new webhook in the channel’s settings; then npm run secrets']],
}

function solapi(): readonly (readonly [RegExp, string])[] {
  return [
    [/^sender /, register],
    [/^no-balance/, charge],
    // An account can hold its keys to addresses, and a function's address changes.
    [/Forbidden|\bIP\b/, 'take the allow-list of addresses off the API key: the function’s address changes'],
    [/./, 'take apiKey and apiSecret from the console; then npm run secrets'],
  ]
}

function fixOf(name: ChannelName, said: string): string {
  return fixes[name]?.find(([form]) => form.test(said))?.[1] ?? 'look into the provider’s console'
}
