// SOLAPI's eye for signatures: who signed, with which clock, and whether the signature was good once already.
import { createHmac } from 'node:crypto'

export interface SolapiKeys {
  readonly apiKey: string
  readonly apiSecret: string
}

export interface SignatureFault {
  readonly status: 400 | 403
  readonly errorCode: string
}

/** Says nothing to a good one, and remembers it, for it is good once. `now` is what SOLAPI's clock shows. */
export function signatureJudge({ apiKey, apiSecret }: SolapiKeys) {
  const used = new Map<string, number>()
  return (authorization: string, now: number): SignatureFault | undefined => {
    const { key, date, salt, signature } = AUTHORIZATION.exec(authorization)?.groups ?? {}
    // What an unreadable header is answered is not attested.
    if (!date || !salt || !signature || Number.isNaN(Date.parse(date))) return fault(403, 'InvalidAuthorization')
    if (key !== apiKey) return fault(403, 'InvalidAPIKey')
    if (Math.abs(now - Date.parse(date)) > FIFTEEN_MINUTES) return fault(403, 'RequestTimeTooSkewed')
    // Documented as a 403; a 400 is what was seen.
    const expected = createHmac('sha256', apiSecret)
      .update(date + salt)
      .digest('hex')
    if (signature !== expected) return fault(400, 'SignatureDoesNotMatch')
    if (Date.now() - (used.get(signature) ?? 0) < FIFTEEN_MINUTES) return fault(403, 'DuplicatedSignature')
    used.set(signature, Date.now())
    return undefined
  }
}

const FIFTEEN_MINUTES = 15 * 60_000
const DATE = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)`
const AUTHORIZATION = new RegExp(
  String.raw`^HMAC-SHA256 apiKey=(?<key>[^,\s]+), ?date=(?<date>${DATE}), ?` +
    String.raw`salt=(?<salt>[^,\s]{12,64}), ?signature=(?<signature>[0-9a-f]{64})$`,
)

function fault(status: 400 | 403, errorCode: string): SignatureFault {
  return { status, errorCode }
}
