// NHN Cloud's SMS, and its LMS where messages may be long.
import * as v from 'valibot'
import { type Channel, jsonObject } from './channel.ts'
import { longMessage } from './long-message.ts'
import { appKey, nhnHeaders, nhnOutcome, nhnReceipt, secretKey } from './nhn.ts'
import { phoneNumbers, senderNumber } from './phone-number.ts'

const secret = v.strictObject({ appKey, secretKey, sender: senderNumber, recipients: phoneNumbers })

/**
 * Sent with an LMS as its group and given back in the answer, so that the code of acceptance tells where to ask for the
 * message: an LMS is not found among the SMS.
 */
const mms = 'mms:'

export const nhnSms: Channel<v.InferOutput<typeof secret>> = {
  name: 'nhn-sms',
  urlVariable: 'NHN_SMS_URL',
  url: 'https://sms.api.nhncloudservice.com',
  secret,
  recipients: ({ recipients }) => recipients,
  sms: true,
  request: ({ url, secret, recipient, message, long }) => {
    const form = long ? { ...longMessage(message), senderGroupingKey: mms } : { body: message.short }
    return {
      url: `${url}/sms/v3.0/appKeys/${secret.appKey}/sender/${long ? 'mms' : 'sms'}`,
      headers: nhnHeaders(secret),
      // Nothing of the try is in the body: the console's guard against copies knows them by identical bodies.
      body: JSON.stringify({ ...form, sendNo: secret.sender, recipientList: [{ recipientNo: recipient }] }),
    }
  },
  // -2021: too many requests at once. -9999: the provider's own unknown error, after which it may have been sent.
  classify: (answer) => nhnOutcome(answer, { [-2021]: 'retryable', [-9999]: 'ambiguous' }),
  // The sender's number as NHN Cloud lists it: registered, in use and not blocked.
  check: [
    {
      request: ({ url, secret: { appKey, sender, ...keys } }) => ({
        url: `${url}/sms/v3.0/appKeys/${appKey}/sendNos?sendNo=${sender}&useYn=Y&blockYn=N`,
        method: 'GET',
        headers: nhnHeaders(keys),
      }),
      classify: (answer, { secret: { sender } }) => {
        const said = 'status' in answer ? v.safeParse(senders, jsonObject(answer.body)) : undefined
        if (!said?.success) return nhnOutcome(answer, { [-9999]: 'ambiguous' })
        // Looked for by itself: that the question names it is no promise that the answer holds no other.
        const isThere = said.output.body.data.some(({ sendNo }) => sendNo.replace(/\D/g, '') === sender)
        const reason = 'the sender is not registered, not in use, or blocked'
        return isThere ? { outcome: 'accepted', code: 'sender' } : { outcome: 'permanent', code: 'sender', reason }
      },
    },
  ],
  receipt: {
    request: ({ url, secret, code }) => {
      const [place, id] = code.startsWith(mms) ? ['mms', code.slice(mms.length)] : ['sms', code]
      return {
        url: `${url}/sms/v3.0/appKeys/${secret.appKey}/sender/${place}/${encodeURIComponent(id)}?recipientSeq=1`,
        method: 'GET',
        headers: nhnHeaders(secret),
      }
    },
    // 5: the guard against copies took it for one.
    classify: (answer) => nhnReceipt(answer, { 0: 'failed', 1: 'pending', 2: 'pending', 3: 'delivered', 5: 'failed' }),
  },
}

/** A refusal has no such body. */
const senders = v.object({
  header: v.object({ isSuccessful: v.literal(true) }),
  body: v.object({ data: v.array(v.object({ sendNo: v.string() })) }),
})
