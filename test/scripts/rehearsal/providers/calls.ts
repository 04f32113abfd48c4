// Talks to the stand-in providers over HTTP, as a client that does everything right unless a test says otherwise.
import { createHmac, randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import { startNhnSms } from '../../../../scripts/rehearsal/providers/nhn-sms.ts'
import type { Provider } from '../../../../scripts/rehearsal/providers/provider.ts'
import { startSolapiSms } from '../../../../scripts/rehearsal/providers/solapi-sms.ts'
import { startTelegram } from '../../../../scripts/rehearsal/providers/telegram.ts'

export const TOKEN = '1111:sample-token'
export const CHAT = '-1111'
export const APP_KEY = 'sample-app-key'
export const API_KEY = 'SAMPLEAPIKEY'
export const SECRET = 'SECRET'
export const SENDER = '0200000000'
export const PHONE = '01000000000'

/** Each provider, and one message that it takes. */
export const STARTED = {
  telegram: {
    start: () => startTelegram({ token: TOKEN, chatId: CHAT, slowMs: 20 }),
    send: (provider: Provider) => telegram(provider, 'sendMessage', { chat_id: CHAT, text: 'root signed in' }),
  },
  'nhn-sms': {
    start: () => startNhnSms({ appKey: APP_KEY, secretKey: SECRET, sender: SENDER, slowMs: 20 }),
    send: (provider: Provider) => nhn(provider, {}),
  },
  'solapi-sms': {
    start: () => startSolapiSms({ apiKey: API_KEY, apiSecret: SECRET, sender: SENDER, slowMs: 20 }),
    send: (provider: Provider) => solapi(provider, {}),
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

export function nhn({ url }: Provider, changes: object): Promise<Answer> {
  const body = { body: 'root signed in', sendNo: SENDER, recipientList: [{ recipientNo: PHONE }], ...changes }
  return ask(`${url}/sms/v3.0/appKeys/${APP_KEY}/sender/sms`, body, { 'x-secret-key': SECRET })
}

export function text(changes: object) {
  return { to: PHONE, from: SENDER, text: 'root signed in', type: 'SMS', ...changes }
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
  const answered: unknown = await response.json()
  const at = (...path: string[]) =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answered)
  return { status: response.status, headers: response.headers, body: answered, at }
}
