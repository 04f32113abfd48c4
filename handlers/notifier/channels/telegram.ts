// Telegram's Bot API: `sendMessage` with entities. Source: tdlib/telegram-bot-api, Bot API 10.0.
import * as v from 'valibot'
import { type Line, plainText } from '../words/message.ts'
import { type Amend, type Answer, type Channel, jsonObject, type Outcome, unansweredOutcome } from './channel.ts'
import { cutTo, flat } from './markup.ts'
import { waitAsked } from './wait-asked.ts'

const secret = v.strictObject({
  token: v.pipe(v.string(), v.regex(/^\d+:[\w-]+$/, "a bot's token is expected, as 000000:letters")),
  chatId: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform(String),
    v.regex(/^(-?\d+|@\w+)$/, "a chat's id is expected, as -1000000000000 or @name"),
  ),
  /** A topic of a group that has topics. General, which is 1, is no thread to the Bot API. */
  messageThreadId: v.optional(
    v.pipe(
      v.union([v.string(), v.number()]),
      v.transform(String),
      v.regex(/^([2-9]|[1-9]\d+)$/, "a topic's number is expected, as 5; leave it out for General"),
      v.transform(Number),
    ),
  ),
})

export const telegram: Channel<v.InferOutput<typeof secret>> = {
  name: 'telegram',
  urlVariable: 'TELEGRAM_URL',
  url: 'https://api.telegram.org',
  secret,
  recipients: ({ chatId }) => [chatId],
  sms: false,
  request: ({ url, secret: { token, messageThreadId }, recipient, message, amend }) => {
    const lines = flat(message.lines)
    const text = cutTo(plainText(lines), 4096)
    return {
      url: `${url}/bot${token}/sendMessage`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        chat_id: amend.chatId ?? recipient,
        message_thread_id: messageThreadId, // left out by JSON where there is none
        text,
        ...(amend.plain ? {} : { entities: entities(lines, text.length) }),
        link_preview_options: { is_disabled: true },
      }),
    }
  },
  classify,
  // «typing…» for five seconds needs the right to write, as a message does. getMe and getChat need only that to read, and
  // pass where the bot is blocked or removed. Source: tdlib/telegram-bot-api.
  check: [
    {
      request: ({ url, secret: { token, messageThreadId }, recipient }) => ({
        url: `${url}/bot${token}/sendChatAction`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chat_id: recipient, message_thread_id: messageThreadId, action: 'typing' }),
      }),
      classify: (answer) => {
        const outcome = classify(answer)
        // An alert would get through to the group's new id, and a question is there to find that.
        return outcome.outcome === 'retryable' && outcome.again?.amend ? { ...outcome, outcome: 'permanent' } : outcome
      },
    },
  ],
}

interface Entity {
  readonly type: 'bold' | 'code'
  readonly offset: number
  readonly length: number
}

/**
 * Where the text is bold, or foreign and so code, in UTF-16 units as Telegram counts. Places instead of a parse_mode:
 * nothing in the text can break them, and inside code Telegram makes no link and no mention of what looks like one.
 */
function entities(lines: readonly Line[], end: number): readonly Entity[] {
  const found: Entity[] = []
  let offset = 0
  for (const line of lines) {
    for (const { text, style } of line) {
      const length = Math.min(text.length, end - offset)
      if (style && length > 0) found.push({ type: style === 'bold' ? 'bold' : 'code', offset, length })
      offset += text.length
    }
    offset += 1 // the line's end
  }
  return found
}

function classify(answer: Answer): Outcome {
  if ('unanswered' in answer) return unansweredOutcome(answer)
  const parsed = v.safeParse(sendAnswer, jsonObject(answer.body))
  const said = parsed.success ? parsed.output : undefined
  if (said?.ok && answer.status >= 200 && answer.status < 300)
    return { outcome: 'accepted', code: String(answer.status) }
  const status = said?.error_code ?? answer.status
  const [code, reason] = [String(status), said?.description ?? 'the answer does not parse']
  if (status === 429 || status >= 500) {
    return { outcome: 'retryable', code, reason, ...waitAsked(said?.parameters?.retry_after, answer.retryAfter) }
  }
  const amend = status === 400 ? askedFor(said) : undefined
  if (amend) return { outcome: 'retryable', code, reason: reason + toMend(amend), again: { amend } }
  return { outcome: status >= 400 || said?.ok === false ? 'permanent' : 'ambiguous', code, reason }
}

/** A group that became a supergroup has another id; text whose formatting is refused is sent without it. */
function askedFor(said: Said | undefined): Amend | undefined {
  const chatId = said?.parameters?.migrate_to_chat_id
  if (chatId) return { chatId: String(chatId) }
  return /entit/i.test(said?.description ?? '') ? { plain: true } : undefined
}

/** The id's end is enough to find the group by, and whole ids are kept out of logs. */
function toMend({ chatId }: Amend): string {
  return chatId === undefined ? '' : `; its new id ends in ${chatId.slice(-4)}: put that into the secret`
}

const sendAnswer = v.object({
  ok: v.boolean(),
  error_code: v.nullish(v.number()),
  description: v.nullish(v.string()),
  parameters: v.nullish(v.object({ retry_after: v.nullish(v.number()), migrate_to_chat_id: v.nullish(v.number()) })),
})
type Said = v.InferOutput<typeof sendAnswer>
