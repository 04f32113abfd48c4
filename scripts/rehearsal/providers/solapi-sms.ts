// SOLAPI's messages API with one registered sender, for SMS and LMS. It checks every signature, and says no to a
// message inside an HTTP 200. Codes are those of its documents unless a comment says otherwise.
import { createHmac } from 'node:crypto'
import * as v from 'valibot'
import { eucKrBytes } from './euc-kr-bytes.ts'
import { type Call, jsonOf, type Message, type Provider, type Reply, serve } from './provider.ts'

export interface SolapiSmsAccount {
  readonly apiKey: string
  readonly apiSecret: string
  readonly sender: string
  readonly slowMs?: number
}

export function startSolapiSms(account: SolapiSmsAccount): Promise<Provider> {
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
      const { to, from, text, customFields = {} } = sms
      const { type, bytes } = measure(sms)
      const twice = recipients.has(to) && !allowDuplicates
      const statusCode = call.mood === 'accepts-but-fails' ? '1030' : twice ? '1026' : judge(sms, account.sender)
      recipients.add(to)
      const result = { messageId: id('M4V'), to, from, type, country: '82', accountId: ACCOUNT_ID, customFields }
      if (statusCode === '2000') {
        stored.push({ ...result, groupId, text, statusCode: '4000' })
        delivered.push({ provider: 'solapi-sms', recipient: to, text, ...(bytes !== undefined && { bytes }) })
      }
      return { ...result, statusCode, statusMessage: STATUS[statusCode] }
    })
    return { groupId, results, delivered }
  }

  function id(kind: 'G4V' | 'M4V'): string {
    return `${kind}${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}${String(++ids).padStart(15, '0')}`
  }

  return serve(
    {
      answer: (call) => {
        const route = routes[`${call.method} ${call.path}`]
        if (!route) return fail(404, 'ResourceNotFound', `${call.method} ${call.path}`) // not attested
        return judgeSignature(call.headers.authorization ?? '') ?? route(call)
      },
      moods: {
        busy: fail(429, 'TooManyRequests', 'Too many requests'), // the names of these two are not attested
        broken: fail(500, 'InternalError', 'Internal server error'),
        refuses: fail(403, 'Forbidden', '허용되지 않은 IP'),
      },
    },
    account,
  )
}

/** An account's eye for signatures: says nothing to a good one, and remembers it, for it is good once. */
function signatureJudge({ apiKey, apiSecret }: SolapiSmsAccount): (authorization: string) => Reply | undefined {
  const used = new Map<string, number>()
  return (authorization) => {
    const { key, date, salt, signature } = AUTHORIZATION.exec(authorization)?.groups ?? {}
    // What an unreadable header is answered is not attested.
    if (!date || !salt || !signature || Number.isNaN(Date.parse(date))) return fail(403, 'InvalidAuthorization')
    if (key !== apiKey) return fail(403, 'InvalidAPIKey')
    if (Math.abs(Date.now() - Date.parse(date)) > FIFTEEN_MINUTES) return fail(403, 'RequestTimeTooSkewed')
    // Documented as a 403; a 400 is what was seen.
    const expected = createHmac('sha256', apiSecret)
      .update(date + salt)
      .digest('hex')
    if (signature !== expected) return fail(400, 'SignatureDoesNotMatch')
    if (Date.now() - (used.get(signature) ?? 0) < FIFTEEN_MINUTES) return fail(403, 'DuplicatedSignature')
    used.set(signature, Date.now())
    return undefined
  }
}

const FIFTEEN_MINUTES = 15 * 60_000
const DATE = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)`
const AUTHORIZATION = new RegExp(
  String.raw`^HMAC-SHA256 apiKey=(?<key>[^,\s]+), ?date=(?<date>${DATE}), ?` +
    String.raw`salt=(?<salt>[^,\s]{12,64}), ?signature=(?<signature>[0-9a-f]{64})$`,
)

const ACCOUNT_ID = '00000000'

const STATUS = {
  1010: '필수 입력 값 미입력',
  1011: 'Format Error',
  1025: '잘못된 메시지 타입',
  1026: '중복 수신번호',
  1029: 'EUC-KR(완성형 한글) 범위 안에 있는 문자만 사용 합니다.',
  1030: '잔액 부족',
  1031: 'SMS는 90byte, LMS는 2000byte까지 사용 가능 합니다.',
  1032: '유효한 커스텀 필드 값이 아닙니다.',
  1062: '발신번호 미등록',
  2000: '정상 접수(이통사로 접수 예정)',
} satisfies Record<string, string>
type Status = `${keyof typeof STATUS}`

function judge(sms: Sms, sender: string): Status {
  const { type, bytes } = measure(sms)
  const fields = Object.entries(sms.customFields ?? {})
  if (sms.to === '' || sms.from === '' || sms.text === '') return '1010'
  if (!/^\d{8,20}$/.test(sms.to)) return '1011' // that the code for letters in a number is this one is not attested
  if (type !== 'SMS' && type !== 'LMS') return '1025' // SOLAPI knows more types, this stand-in does not
  if (sms.from !== sender) return '1062'
  if (bytes === undefined) return '1029'
  if (bytes > (type === 'SMS' ? 90 : 2000)) return '1031'
  if (fields.some(([name, value]) => typeof value !== 'string' || name.length > 30 || value.length > 100)) return '1032'
  return '2000'
}

/** Without a type SOLAPI chooses one itself: a long text becomes an LMS. */
function measure({ type, text }: Sms): { type: string; bytes: number | undefined } {
  const bytes = eucKrBytes(text)
  return { bytes, type: type?.toUpperCase() ?? ((bytes ?? 0) > 90 ? 'LMS' : 'SMS') }
}

const Sms = v.object({
  to: v.optional(v.string(), ''),
  from: v.optional(v.string(), ''),
  text: v.optional(v.string(), ''),
  type: v.optional(v.string()),
  customFields: v.optional(v.record(v.string(), v.unknown())),
})
type Sms = v.InferOutput<typeof Sms>
type Stored = Record<'messageId' | 'groupId' | 'to' | 'from' | 'type' | 'text' | 'statusCode', string> & {
  readonly customFields: Record<string, unknown>
}

const SendOne = v.object({ message: Sms })
const SendMany = v.object({
  messages: v.pipe(v.array(Sms), v.minLength(1), v.maxLength(10_000)),
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
