// A Telegram Bot API with one bot and one chat, as strict as the real one. Descriptions are those of its published
// source unless a comment says otherwise.
import * as v from 'valibot'
import { type Call, jsonOf, type Provider, type Reply, serve } from './provider.ts'

export interface TelegramAccount {
  readonly token: string
  readonly chatId: string
  /** The id of the supergroup that the chat has become; from then on only that one takes messages. */
  readonly upgradedTo?: string
  readonly slowMs?: number
}

export function startTelegram(account: TelegramAccount): Promise<Provider> {
  const id = Number.parseInt(account.token, 10)
  const bot = { id, is_bot: true, first_name: 'Rehearsal', username: 'rehearsal_bot' }
  let lastMessageId = 0

  const methods = new Map<string, (call: Call) => Reply>([
    ['getme', () => succeed(bot)],
    ['getchat', (call) => inChat(call, ({ chat_id }) => succeed(chat(chat_id)))],
    ['sendmessage', (call) => inChat(call, (given) => send(call, given))],
  ])

  function answer(call: Call): Reply {
    const [, token, method] = /^\/bot([^/]+)\/([^/]+)$/.exec(call.path.replaceAll(/%3a/gi, ':')) ?? []
    if (token === undefined || method === undefined || !/^(GET|POST)$/.test(call.method)) return fail(404, 'Not Found')
    if (token !== account.token) return fail(401, 'Unauthorized')
    return methods.get(method.toLowerCase())?.(call) ?? fail(404, 'Not Found') // the source adds «: method not found»
  }

  function inChat(call: Call, next: (given: Arguments) => Reply): Reply {
    const given = argumentsOf(call)
    if ('status' in given) return given
    if (given.chat_id === '') return fail(400, 'Bad Request: chat_id is empty')
    if (given.chat_id === (account.upgradedTo ?? account.chatId)) return next(given)
    if (given.chat_id !== account.chatId) return fail(400, 'Bad Request: chat not found')
    return fail(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: Number(account.upgradedTo),
    })
  }

  function send(call: Call, { chat_id, text, parse_mode }: Arguments): Reply {
    if (parse_mode) return fail(400, 'Bad Request: unsupported parse_mode') // the rehearsal reads plain text only
    if (text.trim() === '') return fail(400, 'Bad Request: message text is empty')
    // Counted in UTF-16, which is the most that any way of counting comes to; which way is theirs is not attested.
    if (text.length > 4096) return fail(400, 'Bad Request: message is too long') // said by the servers behind the source
    if (call.mood === 'accepts-but-fails') return SAYS_NO_WITH_200
    const date = Math.floor(Date.now() / 1000)
    const sent = { message_id: ++lastMessageId, from: bot, chat: chat(chat_id), date, text }
    return { ...succeed(sent), delivered: [{ provider: 'telegram', recipient: chat_id, text }] }
  }

  const busy = fail(429, `Too Many Requests: retry after ${RETRY_AFTER}`, { retry_after: RETRY_AFTER })
  return serve(
    {
      answer,
      moods: {
        busy: { ...busy, headers: { 'retry-after': String(RETRY_AFTER) } },
        broken: fail(500, 'Internal Server Error'),
        refuses: fail(403, 'Forbidden: bot was blocked by the user'),
      },
    },
    account,
  )
}

const RETRY_AFTER = 1

/** The real one's HTTP status and error_code always agree; this is here so that every provider has every mood. */
const SAYS_NO_WITH_200: Reply = { ...fail(403, 'Forbidden: bot was kicked from the group chat'), status: 200 }

const Arguments = v.object({
  chat_id: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), ''),
  text: v.optional(v.string(), ''),
  parse_mode: v.optional(v.string()),
  link_preview_options: v.optional(v.object({ is_disabled: v.optional(v.boolean()) })),
})
type Arguments = v.InferOutput<typeof Arguments>

/** The query and a JSON body. The real one also takes forms; the rehearsal holds its channel to JSON. */
function argumentsOf(call: Call): Arguments | Reply {
  const body = call.body === '' ? {} : jsonOf(call)
  // The wording is not attested.
  if (!v.is(v.record(v.string(), v.unknown()), body)) return fail(400, "Bad Request: can't parse JSON object")
  const given = v.safeParse(Arguments, { ...Object.fromEntries(call.query), ...body })
  if (given.success) return given.output
  return fail(400, `Bad Request: wrong type of ${v.getDotPath(given.issues[0])}`) // not attested either
}

function chat(id: string) {
  const type = id.startsWith('-100') ? 'supergroup' : id.startsWith('-') ? 'group' : 'private'
  return { id: Number(id), type, title: 'Rehearsal' }
}

function succeed(result: object): Reply {
  return { status: 200, body: { ok: true, result } }
}

function fail(status: number, description: string, parameters?: object): Reply {
  return { status, body: { ok: false, error_code: status, description, ...(parameters && { parameters }) } }
}
