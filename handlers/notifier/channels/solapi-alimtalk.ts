// SOLAPI's KakaoTalk AlimTalk with a registered template (docs/channels.md has its text).
import * as v from 'valibot'
import type { Channel } from './channel.ts'
import { senderNumber } from './phone-number.ts'
import {
  solapiBalance,
  solapiOutcome,
  solapiReceipt,
  solapiReceiptRequest,
  solapiRequest,
  solapiSecret,
} from './solapi.ts'

const id = v.pipe(v.string(), v.regex(/^[\w-]+$/, 'letters, digits and hyphens are expected'))
const secret = v.strictObject({ ...solapiSecret, pfId: id, templateId: id, sender: v.optional(senderNumber) })

export const solapiAlimtalk: Channel<v.InferOutput<typeof secret>> = {
  name: 'solapi-alimtalk',
  urlVariable: 'SOLAPI_URL',
  url: 'https://api.solapi.com',
  secret,
  recipients: ({ recipients }) => recipients,
  sms: false,
  request: (delivery) => {
    const { pfId, templateId, sender } = delivery.secret
    const named = Object.entries(delivery.message.template).map(([name, value]) => [`#{${name}}`, value])
    // Without disableSms SOLAPI's own SMS would follow a failure, beside the route's next channel.
    const kakaoOptions = { pfId, templateId, variables: Object.fromEntries(named), disableSms: true }
    // JSON leaves out a sender that is not there; AlimTalk needs none.
    return solapiRequest(delivery, { from: sender, type: 'ATA', kakaoOptions })
  },
  classify: solapiOutcome,
  receipt: { request: solapiReceiptRequest, classify: solapiReceipt },
  check: [solapiBalance],
}
