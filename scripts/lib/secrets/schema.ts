// What a channel's secret looks like in SSM: one JSON object a channel. `secrets` refuses others, `doctor` finds them.
// The function has its own, stricter words for the same fields; this is what can be told before it runs.
import * as v from 'valibot'
import type { ChannelName } from '../../../templates-src/config/schema.ts'

const text = v.pipe(v.string(), v.nonEmpty())
const url = v.pipe(v.string(), v.regex(/^https:\/\/\S+$/))
/** People write 010-0000-0000 and +82 10 0000 0000. */
const phone = v.pipe(v.string(), v.regex(/^\+?[\d\s()-]{8,20}$/))
const phones = v.pipe(v.array(phone), v.nonEmpty())

export const secretSchemas = {
  telegram: v.strictObject({ token: v.pipe(text, v.regex(/^\d+:[\w-]+$/)), chatId: v.union([text, v.number()]) }),
  'nhn-sms': v.strictObject({ appKey: text, secretKey: text, sender: phone, recipients: phones }),
  'solapi-sms': v.strictObject({ apiKey: text, apiSecret: text, sender: phone, recipients: phones }),
  'nhn-alimtalk': v.strictObject({
    appKey: text,
    secretKey: text,
    senderKey: text,
    templateCode: text,
    recipients: phones,
  }),
  'solapi-alimtalk': v.strictObject({
    apiKey: text,
    apiSecret: text,
    pfId: text,
    templateId: text,
    sender: v.optional(phone),
    recipients: phones,
  }),
  slack: v.strictObject({ webhookUrl: url }),
  discord: v.strictObject({ webhookUrl: url }),
} as const satisfies Readonly<Record<ChannelName, v.GenericSchema>>

export type SecretChannel = keyof typeof secretSchemas
export type Secret<Channel extends SecretChannel> = v.InferOutput<(typeof secretSchemas)[Channel]>

export type ReadSecret =
  | { readonly secret: unknown }
  /** Names fields and never values. */
  | { readonly wrong: string }

/** Reads a secret's JSON. What is wrong with it is told without any of it: parsers quote what they found. */
export function readSecret(channel: SecretChannel, written: string): ReadSecret {
  let value: unknown
  try {
    value = JSON.parse(written)
  } catch {
    return { wrong: 'is not JSON' }
  }
  const parsed = v.safeParse(secretSchemas[channel], value)
  if (parsed.success) return { secret: parsed.output }
  const fields = [...new Set(parsed.issues.map((issue) => v.getDotPath(issue) ?? 'the whole'))]
  const expected = Object.keys(secretSchemas[channel].entries).join(', ')
  return { wrong: `has wrong, missing or unknown fields: ${fields.join(', ')}; expected: ${expected}` }
}

/** The environment variable that holds a channel's JSON: ROOT_GUARD_NHN_SMS. */
export function variableOf(channel: string): string {
  return `ROOT_GUARD_${channel.toUpperCase().replaceAll('-', '_')}`
}

export function parameterOf(name: string, channel: string): string {
  return `/${name}/channels/${channel}`
}
