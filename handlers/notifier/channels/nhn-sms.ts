// NHN Cloud's SMS API v3.0. Source: its official documents (TOAST-DOCS/SMS, 2026-06). Failures come with HTTP 200, so
// the outcome is read from the body: the header's `isSuccessful` and each recipient's `resultCode`.
import * as v from 'valibot'
import { type Answer, type Channel, jsonObject, type Outcome, unansweredOutcome } from './channel.ts'
import { phoneNumber, senderNumber } from './phone-number.ts'

const secret = v.object({
  appKey: v.pipe(v.string(), v.regex(/^\w+$/, 'an app key is expected: letters and digits')),
  secretKey: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/, 'a secret key is expected: printable ASCII')),
  sender: senderNumber,
  recipients: v.pipe(v.array(phoneNumber), v.nonEmpty()),
})

export const nhnSms: Channel<v.InferOutput<typeof secret>> = {
  name: 'nhn-sms',
  urlVariable: 'NHN_SMS_URL',
  url: 'https://sms.api.nhncloudservice.com',
  secret,
  recipients: ({ recipients }) => recipients,
  text: 'sms',
  request: ({ url, secret: { appKey, secretKey, sender }, recipient, text }) => ({
    url: `${url}/sms/v3.0/appKeys/${appKey}/sender/sms`,
    headers: { 'content-type': 'application/json;charset=UTF-8', 'x-secret-key': secretKey },
    body: JSON.stringify({ body: text, sendNo: sender, recipientList: [{ recipientNo: recipient }] }),
  }),
  classify,
}

/** -2021: too many requests at once. -9999: the provider's own unknown error, after which it may have been sent. */
const outcomeByCode: Readonly<Record<number, 'retryable' | 'ambiguous'>> = {
  [-2021]: 'retryable',
  [-9999]: 'ambiguous',
}

function classify(answer: Answer): Outcome {
  if ('unanswered' in answer) return unansweredOutcome(answer)
  if (answer.status === 429) return { outcome: 'retryable', code: '429', reason: 'too many requests' }
  const parsed = v.safeParse(sendAnswer, jsonObject(answer.body))
  if (!parsed.success) return unclear(answer.status)
  const { header, body } = parsed.output
  const results = body?.data?.sendResultList ?? []
  const failed = results.find((result) => result.resultCode !== 0)
  if (header.isSuccessful && failed === undefined && results.length > 0 && answer.status < 300) {
    return { outcome: 'accepted', code: body?.data?.requestId ?? '0' }
  }
  const code = header.isSuccessful ? (failed?.resultCode ?? -9999) : header.resultCode
  const reason = (header.isSuccessful ? failed?.resultMessage : header.resultMessage) ?? ''
  // After a 5xx the message may be on its way, whatever the body says.
  const outcome = answer.status >= 500 ? 'ambiguous' : (outcomeByCode[code] ?? 'permanent')
  return { outcome, code: String(code), reason }
}

/** A 4xx without NHN's own words is still a no; after anything else the message may be on its way. */
function unclear(status: number): Outcome {
  const refused = status >= 400 && status < 500
  return { outcome: refused ? 'permanent' : 'ambiguous', code: String(status), reason: 'the answer does not parse' }
}

const sendAnswer = v.object({
  header: v.object({ isSuccessful: v.boolean(), resultCode: v.number(), resultMessage: v.nullish(v.string()) }),
  body: v.nullish(
    v.object({
      data: v.nullish(
        v.object({
          requestId: v.nullish(v.string()),
          sendResultList: v.array(v.object({ resultCode: v.number(), resultMessage: v.nullish(v.string()) })),
        }),
      ),
    }),
  ),
})
