// Where the channels' secrets come from and where they lie. What is in them is each channel's own schema.
import { channels } from '../../../handlers/notifier/channels/registry.ts'
import type { ChannelName } from '../../../templates-src/config/schema.ts'

/** All channels that have a secret, in the registry's order. */
export const secretChannels = Object.keys(channels) as readonly ChannelName[]

/** The fields of a channel's secret, for people: `token, chatId, messageThreadId`. */
export function fieldsOf(channel: ChannelName): string {
  return Object.keys(channels[channel].secret.entries).join(', ')
}

/** The environment variable that holds a channel's JSON: ROOT_GUARD_NHN_SMS. */
export function variableOf(channel: string): string {
  return `ROOT_GUARD_${channel.toUpperCase().replaceAll('-', '_')}`
}

export function parameterOf(name: string, channel: string): string {
  return `/${name}/channels/${channel}`
}
