// The accounts that the stand-in providers of the tests know.
export const TOKEN = '1111:sample-token'
export const CHAT = '-1111'
export const APP_KEY = 'sample-app-key'
export const API_KEY = 'SAMPLEAPIKEY'
export const SECRET = 'SECRET'
export const SENDER = '0200000000'
export const PHONE = '01000000000'
export const TEMPLATE = '[#{title}] #{what}'

export const ACCOUNTS = {
  telegram: { token: TOKEN, chatId: CHAT },
  nhnSms: { appKey: APP_KEY, secretKey: SECRET, sender: SENDER },
  nhnKakao: {
    appKey: APP_KEY,
    secretKey: SECRET,
    senderKey: 'sample-sender-key',
    templateCode: 'sample',
    template: TEMPLATE,
  },
  solapi: {
    apiKey: API_KEY,
    apiSecret: SECRET,
    sender: SENDER,
    pfId: 'KA01PF-sample',
    templateId: 'KA01TP-sample',
    template: TEMPLATE,
  },
  slack: { webhookUrl: 'https://hooks.slack.com/services/TSAMPLE/BSAMPLE/sample' },
  discord: { webhookUrl: 'https://discord.com/api/webhooks/1000/sample' },
} as const
