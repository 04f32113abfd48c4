// What may be attached to a report that others read: no whole account id, no phone number, no token, no address of a person. Pure.
import { secretValues } from '../github/masks.ts'
import { redacted } from '../github/redact.ts'

export function shareable(
  text: string,
  account: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const { AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = environment
  const secrets = [...secretValues(environment), AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN].filter(
    (value) => value.length >= shortestSecret,
  )
  // The longest first, so that none leaves the rest of another one behind.
  const withoutSecrets = secrets
    .sort((one, other) => other.length - one.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  const withoutTokens = tokens.reduce((rest, token) => rest.replaceAll(token, '***'), withoutSecrets)
  return redacted(withoutTokens.replaceAll(mailbox, '***@$1')).replaceAll(account, '************')
}

/** A shorter one is no secret, and its letters are everywhere. */
const shortestSecret = 6

const tokens = [
  // AWS's access keys, a bot's token at Telegram, and the secret part of the webhooks of Slack and Discord.
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b\d{6,12}:[A-Za-z0-9_-]{30,}/g,
  /(?<=hooks\.slack\.com\/services\/)\S+/g,
  /(?<=discord(?:app)?\.com\/api\/webhooks\/)\S+/g,
  /\bgh[a-z]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}/g,
]

const mailbox = /[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g
