// NHN Cloud's KakaoTalk Bizmessage: AlimTalk with a registered template (docs/channels.md has its text).
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Channel } from './channel.ts'
import { appKey, nhnHeaders, nhnOutcome, nhnReceipt, secretKey } from './nhn.ts'
import { phoneNumbers } from './phone-number.ts'

const key = v.pipe(v.string(), v.regex(/^[\w-]+$/, 'letters, digits and hyphens are expected'))
const secret = v.strictObject({ appKey, secretKey, senderKey: key, templateCode: key, recipients: phoneNumbers })

export const nhnAlimtalk: Channel<v.InferOutput<typeof secret>> = {
  name: 'nhn-alimtalk',
  urlVariable: 'NHN_KAKAO_URL',
  url: 'https://kakaotalk-bizmessage.api.nhncloudservice.com',
  secret,
  recipients: ({ recipients }) => recipients,
  sms: false,
  request: ({ url, secret, recipient, message, alertId }) => {
    const { senderKey, templateCode } = secret
    // Without isResend false the console's own SMS would follow a failure, beside the route's next channel.
    const resendParameter = { isResend: false }
    const recipientList = [{ recipientNo: recipient, templateParameter: message.template, resendParameter }]
    return {
      url: messages(url, secret.appKey),
      headers: { ...nhnHeaders(secret), 'x-nc-api-idempotency-key': idempotencyKey(alertId, recipient) },
      body: JSON.stringify({ senderKey, templateCode, recipientList }),
    }
  },
  classify: (answer) => {
    const outcome = nhnOutcome(answer, { [-1005]: 'ambiguous', [-7000]: 'retryable', [-9999]: 'ambiguous' })
    // Our own earlier try, whose answer was lost: submitted, but what became of it nobody said.
    return outcome.code === '-1005' && outcome.outcome === 'ambiguous'
      ? { ...outcome, reason: 'it was submitted earlier, within ten minutes' }
      : outcome
  },
  receipt: {
    request: ({ url, secret, code }) => ({
      url: `${messages(url, secret.appKey)}/${encodeURIComponent(code)}/1`,
      method: 'GET',
      headers: nhnHeaders(secret),
    }),
    classify: (answer) => nhnReceipt(answer, { COMPLETED: 'delivered', FAILED: 'failed', CANCEL: 'failed' }),
  },
}

function messages(url: string, appKey: string): string {
  return `${url}/alimtalk/v2.3/appkeys/${appKey}/messages`
}

/** The same for every try at one recipient. A digest, since it shows no number; how long a key may be is not documented. */
function idempotencyKey(alertId: string, recipient: string): string {
  return createHash('sha256').update(`${alertId} ${recipient}`).digest('hex').slice(0, 32)
}
