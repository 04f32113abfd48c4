// What may be attached to a report that others read: no whole account id, no phone number, no token, no address of a person. Pure.
import { secretValues } from '../github/masks.ts'
import { redacted } from '../github/redact.ts'

export function shareable(
  whole: string,
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
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), whole)
  const withoutTokens = tokens.reduce((rest, token) => rest.replaceAll(token, '***'), withoutSecrets)
  const withoutPeople = withoutTokens.replaceAll(session, '***').replaceAll(mailbox, '***@$1')
  const text = redacted(withoutPeople).replaceAll(numberAbroad, '***').replaceAll(numberAtHome, '***')
  return text.replaceAll(account, '************')
}

/** A shorter one is no secret, and its letters are everywhere. */
const shortestSecret = 6

const tokens = [
  // AWS's access keys, a bot's token at Telegram, and the secret part of the webhooks of Slack and Discord.
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b\d{6,12}:[A-Za-z0-9_-]{30,}/g,
  /(?<=hooks\.slack\.com\/)\S+/g,
  /(?<=discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/)\S+/g,
  // What signs a URL or names an account at NHN Cloud or SOLAPI, and a token that is signed.
  /(?<=X-Amz-(?:Credential|Security-Token|Signature)=)[^&\s]+/g,
  /(?<=appKeys?[/=])[\w-]+|(?<=apiKey=)[\w-]+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\bgh[a-z]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}/g,
]

// A person's name is in the session of a role. A mailbox's domain may have letters of any script.
const mailbox = /[\p{L}\w.+-]+@([\p{L}\w-]+(?:\.[\p{L}\w-]+)+)/gu
const session = /(?<=:assumed-role\/[\w+=,.@-]+\/)[\w+=,.@-]+/g
const numberAbroad = /(?<![\w+])\+[1-9]\d{6,13}(?!\w)/g
// Korean numbers that are no mobile phone's, as 02-000-0000 and 1588-0000.
const numberAtHome = /(?<![\w-])(?:0\d{1,2}-\d{3,4}|1[5-9]\d\d)-\d{4}(?![\w-])/g
