// Discord's webhooks. Source: Discord's developer documentation («Execute Webhook», «Message Flags», «Rate Limits»).
import * as v from 'valibot'
import type { Line, Span } from '../words/message.ts'
import { type Answer, type Channel, jsonObject, type Outcome } from './channel.ts'
import { asCode, cutTo, marked } from './markup.ts'
import { webhookOutcome, webhookRecipients, webhookSecret } from './webhook.ts'

/** As each of Discord's apps copies it: the test versions' from hosts of their own, some with the API's version. */
const secret = webhookSecret(
  /^https:\/\/(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/(\d+)\/([\w-]+)$/,
  "a webhook's URL is expected, as https://discord.com/api/webhooks/000000/…",
)

export const discord: Channel<v.InferOutput<typeof secret>> = {
  name: 'discord',
  urlVariable: 'DISCORD_URL',
  url: 'https://discord.com',
  secret,
  recipients: webhookRecipients,
  sms: false,
  request: ({ url, secret, message }) => ({
    // Without wait an answer comes before the message is kept, and says nothing when it is not.
    url: `${address(url, secret)}?wait=true`,
    headers: { 'content-type': 'application/json' },
    // 4 is SUPPRESS_EMBEDS. Nobody is mentioned, whatever the text says.
    body: JSON.stringify({ content: content(message.lines), allowed_mentions: { parse: [] }, flags: 4 }),
  }),
  classify,
  // «Get Webhook with Token» gives the webhook, which has an id as a message has; it is a part of the secret.
  check: [
    {
      request: ({ url, secret }) => ({ url: address(url, secret), method: 'GET', headers: {} }),
      classify: (answer) => {
        const outcome = classify(answer)
        return outcome.outcome === 'accepted' ? { ...outcome, code: 'webhook' } : outcome
      },
    },
  ],
}

function address(url: string, { webhookUrl }: v.InferOutput<typeof secret>): string {
  return `${url}/api/webhooks/${webhookUrl.join('/')}`
}

function classify(answer: Answer): Outcome {
  return webhookOutcome(answer, (body) => {
    const parsed = v.safeParse(sendAnswer, jsonObject(body))
    const { id, message, retry_after } = parsed.success ? parsed.output : {}
    return { accepted: id ?? undefined, reason: message || undefined, wait: retry_after ?? undefined }
  })
}

const limit = 2000

/** Shortened by whole lines from the end; only a first line that is too long by itself is cut. */
function content(lines: readonly Line[]): string {
  const written = lines.map((line) => line.map(markdown).join(''))
  const upTo = (end: number) => [...written.slice(0, end), ...(end < written.length ? ['…'] : [])].join('\n')
  let end = written.length
  while (end > 1 && upTo(end).length > limit) end--
  return cutTo(upTo(end), limit)
}

/** A backslash makes a sign of markdown itself; inside an address it would become a part of it. */
function markdown({ text, style }: Span): string {
  if (style === 'foreign') return asCode(text)
  const escaped = text.replace(/https?:\/\/\S+|[\\*_~`|<>[\]#]/g, (found) => (found.length > 1 ? found : `\\${found}`))
  return style === 'bold' ? marked(escaped, '**') : escaped
}

const sendAnswer = v.object({
  id: v.nullish(v.pipe(v.string(), v.nonEmpty())),
  message: v.nullish(v.string()),
  retry_after: v.nullish(v.number()),
})
