// What SOLAPI's SMS and AlimTalk are asked and what their answers mean: the same, but for the message.
import { createHmac } from 'node:crypto'
import {
  ALERT,
  type Case,
  digits,
  LONG_TEXT,
  MESSAGE,
  NOW,
  numbers,
  type Request,
  refusedRecipients,
  refusedSenders,
  SALT,
  type Said,
} from './case.ts'

const permanentCodes = [
  ...['1010', '1011', '1012', '1013', '1014', '1025', '1026', '1027', '1028', '1029', '1030', '1031', '1062'],
  ...Array.from({ length: 10 }, (_, last) => `104${last}`),
]
const wrongKeys = ['InvalidAPIKey', 'SignatureDoesNotMatch', 'Forbidden']
const afterUs = new Date('2026-01-01T01:00:00Z')

const keys = { apiKey: 'SAMPLEAPIKEY', apiSecret: 'SAMPLESECRET' }
const refusedKeys = [
  { apiKey: undefined },
  { apiKey: '' },
  { apiKey: 'a, date=b' },
  { apiKey: 'sample\r\nx-header: 1' },
  { apiSecret: undefined },
  { apiSecret: '' },
  { apiSecret: ['SAMPLESECRET'] },
]

const both: Pick<Case, 'recipients' | 'taken' | 'doubtful' | 'broken' | 'answers' | 'refusal'> = {
  recipients: digits,
  taken: { body: { failedMessageList: [], groupInfo: group(1, 0) }, code: 'G4V-sample' },
  doubtful: [
    { failedMessageList: [], groupInfo: group(0, 0) },
    { failedMessageList: [], groupInfo: { groupId: 'G4V-sample' } },
    { failedMessageList: [] },
    { groupId: 'G4V-sample', messageId: 'M4V-sample' },
  ],
  broken: { 500: 'ambiguous', 502: 'ambiguous', 503: 'retryable', 504: 'ambiguous' },
  answers: {
    retryable: [
      failed('1024'),
      ...[400, 403].flatMap((status) => ['RequestTimeTooSkewed', 'DuplicatedSignature'].map(refused(status))),
      ...[400, 403].map((status) => ({
        ...refused(status)('RequestTimeTooSkewed'),
        date: afterUs.toUTCString(),
        again: { amend: { now: afterUs } },
      })),
      { ...refused(403)('RequestTimeTooSkewed'), date: 'some day' },
      { ...refused(403)('DuplicatedSignature'), date: afterUs.toUTCString() },
      refused(429)('TooManyRequests'),
      { ...refused(429)('TooManyRequests'), retryAfter: '2', again: { afterMs: 2000 } },
      refused(503)('ServiceUnavailable'),
    ],
    permanent: [
      ...permanentCodes.map(failed),
      ...[400, 403].flatMap((status) => wrongKeys.map(refused(status))),
      {
        status: 200,
        body: { failedMessageList: [], groupInfo: group(0, 1) },
        code: 'registeredFailed',
        reason: 'no reason given',
      },
    ],
    ambiguous: [500, 502, 504].map((status) => refused(status)('InternalError')),
  },
  refusal: (words) => ({ status: 403, body: { errorCode: 'Forbidden', errorMessage: words } }),
}

export const solapiSms: Case = {
  ...both,
  amended: ({ now }) => (now ? { headers: signed(now) } : undefined),
  secret: { ...keys, sender: '02-000-0000', ...numbers },
  refused: [...refusedKeys, { sender: undefined }, ...refusedSenders, ...refusedRecipients],
  request: sends({ from: '020000000', text: MESSAGE.short, type: 'SMS' }),
  long: sends({ from: '020000000', text: LONG_TEXT, subject: MESSAGE.subject, type: 'LMS' }),
}

const variables = {
  '#{title}': '루트 콘솔 로그인',
  '#{what}': '로그인 성공',
  '#{who}': '루트',
  '#{from}': '192.0.2.1',
  '#{when}': '09:00',
  '#{account}': '111122223333',
  '#{todo}': '확인',
}

export const solapiAlimtalk: Case = {
  ...both,
  amended: ({ now }) => (now ? { headers: signed(now) } : undefined),
  secret: { ...keys, pfId: 'KA01PF-sample', templateId: 'KA01TP-sample', ...numbers },
  refused: [
    ...refusedKeys,
    ...refusedSenders,
    { pfId: undefined },
    { pfId: '' },
    { templateId: undefined },
    { templateId: 'a b' },
    ...refusedRecipients,
  ],
  request: sends({
    type: 'ATA',
    kakaoOptions: { pfId: 'KA01PF-sample', templateId: 'KA01TP-sample', variables, disableSms: true },
  }),
}

function sends(message: object): Request {
  return {
    url: 'https://api.solapi.com/messages/v4/send-many/detail',
    headers: signed(NOW),
    body: {
      messages: [{ to: '01000000000', ...message, customFields: { alertId: ALERT } }],
      showMessageList: true,
    },
  }
}

function signed(at: Date) {
  const date = at.toISOString()
  const signature = createHmac('sha256', keys.apiSecret).update(date).update(SALT).digest('hex')
  const authorization = `HMAC-SHA256 apiKey=SAMPLEAPIKEY, date=${date}, salt=${SALT}, signature=${signature}`
  return { 'content-type': 'application/json', authorization }
}

/** A 200 in which the message was refused. */
function failed(code: string): Said {
  const message = { to: '01000000000', statusCode: code, statusMessage: `said ${code}`, messageId: 'M4V-sample' }
  return { status: 200, body: { failedMessageList: [message], groupInfo: group(0, 1) }, code, reason: `said ${code}` }
}

function refused(status: number) {
  return (code: string): Said => {
    return { status, body: { errorCode: code, errorMessage: `said ${code}` }, code, reason: `said ${code}` }
  }
}

function group(registeredSuccess: number, registeredFailed: number) {
  return { groupId: 'G4V-sample', count: { total: 1, registeredSuccess, registeredFailed } }
}
