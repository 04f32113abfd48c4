// Slack's incoming webhooks. Source: Slack's developer documentation («Sending messages using incoming webhooks»,
// «Formatting text for app surfaces»).
import type { InferOutput } from 'valibot'
import type { Span } from '../words/message.ts'
import type { Channel } from './channel.ts'
import { asCode, cutTo, marked } from './markup.ts'
import { webhookOutcome, webhookRecipients, webhookSecret } from './webhook.ts'

const secret = webhookSecret(
  /^https:\/\/hooks\.slack\.com\/services\/(\w+)\/(\w+)\/(\w+)$/,
  "a webhook's URL is expected, as https://hooks.slack.com/services/T…/B…/…",
)

export const slack: Channel<InferOutput<typeof secret>> = {
  name: 'slack',
  urlVariable: 'SLACK_URL',
  url: 'https://hooks.slack.com',
  secret,
  recipients: webhookRecipients,
  sms: false,
  request: ({ url, secret, message }) => ({
    url: `${url}/services/${secret.webhookUrl.join('/')}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      text: cutTo(message.lines.map((line) => line.map(mrkdwn).join('')).join('\n'), 40_000),
      unfurl_links: false,
      unfurl_media: false,
    }),
  }),
  // The one word of success; a word that is not it is why not.
  classify: (answer) =>
    webhookOutcome(answer, (body) => ({
      accepted: body === 'ok' ? body : undefined,
      reason: /^\w{1,80}$/.test(body) ? body : undefined,
    })),
}

/** Links and mentions are written in < >, so where these are escaped nothing becomes one. */
function mrkdwn({ text, style }: Span): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  if (style === 'foreign') return asCode(escaped)
  return style === 'bold' ? marked(escaped.replaceAll('*', ''), '*') : escaped
}
