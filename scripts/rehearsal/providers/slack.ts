// A Slack workspace with one incoming webhook. It answers in words, not in JSON; words and statuses are those of Slack's
// documentation («Handling errors» of incoming webhooks) unless a comment says otherwise.
import * as v from 'valibot'
import { type Call, jsonOf, type Provider, type Reply, serve } from './provider.ts'

export interface SlackAccount {
  readonly webhookUrl: string
  readonly slowMs?: number
}

export function startSlack(account: SlackAccount): Promise<Provider> {
  const { pathname } = new URL(account.webhookUrl)

  function answer(call: Call): Reply {
    if (call.path !== pathname) return say(404, 'no_service')
    if (call.method !== 'POST') return say(405, 'method_not_allowed') // not attested
    const parsed = v.safeParse(Payload, jsonOf(call))
    if (!parsed.success) return say(400, 'invalid_payload')
    const { text } = parsed.output
    if (text.trim() === '') return say(400, 'no_text')
    // The real one cuts it there; it is refused here since no alert of ours is near.
    if (text.length > 40_000) return say(400, 'invalid_payload')
    if (call.mood === 'accepts-but-fails') return say(200, 'channel_not_found') // a 404 of the real one
    return { ...say(200, 'ok'), delivered: [{ provider: 'slack', recipient: 'webhook', text: asShown(text) }] }
  }

  return serve(
    {
      answer,
      moods: {
        // The word of a 429 is not attested; the header is.
        busy: { ...say(429, 'rate_limited'), headers: { 'content-type': 'text/html', 'retry-after': '1' } },
        broken: say(500, 'rollup_error'),
        refuses: say(403, 'action_prohibited'),
      },
    },
    account,
  )
}

const Payload = v.object({
  text: v.optional(v.string(), ''),
  unfurl_links: v.optional(v.boolean()),
  unfurl_media: v.optional(v.boolean()),
})

/** Without the signs of bold and code, and with «…» around what became a link or a mention, since it stood in < >. */
function asShown(text: string): string {
  return text
    .replace(/<([^<>]*)>/g, '«$1»')
    .replace(/`([^`\n]+)`|(?<![^\s(])\*([^*\n]+)\*/g, (_, code, bold) => code ?? bold)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function say(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/html' }, body }
}
