// NHN Cloud's SMS API v3.0 with one sender, for SMS and LMS. It says no with HTTP 200 and header.isSuccessful false; codes and messages
// are those of its documents unless a comment says otherwise.
import * as v from 'valibot'
import { eucKrWidth } from './euc-kr-bytes.ts'
import { type Call, jsonOf, type Message, mostBytes, type Provider, type Reply, saysJson, serve } from './provider.ts'

export interface NhnSmsAccount {
  readonly appKey: string
  readonly secretKey: string
  readonly sender: string
  /** The console's guard: an identical message to the same phone within 60 minutes is taken, then not delivered. */
  readonly duplicateGuard?: boolean
  /** What the carrier says of what it was handed: that it was delivered, unless something else is given. */
  readonly carrier?: {
    readonly msgStatus: string
    readonly resultCode: string | null
    readonly resultCodeName?: string
  }
  readonly slowMs?: number
}

export function startNhnSms(account: NhnSmsAccount): Promise<Provider> {
  const deliveries = new Map<string, object>()
  const lastSent = new Map<string, number>()
  let requests = 0

  function answer(call: Call): Reply {
    const [, appKey, resource = ''] = /^\/sms\/v3\.0\/appKeys\/([^/]+)\/(.+)$/.exec(call.path) ?? []
    const route = `${call.method} ${resource.replace(/^(sender\/[sm]ms)\/[^/]+$/, '$1/{requestId}')}`
    if (!Object.hasOwn(routes, route)) return refuse(-9998)
    if (appKey !== account.appKey) return refuse(-1000)
    // What a wrong secret key is answered is not attested.
    if (call.headers['x-secret-key'] !== account.secretKey) return refuse(-1000, 'Invalid secretKey.')
    return routes[route as keyof typeof routes](call)
  }

  const routes = {
    'POST sender/sms': (call: Call) => send(call, 'sms'),
    'POST sender/mms': (call: Call) => send(call, 'mms'),
    'GET sender/sms/{requestId}': find,
    'GET sender/mms/{requestId}': find,
    'GET sendNos': ({ query }: Call) => {
      const known = { sendNo: account.sender, useYn: 'Y', blockYn: 'N' }
      const data = Object.entries(known).every(([key, value]) => [null, '', value].includes(query.get(key)))
        ? [{ ...known, serviceId: 1, blockReason: null }]
        : []
      return accept({ pageNum: 1, pageSize: 15, totalCount: data.length, data })
    },
  }

  /** An LMS is not found among the SMS, and no SMS among the LMS. */
  function find(call: Call): Reply {
    const [kind, requestId] = call.path.split('/').slice(-2)
    const delivery = deliveries.get(`${kind}/${requestId}#${call.query.get('recipientSeq')}`)
    return delivery ? accept({ data: delivery }) : refuse(-2008)
  }

  function send(call: Call, kind: keyof typeof LIMITS): Reply {
    if (!saysJson(call)) return refuse(-9996)
    const parsed = v.safeParse(Sending, jsonOf(call))
    if (!parsed.success) return refuse(jsonOf(call) === undefined ? -9997 : 4)
    const { body, title, sendNo, recipientList, senderGroupingKey } = parsed.output
    const { characters, type } = LIMITS[kind]
    if (sendNo !== account.sender) return refuse(-2312)
    if (body.trim() === '' || (kind === 'mms' && title.trim() === '')) return refuse(-2014)
    if (body.length > characters || title.length > 120) return refuse(-2015)
    if (PICTURE.test(title + body)) return refuse(-2023)
    if (recipientList.length === 0) return refuse(-2001)
    if (recipientList.length > 1000) return refuse(-2016)

    const now = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
    const requestId = `${now}R${String(++requests).padStart(10, '0')}`
    const shown = asShownByPhone(title, body, type)
    const delivered: Message[] = []
    const sendResultList = recipientList.map(({ recipientNo, countryCode }, index) => {
      const recipientSeq = index + 1
      // That a bad number fails its own entry and not the whole request is not attested.
      const code = call.mood === 'accepts-but-fails' ? -2019 : judgeNumber(recipientNo, countryCode)
      if (code === 0) {
        const arrives = !isDuplicate(`${kind} ${recipientNo} ${title} ${body}`)
        if (arrives) delivered.push({ provider: 'nhn-sms', recipient: recipientNo, ...shown })
        const { carrier = DELIVERED } = account
        const outcome = arrives ? carrier : { msgStatus: '5', msgStatusName: '중복발송', resultCode: null }
        const delivery = { requestId, recipientSeq, sendNo, countryCode, recipientNo, title, body, ...outcome }
        deliveries.set(`${kind}/${requestId}#${recipientSeq}`, delivery)
      }
      return { recipientNo, resultCode: code, resultMessage: MESSAGES[code], recipientSeq }
    })
    return { ...accept({ data: { requestId, statusCode: '2', senderGroupingKey, sendResultList } }), delivered }
  }

  function isDuplicate(message: string): boolean {
    if (!account.duplicateGuard) return false
    const before = lastSent.get(message) ?? Number.NEGATIVE_INFINITY
    if (Date.now() - before < 60 * 60_000) return true
    lastSent.set(message, Date.now())
    return false
  }

  // The body of a 429 or a 500 is not attested.
  const moods = {
    busy: { ...refuse(-9999), status: 429 },
    broken: { ...refuse(-9999), status: 500 },
    refuses: refuse(-2052),
  }
  return serve({ answer, moods }, account)
}

const DELIVERED = { msgStatus: '3', msgStatusName: '성공', resultCode: '1000', resultCodeName: '성공' }

/** How many characters are taken, and as what they reach a phone. */
const LIMITS = { sms: { characters: 255, type: 'SMS' }, mms: { characters: 4000, type: 'LMS' } } as const

const MESSAGES = {
  0: 'SUCCESS',
  4: 'Parameter validation failed.', // the documents leave the wording out
  [-1000]: 'Invalid appKey.',
  [-2001]: 'RecipientList can not be null.',
  [-2008]: 'Invalid requestId.',
  [-2014]: 'Title or body can not be empty.', // the documents repeat another code's message here
  [-2015]: 'Title or Body exceed maximum byte.',
  [-2016]: 'The max recipient size is 1000.',
  [-2018]: 'RecipientNo can not be empty.',
  [-2019]: 'RecipientNo is invalid.',
  [-2023]: 'Unacceptable characters in title and body.',
  [-2052]: 'Blocked by organization message sending count exceed.',
  [-2312]: 'Not regist sendno.',
  [-9996]: 'Only application/json Content-type is supported.',
  [-9997]: 'Invalid API parameters.',
  [-9998]: 'Not exist API.',
  [-9999]: 'System error.',
} satisfies Record<number, string>
type Code = keyof typeof MESSAGES

const Sending = v.object({
  title: v.optional(v.string(), ''),
  body: v.optional(v.string(), ''),
  sendNo: v.optional(v.string(), ''),
  recipientList: v.optional(
    v.array(v.object({ recipientNo: v.optional(v.string(), ''), countryCode: v.optional(v.string(), '82') })),
    [],
  ),
  senderGroupingKey: v.optional(v.pipe(v.string(), v.maxLength(100)), ''), // given back in the answer
  statsId: v.optional(v.pipe(v.string(), v.maxLength(10))),
})

/** Emoji are refused by name; where NHN draws the line is not attested. */
const PICTURE = /\p{Emoji_Presentation}|\ufe0f/u

/** Digits only; what a Korean number looks like beyond that is not attested. */
function judgeNumber(recipientNo: string, countryCode: string): Code {
  if (recipientNo === '') return -2018
  const shape = countryCode === '82' ? /^0\d{8,10}$/ : /^\d{4,20}$/
  return shape.test(recipientNo) ? 0 : -2019
}

/** What does not fit is cut off; that other characters than EUC-KR's show as «?» is not attested. */
function asShownByPhone(
  title: string,
  body: string,
  kind: keyof typeof mostBytes,
): Pick<Message, 'text' | 'bytes' | 'kind'> {
  let text = ''
  let bytes = 0
  for (const character of body) {
    const width = eucKrWidth(character) ?? 1
    if (bytes + width > mostBytes[kind]) break
    text += eucKrWidth(character) ? character : '?'
    bytes += width
  }
  return { text: title === '' ? text : `${title}\n${text}`, kind, bytes }
}

function accept(body: object): Reply {
  return { status: 200, body: { header: { isSuccessful: true, resultCode: 0, resultMessage: MESSAGES[0] }, body } }
}

function refuse(resultCode: Code, resultMessage: string = MESSAGES[resultCode]): Reply {
  return { status: 200, body: { header: { isSuccessful: false, resultCode, resultMessage } } }
}
