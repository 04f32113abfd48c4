// Who stands in for the message providers on this machine, and the sample accounts that they know. Nothing of AWS in here, so that
// it is there before AWS's SDK is loaded.
import type { ChannelName } from '../../templates-src/config/schema.ts'
import { startDiscord } from './providers/discord.ts'
import { startNhnKakao } from './providers/nhn-kakao.ts'
import { startNhnSms } from './providers/nhn-sms.ts'
import type { Provider } from './providers/provider.ts'
import { startSlack } from './providers/slack.ts'
import { startSolapi } from './providers/solapi.ts'
import { startTelegram } from './providers/telegram.ts'

/** By channel. SOLAPI's two are faces of one server, since they have one address. */
export type Providers = Readonly<Record<ChannelName, Provider>>

/** Sample accounts: the providers of the rehearsal know these and no others. */
export const sampleSecrets = {
  telegram: { token: '100000:rehearsal-bot-token', chatId: '-1000000000001' },
  'nhn-sms': {
    appKey: 'rehearsalAppKey',
    secretKey: 'rehearsalSecretKey',
    sender: '02-000-0000',
    recipients: ['010-0000-0000'],
  },
  'solapi-sms': {
    apiKey: 'REHEARSALAPIKEY',
    apiSecret: 'REHEARSALAPISECRET',
    sender: '02-000-0000',
    recipients: ['010-0000-0000'],
  },
  'nhn-alimtalk': {
    appKey: 'rehearsalKakaoAppKey',
    secretKey: 'rehearsalKakaoSecretKey',
    senderKey: 'rehearsalSenderKey',
    templateCode: 'root-guard',
    recipients: ['010-0000-0000'],
  },
  'solapi-alimtalk': {
    apiKey: 'REHEARSALAPIKEY',
    apiSecret: 'REHEARSALAPISECRET',
    pfId: 'KA01PF000000',
    templateId: 'KA01TP000000',
    recipients: ['010-0000-0000'],
  },
  slack: { webhookUrl: 'https://hooks.slack.com/services/TREHEARSAL/BREHEARSAL/rehearsalWebhook' },
  discord: { webhookUrl: 'https://discord.com/api/webhooks/100000000000000000/rehearsal-webhook' },
} satisfies Record<ChannelName, object>

/** The Korean text that docs/channels.md asks to register. */
export const kakaoTemplate = `[#{title}]
무엇: #{what}
누가: #{who}
어디서: #{from}
언제: #{when}
계정: #{account}
할 일: #{todo}`

export async function startProviders(): Promise<Providers> {
  const { telegram, 'nhn-sms': nhn, 'nhn-alimtalk': kakao, 'solapi-sms': solapi, slack, discord } = sampleSecrets
  const digits = (number: string) => number.replaceAll('-', '')
  const { pfId, templateId } = sampleSecrets['solapi-alimtalk']
  return {
    telegram: await startTelegram(telegram),
    'nhn-sms': await startNhnSms({ ...nhn, sender: digits(nhn.sender) }),
    'nhn-alimtalk': await startNhnKakao({ ...kakao, template: kakaoTemplate }),
    ...(await startSolapi({ ...solapi, sender: digits(solapi.sender), pfId, templateId, template: kakaoTemplate })),
    slack: await startSlack(slack),
    discord: await startDiscord(discord),
  }
}

/** A channel without its variable here would call its real provider, so each must have one. */
export const urlVariables: Readonly<Record<ChannelName, string>> = {
  telegram: 'TELEGRAM_URL',
  'nhn-sms': 'NHN_SMS_URL',
  'solapi-sms': 'SOLAPI_URL',
  'nhn-alimtalk': 'NHN_KAKAO_URL',
  'solapi-alimtalk': 'SOLAPI_URL',
  slack: 'SLACK_URL',
  discord: 'DISCORD_URL',
}
