// What each channel is held to by the contract suite: its secret, the request it makes of it, and what its provider's
// answers mean. A channel that is new in the registry does not compile here until it has its case.
import type { channels } from '../../../../handlers/notifier/channels/registry.ts'

type Outcome = 'accepted' | 'retryable' | 'permanent' | 'ambiguous'
type Said = { readonly status: number; readonly body: object; readonly code: string | number; readonly reason?: string }

export interface Case {
  /** As people write it into SSM. */
  readonly secret: Readonly<Record<string, unknown>>
  /** Changes to it after which the schema refuses it. */
  readonly refused: readonly Readonly<Record<string, unknown>>[]
  readonly recipients: readonly string[]
  /** To the first recipient with the text, alert, time and salt of the suite. */
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: object }
  /** The body of a 200 that took the message, and the code it is known by after. */
  readonly taken: { readonly body: object; readonly code: string }
  /** Bodies of a 200 that look well and took nothing for sure. */
  readonly doubtful: readonly object[]
  /** What a 5xx means that says nothing else. */
  readonly broken: Readonly<Record<500 | 502 | 503 | 504, Outcome>>
  readonly answers: Readonly<Partial<Record<Outcome, readonly Said[]>>>
}

export const TEXT = '[root-guard] 루트 콘솔 로그인'
export const ALERT = '00000000-0000-4000-8000-000000000001'
export const NOW = new Date('2026-01-01T00:00:00Z')
export const SALT = '0123456789abcdef0123456789abcdef'

const numbers = { sender: '02-000-0000', recipients: ['010-0000-0000', '+82 10 0000 0001'] }
const digits = ['01000000000', '01000000001']
/** What both SMS providers refuse alike. */
const refusedNumbers = [
  { sender: undefined },
  { sender: 200000000 },
  { sender: '+1 202-555-0100' },
  { recipients: undefined },
  { recipients: [] },
  { recipients: '010-0000-0000' },
  { recipients: ['010-0000-0000', '+81 90-0000-0000'] },
  { recipients: [1000000000] },
]

const telegram: Case = {
  secret: { token: '1111:sample-token_A', chatId: -1000000000000 },
  refused: [
    { token: undefined },
    { token: '' },
    { token: 'sample' },
    { token: '1111:sample/../getMe' },
    { token: '1111:sample\r\nx-header: 1' },
    { chatId: undefined },
    { chatId: '' },
    { chatId: 'sample chat' },
    { chatId: 1.5 },
  ],
  recipients: ['-1000000000000'],
  request: {
    url: 'https://api.telegram.org/bot1111:sample-token_A/sendMessage',
    headers: { 'content-type': 'application/json' },
    body: { chat_id: '-1000000000000', text: TEXT, link_preview_options: { is_disabled: true } },
  },
  taken: { body: { ok: true, result: { message_id: 1, text: TEXT } }, code: '200' },
  doubtful: [{ ok: 'true' }, { ok: 1 }, { ok: null }, { result: { message_id: 1 } }, { OK: true }],
  broken: { 500: 'retryable', 502: 'retryable', 503: 'retryable', 504: 'retryable' },
  answers: {
    retryable: [
      telegramSays(429, 'Too Many Requests: retry after 1', { parameters: { retry_after: 1 } }),
      telegramSays(500, 'Internal Server Error'),
      telegramSays(502, 'Bad Gateway'),
    ],
    permanent: [
      telegramSays(400, 'Bad Request: chat not found'),
      telegramSays(401, 'Unauthorized'),
      telegramSays(403, 'Forbidden: bot was blocked by the user'),
      telegramSays(403, 'Forbidden: bot was kicked from the group chat'),
      { ...telegramSays(403, 'Forbidden: said inside a 200'), status: 200 },
    ],
  },
}

const nhnPermanent = [
  4,
  ...[-1000, -1001, -1002, -1003, -1004, -1005, -1006, -1007, -1008],
  ...[-9995, -9996, -9997, -9998],
  ...[-2001, -2015, -2018, -2019, -2023, -2052, -2312, -2313],
]

const nhnSms: Case = {
  secret: { appKey: 'sampleAppKey', secretKey: 'sample.secret+key', ...numbers },
  refused: [
    { appKey: undefined },
    { appKey: '' },
    { appKey: '../other' },
    { secretKey: undefined },
    { secretKey: '' },
    { secretKey: 'sample\r\nx-header: 1' },
    { secretKey: '열쇠' },
    ...refusedNumbers,
  ],
  recipients: digits,
  request: {
    url: 'https://sms.api.nhncloudservice.com/sms/v3.0/appKeys/sampleAppKey/sender/sms',
    headers: { 'content-type': 'application/json;charset=UTF-8', 'x-secret-key': 'sample.secret+key' },
    body: { body: TEXT, sendNo: '020000000', recipientList: [{ recipientNo: '01000000000' }] },
  },
  taken: { body: nhnSent(0, 'SUCCESS'), code: '20260101000000R0000000001' },
  doubtful: [
    { ...nhnSent(0, 'SUCCESS'), body: null },
    { ...nhnSent(0, 'SUCCESS'), body: { data: null } },
    { ...nhnSent(0, 'SUCCESS'), body: { data: { requestId: '20260101000000R0000000001', sendResultList: [] } } },
    { ...nhnSent(0, 'SUCCESS'), header: { isSuccessful: false, resultCode: 0, resultMessage: 'SUCCESS' } },
    { ...nhnSent(0, 'SUCCESS'), header: { isSuccessful: 'true', resultCode: 0, resultMessage: 'SUCCESS' } },
    { body: nhnSent(0, 'SUCCESS').body },
  ],
  broken: { 500: 'ambiguous', 502: 'ambiguous', 503: 'ambiguous', 504: 'ambiguous' },
  answers: {
    retryable: [nhnHeader(-2021), nhnRecipient(-2021)],
    permanent: [
      ...nhnPermanent.flatMap((code) => [nhnHeader(code), nhnRecipient(code)]),
      {
        status: 200,
        body: { header: { isSuccessful: false, resultCode: -2052, resultMessage: null }, body: null },
        code: -2052,
        reason: '',
      },
    ],
    ambiguous: [
      nhnHeader(-9999),
      nhnRecipient(-9999),
      { ...nhnHeader(-9999), status: 500 },
      { ...nhnHeader(-1000), status: 503 },
    ],
  },
}

const solapiPermanent = ['1010', '1011', '1012', '1013', '1014', '1025', '1026', '1027', '1028', '1029', '1030', '1031']
const solapiBlocked = Array.from({ length: 10 }, (_, last) => `104${last}`)
const solapiKeys = ['InvalidAPIKey', 'SignatureDoesNotMatch', 'Forbidden']

const solapiSms: Case = {
  secret: { apiKey: 'SAMPLEAPIKEY', apiSecret: 'SAMPLESECRET', ...numbers },
  refused: [
    { apiKey: undefined },
    { apiKey: '' },
    { apiKey: 'a, date=b' },
    { apiKey: 'sample\r\nx-header: 1' },
    { apiSecret: undefined },
    { apiSecret: '' },
    { apiSecret: ['SAMPLESECRET'] },
    ...refusedNumbers,
  ],
  recipients: digits,
  request: {
    url: 'https://api.solapi.com/messages/v4/send-many/detail',
    headers: {
      'content-type': 'application/json',
      authorization:
        'HMAC-SHA256 apiKey=SAMPLEAPIKEY, date=2026-01-01T00:00:00.000Z, salt=0123456789abcdef0123456789abcdef, ' +
        'signature=181d6f10ec0f31ebdf15c90ebc27995ebeb545ee3c187921c190264b0809d09a',
    },
    body: {
      messages: [{ to: '01000000000', from: '020000000', text: TEXT, type: 'SMS', customFields: { alertId: ALERT } }],
      showMessageList: true,
    },
  },
  taken: { body: { failedMessageList: [], groupInfo: solapiGroup(1, 0) }, code: 'G4V-sample' },
  doubtful: [
    { failedMessageList: [], groupInfo: solapiGroup(0, 0) },
    { failedMessageList: [], groupInfo: { groupId: 'G4V-sample' } },
    { failedMessageList: [] },
    { groupId: 'G4V-sample', messageId: 'M4V-sample' },
  ],
  broken: { 500: 'ambiguous', 502: 'ambiguous', 503: 'retryable', 504: 'ambiguous' },
  answers: {
    retryable: [
      solapiFailed('1024'),
      ...[400, 403].flatMap((status) => ['RequestTimeTooSkewed', 'DuplicatedSignature'].map(solapiRefused(status))),
      solapiRefused(429)('TooManyRequests'),
      solapiRefused(503)('ServiceUnavailable'),
    ],
    permanent: [
      ...[...solapiPermanent, '1062', ...solapiBlocked].map(solapiFailed),
      ...[400, 403].flatMap((status) => solapiKeys.map(solapiRefused(status))),
      {
        status: 200,
        body: { failedMessageList: [], groupInfo: solapiGroup(0, 1) },
        code: 'registeredFailed',
        reason: 'no reason given',
      },
    ],
    ambiguous: [500, 502, 504].map((status) => solapiRefused(status)('InternalError')),
  },
}

export const cases = { telegram, 'nhn-sms': nhnSms, 'solapi-sms': solapiSms } satisfies Record<
  keyof typeof channels,
  Case
>

function telegramSays(status: number, description: string, more: object = {}): Said {
  return { status, body: { ok: false, error_code: status, description, ...more }, code: status, reason: description }
}

/** The whole request refused: with HTTP 200, as NHN does. */
function nhnHeader(code: number): Said {
  const header = { isSuccessful: false, resultCode: code, resultMessage: `said ${code}` }
  return { status: 200, body: { header, body: null }, code, reason: `said ${code}` }
}

/** The request taken and its recipient refused. */
function nhnRecipient(code: number): Said {
  return { status: 200, body: nhnSent(code, `said ${code}`), code, reason: `said ${code}` }
}

function nhnSent(resultCode: number, resultMessage: string) {
  const sendResultList = [{ recipientNo: '01000000000', resultCode, resultMessage, recipientSeq: 1 }]
  const data = { requestId: '20260101000000R0000000001', statusCode: '2', sendResultList }
  return { header: { isSuccessful: true, resultCode: 0, resultMessage: 'SUCCESS' }, body: { data } }
}

/** A 200 in which the message was refused. */
function solapiFailed(code: string): Said {
  const failed = { to: '01000000000', statusCode: code, statusMessage: `said ${code}`, messageId: 'M4V-sample' }
  const body = { failedMessageList: [failed], groupInfo: solapiGroup(0, 1) }
  return { status: 200, body, code, reason: `said ${code}` }
}

function solapiRefused(status: number) {
  return (code: string): Said => {
    return { status, body: { errorCode: code, errorMessage: `said ${code}` }, code, reason: `said ${code}` }
  }
}

function solapiGroup(registeredSuccess: number, registeredFailed: number) {
  return { groupId: 'G4V-sample', count: { total: 1, registeredSuccess, registeredFailed } }
}
