// SOLAPI's messages API with one registered sender and one AlimTalk template. It checks every signature, and says no to a
// message inside an HTTP 200. Names of errors are those of its documents unless a comment says otherwise.
import * as v from 'valibot'
import { type Call, type Faces, jsonOf, type Message, type Provider, type Reply, serveFaces } from './provider.ts'
import { judge, measure, SOLAPI_STATUS, SolapiMessage, type SolapiRights, shown } from './solapi-message.ts'
import { type SolapiKeys, signatureJudge } from './solapi-signature.ts'

export interface SolapiAccount extends SolapiKeys, SolapiRights {
  /** What the carrier says of what it was handed: that it was delivered, unless something else is given. */
  readonly carrier?: { readonly statusCode: string; readonly statusMessage: string }
  readonly slowMs?: number
}

/** Two channels use one SOLAPI; each has its mood and its record. What sends nothing counts as the first one's. */
export type SolapiFaces = Readonly<Record<'solapi-sms' | 'solapi-alimtalk', Provider>>

export function startSolapi(account: SolapiAccount): Promise<SolapiFaces> {
  const judgeSignature = signatureJudge(account)
  const stored: Stored[] = []
  let ids = 0

  const routes: Record<string, (call: Call) => Reply> = {
    'POST /messages/v4/send-many/detail': (call) => {
      const parsed = v.safeParse(SendMany, jsonOf(call))
      if (!parsed.success) return invalid(parsed.issues)
      const { allowDuplicates, showMessageList } = parsed.output
      const { groupId, results, delivered } = register(call, parsed.output)
      const failedMessageList = results.filter(({ statusCode }) => statusCode !== '2000')
      const registeredFailed = failedMessageList.length
      const count = { total: results.length, registeredSuccess: results.length - registeredFailed, registeredFailed }
      const groupInfo = { groupId, accountId: ACCOUNT_ID, status: 'SENDING', allowDuplicates, count }
      const messageList = showMessageList && { messageList: results }
      return { status: 200, body: { failedMessageList, groupInfo, ...messageList }, delivered }
    },
    'POST /messages/v4/send': (call) => {
      const parsed = v.safeParse(SendOne, jsonOf(call))
      if (!parsed.success) return invalid(parsed.issues)
      const { groupId, results, delivered } = register(call, {
        messages: [parsed.output.message],
        allowDuplicates: true,
      })
      // That a refused message is a 200 here too, with its code where 2000 would be, is not attested.
      return { status: 200, body: { groupId, ...results[0] }, delivered }
    },
    'GET /messages/v4/list': ({ query }) => {
      // Every parameter but limit is a filter; one that no stored message answers to finds nothing.
      const { limit = '20', ...wanted } = Object.fromEntries(query)
      const answers = (one: Stored) => Object.entries(wanted).every(([k, value]) => one[k as keyof Stored] === value)
      const found = stored.filter(answers)
      const messageList = Object.fromEntries(found.slice(0, Number(limit)).map((one) => [one.messageId, one]))
      return { status: 200, body: { startKey: null, nextKey: null, limit: Number(limit), messageList } }
    },
    'GET /cash/v1/balance': () => ({ status: 200, body: { balance: 1000, point: 0, accountId: ACCOUNT_ID } }),
    'GET /senderid/v1/numbers/active': () => ({ status: 200, body: [account.sender] }),
  }

  function register(call: Call, { messages, allowDuplicates }: Pick<SendMany, 'messages' | 'allowDuplicates'>) {
    const groupId = id('G4V')
    const delivered: Message[] = []
    const recipients = new Set<string>()
    const results = messages.map((sms) => {
      const { to, from, customFields = {} } = sms
      const { type, bytes } = measure(sms)
      const text = shown(sms, account)
      const twice = recipients.has(to) && !allowDuplicates
      const statusCode = call.mood === 'accepts-but-fails' ? '1030' : twice ? '1026' : judge(sms, account)
      recipients.add(to)
      const result = { messageId: id('M4V'), to, from, type, country: '82', accountId: ACCOUNT_ID, customFields }
      if (statusCode === '2000') {
        stored.push({ ...result, groupId, text, ...(account.carrier ?? DELIVERED) })
        if (type === 'ATA') delivered.push({ provider: 'solapi-alimtalk', recipient: to, text })
        else
          delivered.push({
            provider: 'solapi-sms',
            recipient: to,
            text,
            kind: type === 'LMS' ? type : 'SMS',
            bytes: bytes ?? 0,
          })
      }
      return { ...result, statusCode, statusMessage: SOLAPI_STATUS[statusCode] }
    })
    return { groupId, results, delivered }
  }

  function id(kind: 'G4V' | 'M4V'): string {
    // A letter between, as the real ones have: digits alone could be taken for a phone number.
    return `${kind}${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}X${String(++ids).padStart(14, '0')}`
  }

  function answer(call: Call): Reply {
    const route = routes[`${call.method} ${call.path}`]
    if (!route) return fail(404, 'ResourceNotFound', `${call.method} ${call.path}`) // not attested
    const now = Date.now() + (call.mood === 'amends' ? AN_HOUR : 0)
    const fault = judgeSignature(call.headers.authorization ?? '', now)
    if (fault) return { ...fail(fault.status, fault.errorCode), headers: { date: new Date(now).toUTCString() } }
    return route(call)
  }

  const moods = {
    busy: fail(429, 'TooManyRequests', 'Too many requests'), // the names of these two are not attested
    broken: fail(500, 'InternalError', 'Internal server error'),
    refuses: fail(403, 'Forbidden', '허용되지 않은 IP'),
  }
  return serveFaces({ answer, moods }, FACES, account)
}

const FACES: Faces<keyof SolapiFaces> = {
  names: ['solapi-sms', 'solapi-alimtalk'],
  faceOf: ({ body }) => (body.includes('"kakaoOptions"') ? 'solapi-alimtalk' : 'solapi-sms'),
}

/** How far its clock is ahead of ours in the mood that asks for another one. */
const AN_HOUR = 60 * 60_000
const DELIVERED = { statusCode: '4000', statusMessage: '수신완료' }
const ACCOUNT_ID = '00000000'

type Stored = Record<'messageId' | 'groupId' | 'to' | 'from' | 'type' | 'text' | 'statusCode', string> & {
  readonly customFields: Record<string, unknown>
}

const SendOne = v.object({ message: SolapiMessage })
const SendMany = v.object({
  messages: v.pipe(v.array(SolapiMessage), v.minLength(1), v.maxLength(10_000)),
  allowDuplicates: v.optional(v.boolean(), false),
  showMessageList: v.optional(v.boolean(), false),
})
type SendMany = v.InferOutput<typeof SendMany>

/** The name of this error is not attested. */
function invalid([issue]: readonly v.BaseIssue<unknown>[]): Reply {
  return fail(400, 'ValidationError', issue?.message)
}

function fail(status: number, errorCode: string, errorMessage = errorCode): Reply {
  return { status, body: { errorCode, errorMessage } }
}
