// What SOLAPI's SMS and AlimTalk have in common: messages v4. Sources: solapi/solapi-nodejs v6.0.1 and SOLAPI's developer
// documentation. A 2xx can be a total failure, and the HTTP status of a refusal is not dependable, so the outcome is
// read from the body's own codes.
import { createHmac } from 'node:crypto'
import * as v from 'valibot'
import {
  type Accepted,
  type Answer,
  type Asking,
  type ChannelDelivery,
  type ChannelRequest,
  jsonObject,
  type Outcome,
  type Question,
  type Receipt,
  unansweredOutcome,
} from './channel.ts'
import { phoneNumbers } from './phone-number.ts'
import { waitAsked } from './wait-asked.ts'

/** The part of a secret that both have. The key becomes a part of a header. */
export const solapiSecret = {
  apiKey: v.pipe(v.string(), v.regex(/^\w+$/, 'an API key is expected: letters and digits')),
  apiSecret: v.pipe(v.string(), v.nonEmpty('an API secret is expected')),
  recipients: phoneNumbers,
}
interface Keys {
  readonly apiKey: string
  readonly apiSecret: string
}

export function solapiRequest(delivery: ChannelDelivery<Keys>, message: object): ChannelRequest {
  const { url, secret, recipient, alertId, now, salt, amend } = delivery
  return {
    url: `${url}/messages/v4/send-many/detail`,
    headers: headers(secret, amend.now ?? now, salt),
    // customFields come back with GET /messages/v4/list: the only way to find a message by its alert.
    body: JSON.stringify({
      messages: [{ to: recipient, ...message, customFields: { alertId } }],
      showMessageList: true,
    }),
  }
}

function headers({ apiKey, apiSecret }: Keys, now: Date, salt: string): Readonly<Record<string, string>> {
  return { 'content-type': 'application/json', authorization: authorization(apiKey, apiSecret, now, salt) }
}

/** `signature = hex(HMAC-SHA256(secret, date + salt))`; the body is not signed, and a signature is good for one use. */
export function authorization(apiKey: string, apiSecret: string, now: Date, salt: string): string {
  const date = now.toISOString()
  const signature = createHmac('sha256', apiSecret).update(`${date}${salt}`).digest('hex')
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`
}

export function solapiOutcome(answer: Answer): Outcome {
  if ('unanswered' in answer) return unansweredOutcome(answer)
  const body = v.safeParse(sendAnswer, jsonObject(answer.body))
  const said = body.success ? body.output : {}
  const failed = said.failedMessageList?.[0]
  if (said.errorCode) return refusal(answer, said.errorCode, said.errorMessage ?? '')
  if (failed !== undefined) return refusal(answer, failed.statusCode, failed.statusMessage ?? '')
  const count = said.groupInfo?.count
  if (answer.status >= 200 && answer.status < 300 && (count?.registeredSuccess ?? 0) > 0) {
    return { outcome: 'accepted', code: said.groupInfo?.groupId ?? '2000' }
  }
  if ((count?.registeredFailed ?? 0) > 0) return refusal(answer, 'registeredFailed', 'no reason given')
  return refusal(answer, '', 'the answer does not parse')
}

export function solapiQuestion({ url, secret, now, salt }: Asking<Keys>, path: string): ChannelRequest {
  return { url: url + path, method: 'GET', headers: headers(secret, now, salt) }
}

/** In won; an SMS costs about twenty. */
const lowBalance = 1_000

/** The balance: the keys are good, and there is something to pay with. */
export const solapiBalance: Question<Keys> = {
  request: (asking) => solapiQuestion(asking, '/cash/v1/balance'),
  classify: (answer) => {
    const { balance, point = 0 } = 'status' in answer && answer.status === 200 ? (jsonObject(answer.body) ?? {}) : {}
    if (typeof balance !== 'number') return solapiOutcome(answer)
    const left = balance + Number(point)
    if (left <= 0) return { outcome: 'permanent', code: 'no-balance', reason: 'the balance is used up' }
    return { outcome: 'accepted', code: 'balance', ...(left < lowBalance && { remark: `only ${left} won are left` }) }
  },
}

/** Worth another try, which is signed afresh; 1024 is SOLAPI's own "try again". */
const retryableCodes = ['1024', 'RequestTimeTooSkewed', 'DuplicatedSignature']

function refusal({ status, date, retryAfter }: Answered, said: string, reason: string): Outcome {
  const code = said || String(status)
  if (status !== 429 && status !== 503 && !retryableCodes.includes(said)) {
    const maybe = status >= 500 || (status < 400 && said === '')
    return { outcome: maybe ? 'ambiguous' : 'permanent', code, reason }
  }
  const now = new Date(date ?? Number.NaN)
  const skewed = said === 'RequestTimeTooSkewed' && now.getTime() > 0
  return { outcome: 'retryable', code, reason, ...(skewed ? { again: { amend: { now } } } : waitAsked(retryAfter)) }
}
type Answered = Extract<Answer, { status: number }>

/** The messages of the group that the request made: of this recipient, and of others if the group was not ours alone. */
export function solapiReceiptRequest(accepted: Accepted<Keys>): ChannelRequest {
  return solapiQuestion(accepted, `/messages/v4/list?groupId=${encodeURIComponent(accepted.code)}`)
}

export function solapiReceipt(answer: Answer, { recipient }: Accepted<Keys>): Receipt {
  if ('unanswered' in answer) return { receipt: 'unknown', code: 'no-answer', reason: answer.reason }
  const parsed = v.safeParse(listAnswer, jsonObject(answer.body))
  const listed = parsed.success && answer.status === 200 ? Object.values(parsed.output.messageList) : undefined
  const mine = listed?.find(({ to }) => to === recipient)
  if (mine === undefined) {
    const reason = listed ? 'the message is not listed' : 'the answer does not parse'
    return { receipt: 'unknown', code: String(answer.status), reason }
  }
  const { statusCode: code, statusMessage, reason } = mine
  if (code === '4000') return { receipt: 'delivered', code }
  if (code === '2000' || code === '3000') return { receipt: 'pending', code }
  return { receipt: 'failed', code, reason: statusMessage ?? reason ?? 'no reason given' }
}

const text = v.nullish(v.string())

const sendAnswer = v.object({
  errorCode: text,
  errorMessage: text,
  failedMessageList: v.nullish(v.array(v.object({ statusCode: v.string(), statusMessage: text }))),
  groupInfo: v.nullish(
    v.object({
      groupId: text,
      count: v.object({ registeredSuccess: v.nullish(v.number()), registeredFailed: v.nullish(v.number()) }),
    }),
  ),
})

const listAnswer = v.object({
  messageList: v.record(
    v.string(),
    v.object({ to: text, statusCode: v.pipe(v.string(), v.regex(/^\d+$/)), statusMessage: text, reason: text }),
  ),
})
