// Keeps secrets and whole phone numbers out of logs, answers and errors.

/** A recipient as people may see it: the first three and the last four characters of what is long enough to hide some. */
export function maskRecipient(recipient: string): string {
  return recipient.length < 10 ? `****${recipient.slice(-2)}` : `${recipient.slice(0, 3)}****${recipient.slice(-4)}`
}

/** A provider's words without any string that the secret holds, and without whatever looks like a phone number. */
export function redactReason(text: string, secret: unknown): string {
  return redactCode(text, secret).replace(/\+?\d[\d\s()./\u2010-\u2015-]{7,}\d/g, '****')
}

/** A provider's code or message id: long digits belong to it, the secret's strings do not. */
export function redactCode(text: string, secret: unknown): string {
  let out = text
  // The longest first: one that is part of another must not leave the other's end behind.
  const values = stringsIn(secret).sort((one, other) => other.length - one.length)
  for (const value of values) if (value.length > 3) out = out.replaceAll(value, '****')
  return out.slice(0, 200)
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
