// What NHN Cloud's SMS and AlimTalk are asked and what their answers mean.
import { type Case, digits, LONG_TEXT, MESSAGE, numbers, refusedRecipients, refusedSenders, type Said } from './case.ts'

const refusedKeys = [
  { appKey: undefined },
  { appKey: '' },
  { appKey: '../other' },
  { secretKey: undefined },
  { secretKey: '' },
  { secretKey: 'sample\r\nx-header: 1' },
  { secretKey: '열쇠' },
]

const broken = { 500: 'ambiguous', 502: 'ambiguous', 503: 'ambiguous', 504: 'ambiguous' } as const
const busy: Said = {
  status: 429,
  body: '',
  code: 429,
  reason: 'too many requests',
  retryAfter: '2',
  again: { afterMs: 2000 },
}

const smsPermanent = [
  4,
  ...[-1000, -1001, -1002, -1003, -1004, -1005, -1006, -1007, -1008],
  ...[-9995, -9996, -9997, -9998],
  ...[-2001, -2015, -2018, -2019, -2023, -2052, -2312, -2313],
]

const smsSender = 'https://sms.api.nhncloudservice.com/sms/v3.0/appKeys/sampleAppKey/sender'
const smsHeaders = { 'content-type': 'application/json;charset=UTF-8', 'x-secret-key': 'sample.secret+key' }
const to = { sendNo: '020000000', recipientList: [{ recipientNo: '01000000000' }] }

export const nhnSms: Case = {
  secret: { appKey: 'sampleAppKey', secretKey: 'sample.secret+key', sender: '02-000-0000', ...numbers },
  refused: [...refusedKeys, { sender: undefined }, ...refusedSenders, ...refusedRecipients],
  recipients: digits,
  request: { url: `${smsSender}/sms`, headers: smsHeaders, body: { body: MESSAGE.short, ...to } },
  long: {
    url: `${smsSender}/mms`,
    headers: smsHeaders,
    body: { title: MESSAGE.subject, body: LONG_TEXT, senderGroupingKey: 'mms:', ...to },
  },
  taken: { body: sms(0, 'SUCCESS'), code: '20260101000000R0000000001' },
  doubtful: [
    { ...sms(0, 'SUCCESS'), body: null },
    { ...sms(0, 'SUCCESS'), body: { data: null } },
    { ...sms(0, 'SUCCESS'), body: { data: { requestId: '20260101000000R0000000001', sendResultList: [] } } },
    { ...sms(0, 'SUCCESS'), header: header(0, 'SUCCESS', false) },
    { ...sms(0, 'SUCCESS'), header: { isSuccessful: 'true', resultCode: 0, resultMessage: 'SUCCESS' } },
    { body: sms(0, 'SUCCESS').body },
  ],
  broken,
  answers: {
    accepted: [
      {
        status: 200,
        body: { header: header(0, 'SUCCESS'), body: { data: { ...sms(0, '').body.data, senderGroupingKey: 'mms:' } } },
        code: 'mms:20260101000000R0000000001',
      },
    ],
    retryable: [whole(-2021), one(sms)(-2021), busy],
    permanent: [
      ...smsPermanent.flatMap((code) => [whole(code), one(sms)(code)]),
      { status: 200, body: { header: header(-2052, null, false), body: null }, code: -2052, reason: '' },
    ],
    ambiguous: [
      whole(-9999),
      one(sms)(-9999),
      { ...whole(-9999), status: 500 },
      { ...whole(-1000), status: 503 },
      { ...whole(-2021), status: 500 },
    ],
  },
  refusal: (words) => ({ status: 200, body: sms(-2019, words) }),
}

const submitted = 'it was submitted earlier, within ten minutes'
const talkPermanent = [-1000, -1001, -1002, -1003, -1006, -1014, -3011, -3049, -3099, -4000, -5000, -9996, -9997, -9998]

export const nhnAlimtalk: Case = {
  secret: {
    appKey: 'sampleAppKey',
    secretKey: 'sample.secret+key',
    senderKey: 'sample0123456789',
    templateCode: 'sample-template_1',
    ...numbers,
  },
  refused: [
    ...refusedKeys,
    { senderKey: undefined },
    { senderKey: '' },
    { senderKey: 'sample key' },
    { templateCode: undefined },
    { templateCode: '' },
    ...refusedRecipients,
  ],
  recipients: digits,
  request: {
    url: 'https://kakaotalk-bizmessage.api.nhncloudservice.com/alimtalk/v2.3/appkeys/sampleAppKey/messages',
    headers: { ...smsHeaders, 'x-nc-api-idempotency-key': 'f60300a17c3889a9a8b0f7b24988a227' },
    body: {
      senderKey: 'sample0123456789',
      templateCode: 'sample-template_1',
      recipientList: [
        { recipientNo: '01000000000', templateParameter: MESSAGE.template, resendParameter: { isResend: false } },
      ],
    },
  },
  taken: { body: talk(0, 'SUCCESS'), code: '20260101000000K0000000001' },
  doubtful: [
    { header: header(0, 'SUCCESS') },
    { header: header(0, 'SUCCESS'), message: null },
    { header: header(0, 'SUCCESS'), message: { requestId: '20260101000000K0000000001', sendResults: [] } },
    { ...talk(0, 'SUCCESS'), header: header(0, 'SUCCESS', false) },
    { message: talk(0, 'SUCCESS').message },
  ],
  broken,
  answers: {
    retryable: [whole(-7000), one(talk)(-7000), busy],
    permanent: talkPermanent.flatMap((code) => [whole(code), one(talk)(code)]),
    ambiguous: [
      { ...whole(-1005), reason: submitted },
      { ...one(talk)(-1005), reason: submitted },
      whole(-9999),
      { ...whole(-7000), status: 500 },
    ],
  },
  refusal: (words) => ({ status: 200, body: talk(-3049, words) }),
}

/** The whole request refused: with HTTP 200, as NHN does. */
function whole(code: number): Said {
  return { status: 200, body: { header: header(code, `said ${code}`, false), body: null }, ...said(code) }
}

/** The request taken and its recipient refused. */
function one(answer: (code: number, message: string) => object) {
  return (code: number): Said => ({ status: 200, body: answer(code, `said ${code}`), ...said(code) })
}

function said(code: number) {
  return { code, reason: `said ${code}` }
}

function header(resultCode: number, resultMessage: string | null, isSuccessful = true) {
  return { isSuccessful, resultCode, resultMessage }
}

function sms(resultCode: number, resultMessage: string) {
  const sendResultList = [{ recipientNo: '01000000000', resultCode, resultMessage, recipientSeq: 1 }]
  const data = { requestId: '20260101000000R0000000001', statusCode: '2', senderGroupingKey: null, sendResultList }
  return { header: header(0, 'SUCCESS'), body: { data } }
}

function talk(resultCode: number, resultMessage: string) {
  const sendResults = [{ recipientNo: '01000000000', resultCode, resultMessage, recipientSeq: 1 }]
  return { header: header(0, 'SUCCESS'), message: { requestId: '20260101000000K0000000001', sendResults } }
}
