// What NHN Cloud's SMS API v3.0 and its KakaoTalk Bizmessage API v2.3 have in common. Source: their official documents
// (TOAST-DOCS/SMS, 2026-06, and KakaoTalk Bizmessage's). Failures come with HTTP 200, so the outcome is read from the
// body: the header's `isSuccessful` and each recipient's `resultCode`.
import * as v from 'valibot'
import { type Answer, jsonObject, type Outcome, type Receipt, unansweredOutcome } from './channel.ts'
import { waitAsked } from './wait-asked.ts'

/** It becomes a part of a URL. */
export const appKey = v.pipe(v.string(), v.regex(/^\w+$/, 'an app key is expected: letters and digits'))
/** It becomes a header. */
export const secretKey = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/, 'a secret key is expected: printable ASCII'))

export function nhnHeaders(secret: { readonly secretKey: string }): Readonly<Record<string, string>> {
  return { 'content-type': 'application/json;charset=UTF-8', 'x-secret-key': secret.secretKey }
}

/** Codes that are no final no. Outside this table every code is one. */
export type Doubts = Readonly<Record<number, 'retryable' | 'ambiguous'>>

/** What the answer to a send means. */
export function nhnOutcome(answer: Answer, doubts: Doubts): Outcome {
  if ('unanswered' in answer) return unansweredOutcome(answer)
  const { status } = answer
  if (status === 429) {
    return { outcome: 'retryable', code: '429', reason: 'too many requests', ...waitAsked(answer.retryAfter) }
  }
  const parsed = v.safeParse(sendAnswer, jsonObject(answer.body))
  if (!parsed.success) return unclear(status)
  const { header, body, message } = parsed.output
  const sent = body?.data ?? message
  const results = body?.data?.sendResultList ?? message?.sendResults ?? []
  const failed = results.find((result) => result.resultCode !== 0)
  if (header.isSuccessful && failed === undefined && results.length > 0 && status >= 200 && status < 300) {
    return { outcome: 'accepted', code: (body?.data?.senderGroupingKey ?? '') + (sent?.requestId ?? '0') }
  }
  const code = header.isSuccessful ? (failed?.resultCode ?? -9999) : header.resultCode
  const reason = (header.isSuccessful ? failed?.resultMessage : header.resultMessage) ?? ''
  // After a 5xx the message may be on its way, whatever the body says.
  return { outcome: status >= 500 ? 'ambiguous' : (doubts[code] ?? 'permanent'), code: String(code), reason }
}

/** A 4xx without NHN's own words is still a no; after anything else the message may be on its way. */
function unclear(status: number): Outcome {
  const refused = status >= 400 && status < 500
  return { outcome: refused ? 'permanent' : 'ambiguous', code: String(status), reason: 'the answer does not parse' }
}

/** What became of an accepted message, by the carrier's or KakaoTalk's state; a state that is not known is no guess. */
export function nhnReceipt(answer: Answer, states: Readonly<Record<string, Receipt['receipt']>>): Receipt {
  if ('unanswered' in answer) return { receipt: 'unknown', code: 'no-answer', reason: answer.reason }
  const parsed = v.safeParse(receiptAnswer, jsonObject(answer.body))
  const said = parsed.success ? parsed.output : undefined
  const found = said?.body?.data ?? said?.message
  if (!said?.header.isSuccessful || !found) {
    const { resultCode = answer.status, resultMessage } = said?.header ?? {}
    return { receipt: 'unknown', code: String(resultCode), reason: resultMessage ?? 'the answer does not parse' }
  }
  const state = found.msgStatus ?? found.messageStatus ?? ''
  const [code, reason] = [found.resultCode ?? state, found.resultCodeName ?? `state ${state}`]
  const receipt = states[state] ?? 'unknown'
  if (receipt === 'pending' || (receipt === 'delivered' && code === '1000')) return { receipt, code }
  return { receipt: receipt === 'failed' ? receipt : 'unknown', code, reason }
}

const results = v.nullish(v.array(v.object({ resultCode: v.number(), resultMessage: v.nullish(v.string()) })))
const requestId = v.nullish(v.string())
const header = v.object({ isSuccessful: v.boolean(), resultCode: v.number(), resultMessage: v.nullish(v.string()) })

/** SMS says `body`, AlimTalk `message`. */
const sendAnswer = v.object({
  header,
  body: v.nullish(
    v.object({ data: v.nullish(v.object({ requestId, senderGroupingKey: requestId, sendResultList: results })) }),
  ),
  message: v.nullish(v.object({ requestId, sendResults: results })),
})

const state = v.object({
  msgStatus: v.nullish(v.string()),
  messageStatus: v.nullish(v.string()),
  resultCode: v.nullish(v.string()),
  resultCodeName: v.nullish(v.string()),
})
const receiptAnswer = v.object({
  header,
  body: v.nullish(v.object({ data: v.nullish(state) })),
  message: v.nullish(state),
})
