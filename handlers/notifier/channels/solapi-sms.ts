// SOLAPI's SMS, and its LMS where messages may be long.
import * as v from 'valibot'
import { type Channel, jsonObject, type Question } from './channel.ts'
import { longMessage } from './long-message.ts'
import { senderNumber } from './phone-number.ts'
import {
  solapiBalance,
  solapiOutcome,
  solapiQuestion,
  solapiReceipt,
  solapiReceiptRequest,
  solapiRequest,
  solapiSecret,
} from './solapi.ts'

const secret = v.strictObject({ ...solapiSecret, sender: senderNumber })

/** The numbers that may be sent from: a message of another is refused with 1062. */
const senders: Question<v.InferOutput<typeof secret>> = {
  request: (asking) => solapiQuestion(asking, '/senderid/v1/numbers/active'),
  classify: (answer, { secret: { sender } }) => {
    const numbers =
      'status' in answer && answer.status === 200 ? v.safeParse(numberList, jsonObject(answer.body)) : undefined
    if (!numbers?.success) return solapiOutcome(answer)
    const isThere = numbers.output.some(
      (number) => v.is(senderNumber, number) && v.parse(senderNumber, number) === sender,
    )
    const reason = 'the sender is not registered'
    return isThere ? { outcome: 'accepted', code: 'sender' } : { outcome: 'permanent', code: 'sender', reason }
  },
}
const numberList = v.array(v.string())

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
  check: [solapiBalance, senders],
}
