// Talks to the stand-in providers over HTTP, as a client that does everything right unless a test says otherwise.
import { createHmac, randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import { startDiscord } from '../../../../scripts/rehearsal/providers/discord.ts'
import { startNhnKakao } from '../../../../scripts/rehearsal/providers/nhn-kakao.ts'
import { startNhnSms } from '../../../../scripts/rehearsal/providers/nhn-sms.ts'
import type { Provider } from '../../../../scripts/rehearsal/providers/provider.ts'
import { startSlack } from '../../../../scripts/rehearsal/providers/slack.ts'
import { startSolapi } from '../../../../scripts/rehearsal/providers/solapi.ts'
import { startTelegram } from '../../../../scripts/rehearsal/providers/telegram.ts'
import { ACCOUNTS, API_KEY, APP_KEY, CHAT, PHONE, SECRET, SENDER, TOKEN } from './accounts.ts'

const slowMs = 20

/** Each provider, and one message that it takes: «root signed in». */
export const STARTED = {
  telegram: {
    start: () => startTelegram({ ...ACCOUNTS.telegram, slowMs }),
    send: (provider: Provider) => telegram(provider, 'sendMessage', said('root signed in')),
  },
  'nhn-sms': {
    start: () => startNhnSms({ ...ACCOUNTS.nhnSms, slowMs }),
    send: (provider: Provider) => nhn(provider, {}),
  },
  'nhn-alimtalk': {
    start: () => startNhnKakao({ ...ACCOUNTS.nhnKakao, template: '#{title} #{what}', slowMs }),
    send: (provider: Provider) => kakao(provider, {}),
  },
  'solapi-sms': {
    start: async () => (await startSolapi({ ...ACCOUNTS.solapi, slowMs }))['solapi-sms'],
    send: (provider: Provider) => solapi(provider, {}),
  },
  'solapi-alimtalk': {
    start: async () =>
      (await startSolapi({ ...ACCOUNTS.solapi, template: '#{title} #{what}', slowMs }))['solapi-alimtalk'],
    send: (provider: Provider) => solapiAsk(provider, '/messages/v4/send-many/detail', { messages: [talk({})] }),
  },
  slack: {
    start: () => startSlack({ ...ACCOUNTS.slack, slowMs }),
    send: (provider: Provider) => slack(provider, { text: 'root signed in' }),
  },
  discord: {
    start: () => startDiscord({ ...ACCOUNTS.discord, slowMs }),
    send: (provider: Provider) => discord(provider, { content: 'root signed in' }),
  },
}

/** A suite whose tests each get a provider of their own, closed after. */
export function withProvider(name: string, start: () => Promise<Provider>) {
  const tests = suite(name)
  const add = (sentence: string, run: (provider: Provider) => Promise<void>) =>
    tests(sentence, async () => {
      const provider = await start()
      await run(provider).finally(provider.close)
    })
  return Object.assign(add, { run: () => tests.run() })
}

export function said(text: string) {
  return { chat_id: CHAT, text }
}

export function telegram({ url }: Provider, method: string, body: unknown): Promise<Answer> {
  return ask(`${url}/bot${TOKEN}/${method}`, body)
}

export function nhn({ url }: Provider, changes: object, kind = 'sms'): Promise<Answer> {
  const body = { body: 'root signed in', sendNo: SENDER, recipientList: [{ recipientNo: PHONE }], ...changes }
  return ask(`${url}/sms/v3.0/appKeys/${APP_KEY}/sender/${kind}`, body, { 'x-secret-key': SECRET })
}

export const kakaoMessages = `/alimtalk/v2.3/appkeys/${APP_KEY}/messages`

export function kakao({ url }: Provider, changes: object, headers: Record<string, string> = {}): Promise<Answer> {
  const { senderKey, templateCode } = ACCOUNTS.nhnKakao
  const body = { senderKey, templateCode, recipientList: [kakaoRecipient({})], ...changes }
  return ask(`${url}${kakaoMessages}`, body, { 'x-secret-key': SECRET, ...headers })
}

export function kakaoRecipient(changes: object) {
  const templateParameter = { title: 'root', what: 'signed in' }
  return { recipientNo: PHONE, templateParameter, resendParameter: { isResend: false }, ...changes }
}

export function slack({ url }: Provider, body: unknown): Promise<Answer> {
  return ask(url + new URL(ACCOUNTS.slack.webhookUrl).pathname, body)
}

export function discord({ url }: Provider, body: unknown, query = '?wait=true'): Promise<Answer> {
  return ask(url + new URL(ACCOUNTS.discord.webhookUrl).pathname + query, body)
}

export function text(changes: object) {
  return { to: PHONE, from: SENDER, text: 'root signed in', type: 'SMS', ...changes }
}

/** An AlimTalk. */
export function talk(options: object, changes: object = {}) {
  const { pfId, templateId } = ACCOUNTS.solapi
  const variables = { '#{title}': 'root', '#{what}': 'signed in' }
  return {
    to: PHONE,
    type: 'ATA',
    kakaoOptions: { pfId, templateId, variables, disableSms: true, ...options },
    ...changes,
  }
}

export function solapi(provider: Provider, changes: object): Promise<Answer> {
  return solapiAsk(provider, '/messages/v4/send-many/detail', { messages: [text(changes)] })
}

export function solapiAsk({ url }: Provider, path: string, body?: unknown): Promise<Answer> {
  return ask(`${url}${path}`, body, { authorization: signed({}) })
}

export function signed({
  key = API_KEY,
  secret = SECRET,
  date = minutesFromNow(0),
  salt = randomUUID() as string,
}): string {
  const signature = createHmac('sha256', secret).update(date).update(salt).digest('hex')
  return `HMAC-SHA256 apiKey=${key}, date=${date}, salt=${salt}, signature=${signature}`
}

export function minutesFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString()
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
  /** What the body has at this path. */
  at(...path: string[]): unknown
}

export async function ask(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const post = { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }
  const type = { 'content-type': 'application/json' }
  const response = await fetch(url, { ...(body !== undefined && post), headers: { ...type, ...headers } })
  const written = await response.text()
  const answered: unknown = response.headers.get('content-type')?.includes('json') ? parsed(written) : written
  const at = (...path: string[]) =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answered)
  return { status: response.status, headers: response.headers, body: answered, at }
}

/** An empty body is no JSON either, whatever its header says. */
function parsed(written: string): unknown {
  return written === '' ? '' : JSON.parse(written)
}
