// NHN Cloud's KakaoTalk Bizmessage API v2.3 with one sender profile and one approved template, for AlimTalk. It says no
// with HTTP 200 and header.isSuccessful false; codes and messages are those of its documents unless a comment says
// otherwise.
import * as v from 'valibot'
import { fillTemplate, templateVariables } from './kakao-template.ts'
import { type Call, jsonOf, type Message, type Provider, type Reply, saysJson, serve } from './provider.ts'

export interface NhnKakaoAccount {
  readonly appKey: string
  readonly secretKey: string
  readonly senderKey: string
  readonly templateCode: string
  /** The text that was registered, with its variables as #{name}. */
  readonly template: string
  /** What KakaoTalk says of what it was handed: that it was delivered, unless something else is given. */
  readonly talk?: { readonly messageStatus: string; readonly resultCode: string; readonly resultCodeName: string }
  readonly slowMs?: number
}

export function startNhnKakao(account: NhnKakaoAccount): Promise<Provider> {
  const sent = new Map<string, object>()
  const keys = new Map<string, number>()
  let requests = 0

  function answer(call: Call): Reply {
    const [, appKey, resource = ''] = /^\/alimtalk\/v2\.3\/appkeys\/([^/]+)\/messages(.*)$/.exec(call.path) ?? []
    if (appKey === undefined) return refuse(-9998)
    if (appKey !== account.appKey) return refuse(-1000)
    if (call.headers['x-secret-key'] !== account.secretKey) return refuse(-1001)
    if (call.method === 'POST' && resource === '') return send(call)
    if (call.method !== 'GET' || !/^\/[^/]+\/\d+$/.test(resource)) return refuse(-9998)
    const message = sent.get(resource)
    return message ? accept({ message }) : refuse(-1016)
  }

  function send(call: Call): Reply {
    if (!saysJson(call)) return refuse(-9996)
    const parsed = v.safeParse(Sending, jsonOf(call))
    // Which code a field of a wrong type gets is not attested.
    if (!parsed.success) return refuse(-9997)
    const { senderKey, templateCode, recipientList } = parsed.output
    // Neither are the codes of an unknown profile or template in the answer to a send.
    if (senderKey !== account.senderKey) return refuse(-1014)
    if (templateCode !== account.templateCode) return refuse(-3049)
    if (wasUsed(call.headers['x-nc-api-idempotency-key'])) return refuse(-1005)

    const requestId = `${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}K${++requests}`
    const delivered: Message[] = []
    const sendResults = recipientList.map((recipient, index) => {
      const { recipientNo, templateParameter } = recipient
      const recipientSeq = index + 1
      const resultCode = call.mood === 'accepts-but-fails' ? -5000 : judge(recipient)
      if (resultCode === 0) {
        const text = fillTemplate(account.template, templateParameter)
        const talk = account.talk ?? { messageStatus: 'COMPLETED', resultCode: '1000', resultCodeName: '성공' }
        sent.set(`/${requestId}/${recipientSeq}`, { requestId, recipientSeq, recipientNo, content: text, ...talk })
        delivered.push({ provider: 'nhn-alimtalk', recipient: recipientNo, text })
      }
      return { recipientSeq, recipientNo, resultCode, resultMessage: MESSAGES[resultCode] }
    })
    return { ...accept({ message: { requestId, senderGroupingKey: null, sendResults } }), delivered }
  }

  /** That every entry of the list is judged by itself is not attested. */
  function judge({ recipientNo, templateParameter, resendParameter }: Recipient): Code {
    if (!/^0\d{8,10}$/.test(recipientNo)) return -5000
    // Stricter than the real one: the console's own SMS would follow a failure, beside the route's next channel.
    if (resendParameter?.isResend !== false) return -4200
    const values = Object.values(templateParameter)
    if (values.join('').length > 1300) return -3048
    const missing = templateVariables(account.template).some((name) => !templateParameter[name])
    return missing ? -3049 : 0
  }

  /** Ten minutes long a key is good for one request; that one that was refused uses it up, too, is not attested. */
  function wasUsed(key: string | undefined): boolean {
    if (key === undefined) return false
    const used = Date.now() - (keys.get(key) ?? Number.NEGATIVE_INFINITY) < TEN_MINUTES
    if (!used) keys.set(key, Date.now())
    return used
  }

  // The body of a 429 or a 500 is not attested.
  const moods = {
    busy: { ...refuse(-9999), status: 429 },
    broken: { ...refuse(-9999), status: 500 },
    refuses: refuse(-1014),
  }
  return serve({ answer, moods }, account)
}

const TEN_MINUTES = 10 * 60_000

const MESSAGES = {
  0: 'SUCCESS',
  [-1000]: 'Invalid appKey.',
  [-1001]: 'Invalid secretKey.',
  [-1005]: "The same 'X-NC-API-IDEMPOTENCY-KEY' was used within the last 10 minute.",
  [-1014]: 'Not active status plus friend.',
  [-1016]: 'It is not found any messages responding with that requestId or recipientSeq.',
  [-3048]: "The template parameter's length can not exceed 1300 characters.",
  [-3049]: 'The template parameter is not matched to template.',
  [-4200]: 'Resend Message is invalid.',
  [-5000]: 'RecipientNo is invalid.',
  [-9996]: 'Only application/json Content-type is supported.',
  [-9997]: 'Client Error.',
  [-9998]: 'Not exist API',
  [-9999]: 'System error.',
} satisfies Record<number, string>
type Code = keyof typeof MESSAGES

const Recipient = v.object({
  recipientNo: v.pipe(v.string(), v.maxLength(15)),
  templateParameter: v.optional(v.record(v.string(), v.string()), {}),
  resendParameter: v.optional(v.object({ isResend: v.optional(v.boolean()) })),
})
type Recipient = v.InferOutput<typeof Recipient>

const Sending = v.object({
  senderKey: v.string(),
  templateCode: v.pipe(v.string(), v.maxLength(20)),
  recipientList: v.pipe(v.array(Recipient), v.minLength(1), v.maxLength(1000)),
})

function accept(body: object): Reply {
  return { status: 200, body: { header: { resultCode: 0, resultMessage: MESSAGES[0], isSuccessful: true }, ...body } }
}

function refuse(resultCode: Code): Reply {
  return { status: 200, body: { header: { resultCode, resultMessage: MESSAGES[resultCode], isSuccessful: false } } }
}
