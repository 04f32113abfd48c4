// Every channel there is, by name. A new channel is its file and a line here.
import type { ChannelName } from '../settings.ts'
import type { Channel } from './channel.ts'
import { discord } from './discord.ts'
import { nhnAlimtalk } from './nhn-alimtalk.ts'
import { nhnSms } from './nhn-sms.ts'
import { slack } from './slack.ts'
import { solapiAlimtalk } from './solapi-alimtalk.ts'
import { solapiSms } from './solapi-sms.ts'
import { telegram } from './telegram.ts'

export const channels = {
  telegram: erase(telegram),
  'nhn-sms': erase(nhnSms),
  'solapi-sms': erase(solapiSms),
  'nhn-alimtalk': erase(nhnAlimtalk),
  'solapi-alimtalk': erase(solapiAlimtalk),
  slack: erase(slack),
  discord: erase(discord),
} satisfies Readonly<Record<ChannelName, Channel>>

/** The registry hands a channel only what its own schema parsed, so the engine need not know each secret's type. */
function erase<Secret>(channel: Channel<Secret>): Channel {
  return channel as unknown as Channel
}
