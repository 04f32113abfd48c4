// SOLAPI's SMS, and its LMS where messages may be long.
import * as v from 'valibot'
import type { Channel } from './channel.ts'
import { longMessage } from './long-message.ts'
import { senderNumber } from './phone-number.ts'
import {
  solapiCheck,
  solapiOutcome,
  solapiReceipt,
  solapiReceiptRequest,
  solapiRequest,
  solapiSecret,
} from './solapi.ts'

const secret = v.object({ ...solapiSecret, sender: senderNumber })

export const solapiSms: Channel<v.InferOutput<typeof secret>> = {
  name: 'solapi-sms',
  urlVariable: 'SOLAPI_URL',
  url: 'https://api.solapi.com',
  secret,
  recipients: ({ recipients }) => recipients,
  sms: true,
  request: (delivery) => {
    const from = delivery.secret.sender
    if (!delivery.long) return solapiRequest(delivery, { from, text: delivery.message.short, type: 'SMS' })
    const { title, body } = longMessage(delivery.message)
    return solapiRequest(delivery, { from, text: body, subject: title, type: 'LMS' })
  },
  classify: solapiOutcome,
  receipt: { request: solapiReceiptRequest, classify: solapiReceipt },
  check: solapiCheck,
}
