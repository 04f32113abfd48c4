// A Discord server with one webhook. Codes and messages are those of Discord's documentation unless a comment says
// otherwise.
import * as v from 'valibot'
import { type Call, jsonOf, type Provider, type Reply, serve } from './provider.ts'

export interface DiscordAccount {
  readonly webhookUrl: string
  readonly slowMs?: number
}

export function startDiscord(account: DiscordAccount): Promise<Provider> {
  const [, , , id = '', token = ''] = new URL(account.webhookUrl).pathname.split('/')
  let messages = 0

  function answer(call: Call): Reply {
    const [, webhook, key] = /^\/api\/webhooks\/(\d+)\/([\w-]+)$/.exec(call.path) ?? []
    if (webhook === undefined) return fail(404, 0, '404: Not Found')
    if (webhook !== id) return fail(404, 10015, 'Unknown Webhook')
    if (key !== token) return fail(401, 50027, 'Invalid Webhook Token')
    if (call.method === 'GET') return { status: 200, body: { id, token, type: 1, name: 'Rehearsal', channel_id: '1' } }
    if (call.method !== 'POST') return fail(405, 0, '405: Method Not Allowed')
    const given = jsonOf(call)
    if (given === undefined) return fail(400, 50109, 'The request body contains invalid JSON.')
    const parsed = v.safeParse(Execution, given)
    if (!parsed.success) return fail(400, 50035, 'Invalid Form Body')
    const { content, allowed_mentions } = parsed.output
    if (content.trim() === '') return fail(400, 50006, 'Cannot send an empty message')
    // Without wait nobody hears of a failure, nor gets the message back.
    if (call.query.get('wait') !== 'true') return { status: 204, body: '' }
    if (call.mood === 'accepts-but-fails') return { ...fail(400, 50035, 'Invalid Form Body'), status: 200 } // never seen
    const shown = asShown(content, allowed_mentions?.parse.includes('everyone') ?? true)
    const message = { id: String(++messages), type: 0, content, webhook_id: id }
    return { status: 200, body: message, delivered: [{ provider: 'discord', recipient: 'webhook', text: shown }] }
  }

  const limited = { message: 'You are being rate limited.', retry_after: 0.25, global: false }
  return serve(
    {
      answer,
      moods: {
        busy: { status: 429, headers: { 'retry-after': '1' }, body: limited },
        broken: fail(500, 0, '500: Internal Server Error'),
        refuses: fail(404, 10015, 'Unknown Webhook'),
      },
    },
    account,
  )
}

/** Which way of counting the 2,000 characters are theirs is not attested: UTF-16 is the most that any comes to. */
const Execution = v.object({
  content: v.optional(v.pipe(v.string(), v.maxLength(2000)), ''),
  allowed_mentions: v.optional(v.object({ parse: v.array(v.picklist(['roles', 'users', 'everyone'])) })),
  // Of all flags a webhook may set SUPPRESS_EMBEDS and SUPPRESS_NOTIFICATIONS.
  flags: v.optional(v.picklist([0, 1 << 2, 1 << 12, (1 << 2) | (1 << 12)])),
})

/** Without the signs of bold and code and the backslashes, and with «…» around what rang everybody's phone. */
function asShown(content: string, everyone: boolean): string {
  const told = everyone ? content.replace(/@(everyone|here)/g, '«@$1»') : content
  return told.replace(/`([^`\n]+)`|\\([^\w\s])|\*\*/g, (_, code, sign) => code ?? sign ?? '')
}

function fail(status: number, code: number, message: string): Reply {
  return { status, body: { message, code } }
}
