// A Telegram Bot API with one bot and one chat, as strict as the real one. Descriptions are those of its published
// source unless a comment says otherwise.
import * as v from 'valibot'
import { type Call, jsonOf, type Provider, type Reply, serve } from './provider.ts'

export interface TelegramAccount {
  readonly token: string
  readonly chatId: string
  /** The id of the supergroup that the chat has become, or becomes when it amends; then only that one takes messages. */
  readonly upgradedTo?: string
  /** Whether it refuses all formatting, as the real one does where ours has a fault that nobody thought of. */
  readonly plainOnly?: boolean
  /** The topic that is open, where the chat has topics; it takes messages that name no topic as well. */
  readonly topic?: number
  /** What everything that needs the right to write is refused with, while the bot may still look at the chat. */
  readonly refusesWrites?: { readonly status: number; readonly description: string; readonly parameters?: object }
  readonly slowMs?: number
}

export function startTelegram(account: TelegramAccount): Promise<Provider> {
  const id = Number.parseInt(account.token, 10)
  const bot = { id, is_bot: true, first_name: 'Rehearsal', username: 'rehearsal_bot' }
  let lastMessageId = 0

  const methods = new Map<string, (call: Call) => Reply>([
    ['getme', () => succeed(bot)],
    ['getchat', (call) => inChat(call, ({ chat_id }) => succeed(chat(chat_id)))],
    ['sendchataction', (call) => toWrite(call, ({ action }) => (action === 'typing' ? DONE : WRONG_ACTION))],
    ['sendmessage', (call) => toWrite(call, (given) => send(call, given))],
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
    if (given.chat_id === account.chatId || given.chat_id === supergroupOf(call)) return next(given)
    return fail(400, 'Bad Request: chat not found')
  }

  /** What only reads is answered where a message is refused: after an upgrade, a block or a removal. */
  function toWrite(call: Call, next: (given: Arguments) => Reply): Reply {
    return inChat(call, (given) => {
      const supergroup = supergroupOf(call)
      if (call.mood === 'refuses') return BLOCKED
      if (account.refusesWrites) {
        const { status, description, parameters } = account.refusesWrites
        return fail(status, description, parameters)
      }
      if (supergroup !== undefined && given.chat_id !== supergroup) {
        return fail(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
          migrate_to_chat_id: Number(supergroup),
        })
      }
      const topic = given.message_thread_id
      if (topic !== undefined && topic !== account.topic) return fail(400, 'Bad Request: message thread not found')
      return next(given)
    })
  }

  function supergroupOf({ mood }: Call): string | undefined {
    return account.upgradedTo ?? (mood === 'amends' ? SUPERGROUP : undefined)
  }

  function send(call: Call, { chat_id, text, parse_mode, entities }: Arguments): Reply {
    if (parse_mode) return fail(400, 'Bad Request: unsupported parse_mode') // the rehearsal reads plain text only
    // Half a character cannot be said in UTF-8.
    if (!text.isWellFormed()) return fail(400, 'Bad Request: strings must be encoded in UTF-8')
    if (text.trim() === '') return fail(400, 'Bad Request: message text is empty')
    // Counted in UTF-16, which is the most that any way of counting comes to; which way is theirs is not attested.
    if (text.length > 4096) return fail(400, 'Bad Request: message is too long') // said by the servers behind the source
    const wrong = account.plainOnly && entities.length > 0 ? 'unsupported' : judgeEntities(entities, text)
    if (wrong) return fail(400, `Bad Request: can't parse entities: ${wrong}`)
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
      },
    },
    account,
  )
}

const RETRY_AFTER = 1
const SUPERGROUP = '-1009999999999'

const BLOCKED = fail(403, 'Forbidden: bot was blocked by the user')
const DONE: Reply = { status: 200, body: { ok: true, result: true } }
const WRONG_ACTION = fail(400, 'Bad Request: wrong parameter action in request')

/** The real one's HTTP status and error_code always agree; this is here so that every provider has every mood. */
const SAYS_NO_WITH_200: Reply = { ...fail(403, 'Forbidden: bot was kicked from the group chat'), status: 200 }

const Arguments = v.object({
  chat_id: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), ''),
  message_thread_id: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(Number))),
  action: v.optional(v.string(), ''),
  text: v.optional(v.string(), ''),
  parse_mode: v.optional(v.string()),
  entities: v.optional(
    v.array(v.object({ type: v.picklist(['bold', 'code']), offset: v.number(), length: v.number() })),
    [],
  ),
  link_preview_options: v.optional(v.object({ is_disabled: v.optional(v.boolean()) })),
})
type Arguments = v.InferOutput<typeof Arguments>

/**
 * What is wrong with them, or nothing. The real one forgives some of this, or words it otherwise; a place outside of the
 * text or inside of a character is our fault all the same. Ours never overlap, so overlapping is one, too.
 */
function judgeEntities(entities: Arguments['entities'], text: string): string | undefined {
  let end = 0
  for (const { offset, length } of entities) {
    if (!Number.isInteger(offset) || !Number.isInteger(length) || length < 1) return 'wrong offset or length'
    if (offset < end) return 'entities overlap or are out of order'
    end = offset + length
    if (end > text.length) return 'entity ends outside of the text'
    if (!text.slice(offset, end).isWellFormed()) return 'entity begins or ends inside of a character'
  }
  return undefined
}

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
