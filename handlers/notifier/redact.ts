// Keeps secrets and whole phone numbers out of logs, answers and errors.

/** A recipient as people may see it: the first three and the last four characters of what is long enough to hide some. */
export function maskRecipient(recipient: string): string {
  return recipient.length < 10 ? `****${recipient.slice(-2)}` : `${recipient.slice(0, 3)}****${recipient.slice(-4)}`
}

/** The text without any string that the secret holds, and without whatever looks like a phone number. */
export function redact(text: string, secret: unknown): string {
  let out = text
  for (const value of stringsIn(secret)) if (value.length > 3) out = out.replaceAll(value, '****')
  return out.replace(/\+?\d[\d\s-]{7,}\d/g, '****').slice(0, 200)
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
