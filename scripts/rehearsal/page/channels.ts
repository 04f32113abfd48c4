// How people call the channels; the same in both languages.
import type { ChannelName } from '../../../templates-src/config/schema.ts'

export const channelTitles = {
  telegram: 'Telegram',
  'nhn-sms': 'NHN SMS',
  'solapi-sms': 'SOLAPI SMS',
  'nhn-alimtalk': 'NHN AlimTalk',
  'solapi-alimtalk': 'SOLAPI AlimTalk',
  slack: 'Slack',
  discord: 'Discord',
} as const satisfies Record<ChannelName, string>

export function titleOf(channel: string): string {
  return (channelTitles as Readonly<Record<string, string>>)[channel] ?? channel
}
