// Telegram's Bot API: `sendMessage` as plain text. Source: tdlib/telegram-bot-api, Bot API 10.0.
import * as v from 'valibot'
import { type Answer, type Channel, jsonObject, type Outcome, unansweredOutcome } from './channel.ts'

const secret = v.object({
  token: v.pipe(v.string(), v.regex(/^\d+:[\w-]+$/, "a bot's token is expected, as 000000:letters")),
  chatId: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform(String),
    v.regex(/^(-?\d+|@\w+)$/, "a chat's id is expected, as -1000000000000 or @name"),
  ),
})

export const telegram: Channel<v.InferOutput<typeof secret>> = {
  name: 'telegram',
  urlVariable: 'TELEGRAM_URL',
  url: 'https://api.telegram.org',
  secret,
  recipients: ({ chatId }) => [chatId],
  text: 'long',
  request: ({ url, secret: { token }, recipient, text }) => ({
    url: `${url}/bot${token}/sendMessage`,
    headers: { 'content-type': 'application/json' },
    // No parse_mode: what root's user agent says cannot become markup.
    body: JSON.stringify({ chat_id: recipient, text, link_preview_options: { is_disabled: true } }),
  }),
  classify,
}

function classify(answer: Answer): Outcome {
  if ('unanswered' in answer) return unansweredOutcome(answer)
  const parsed = v.safeParse(sendAnswer, jsonObject(answer.body))
  const said = parsed.success ? parsed.output : undefined
  if (said?.ok && answer.status >= 200 && answer.status < 300)
    return { outcome: 'accepted', code: String(answer.status) }
  const status = said?.error_code ?? answer.status
  const reason = said?.description ?? 'the answer does not parse'
  return { outcome: outcomeOf(status), code: String(status), reason }
}

function outcomeOf(status: number): 'retryable' | 'permanent' | 'ambiguous' {
  if (status === 429 || status >= 500) return 'retryable'
  return status >= 400 ? 'permanent' : 'ambiguous'
}

const sendAnswer = v.object({
  ok: v.boolean(),
  error_code: v.nullish(v.number()),
  description: v.nullish(v.string()),
})
