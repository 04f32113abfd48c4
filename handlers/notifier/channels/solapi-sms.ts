// SOLAPI's messages v4. Sources: solapi/solapi-nodejs v6.0.1 and SOLAPI's developer documentation. A 2xx can be a total
// failure, and the HTTP status of a refusal is not dependable, so the outcome is read from the body's own codes.
import { createHmac } from 'node:crypto'
import * as v from 'valibot'
import { type Answer, type Channel, jsonObject, type Outcome, unansweredOutcome } from './channel.ts'
import { phoneNumber, senderNumber } from './phone-number.ts'

const secret = v.object({
  apiKey: v.pipe(v.string(), v.regex(/^\w+$/, 'an API key is expected: letters and digits')),
  apiSecret: v.pipe(v.string(), v.nonEmpty()),
  sender: senderNumber,
  recipients: v.pipe(v.array(phoneNumber), v.nonEmpty()),
})

export const solapiSms: Channel<v.InferOutput<typeof secret>> = {
  name: 'solapi-sms',
  urlVariable: 'SOLAPI_URL',
  url: 'https://api.solapi.com',
  secret,
  recipients: ({ recipients }) => recipients,
  text: 'sms',
  request: ({ url, secret: { apiKey, apiSecret, sender }, recipient, text, alertId, now, salt }) => ({
    url: `${url}/messages/v4/send-many/detail`,
    headers: { 'content-type': 'application/json', authorization: authorization(apiKey, apiSecret, now, salt) },
    // customFields come back with GET /messages/v4/list: the only way to find a message by its alert.
    body: JSON.stringify({
      messages: [{ to: recipient, from: sender, text, type: 'SMS', customFields: { alertId } }],
      showMessageList: true,
    }),
  }),
  classify,
}

/** `signature = hex(HMAC-SHA256(secret, date + salt))`; the body is not signed, and a signature is good for one use. */
export function authorization(apiKey: string, apiSecret: string, now: Date, salt: string): string {
  const date = now.toISOString()
  const signature = createHmac('sha256', apiSecret).update(`${date}${salt}`).digest('hex')
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`
}

/** Worth another try, which is signed afresh; 1024 is SOLAPI's own "try again". */
const retryableCodes = new Set(['1024', 'RequestTimeTooSkewed', 'DuplicatedSignature'])

function classify(answer: Answer): Outcome {
  if ('unanswered' in answer) return unansweredOutcome(answer)
  const body = v.safeParse(sendAnswer, jsonObject(answer.body))
  const said = body.success ? body.output : {}
  const failed = said.failedMessageList?.[0]
  if (said.errorCode) return refusal(said.errorCode, said.errorMessage ?? '', answer.status)
  if (failed !== undefined) return refusal(failed.statusCode, failed.statusMessage ?? '', answer.status)
  if (answer.status >= 200 && answer.status < 300 && (said.groupInfo?.count.registeredSuccess ?? 0) > 0) {
    return { outcome: 'accepted', code: said.groupInfo?.groupId ?? '2000' }
  }
  if ((said.groupInfo?.count.registeredFailed ?? 0) > 0)
    return refusal('registeredFailed', 'no reason given', answer.status)
  return refusal('', 'the answer does not parse', answer.status)
}

function refusal(code: string, reason: string, status: number): Outcome {
  return { outcome: refusalOutcome(code, status), code: code || String(status), reason }
}

function refusalOutcome(code: string, status: number): 'retryable' | 'permanent' | 'ambiguous' {
  if (status === 429 || status === 503 || retryableCodes.has(code)) return 'retryable'
  if (status >= 500) return 'ambiguous'
  if (status < 400 && code === '') return 'ambiguous'
  return 'permanent'
}

const sendAnswer = v.object({
  errorCode: v.nullish(v.string()),
  errorMessage: v.nullish(v.string()),
  failedMessageList: v.nullish(v.array(v.object({ statusCode: v.string(), statusMessage: v.nullish(v.string()) }))),
  groupInfo: v.nullish(
    v.object({
      groupId: v.nullish(v.string()),
      count: v.object({ registeredSuccess: v.nullish(v.number()), registeredFailed: v.nullish(v.number()) }),
    }),
  ),
})
