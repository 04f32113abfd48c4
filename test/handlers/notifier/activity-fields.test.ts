// How an activity is read when fields of its record are missing, odd or of another type: as real ones have been, and worse.
import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Activity } from '../../../handlers/notifier/activity.ts'
import { event, read } from './reading.ts'

const fields = suite('the fields of an activity')

const ROOT_ARN = 'arn:aws:iam::111122223333:root'
const root = (more: object) => ({ userIdentity: { type: 'Root', ...more } })
const mfaUsed = (MFAUsed: unknown) => ({ additionalEventData: { MFAUsed } })
const mfaAuthenticated = (said: unknown) => root({ sessionContext: { attributes: { mfaAuthenticated: said } } })
const federated = (type: string) => ({
  userIdentity: { type: 'FederatedUser', sessionContext: { sessionIssuer: { type } } },
})
const signIn = (more: object) => ({ eventName: 'ConsoleLogin', ...more })

for (const [what, detail, expected] of [
  ['an empty ARN', root({ arn: '' }), { actor: 'root', identity: 'Root' }],
  ["a user's ARN on root", root({ arn: 'arn:aws:iam::111122223333:user/Alice' }), { actor: 'root' }],
  ['no access key', root({ accessKeyId: undefined }), { actor: 'root', identity: 'Root' }],
  [
    'an ARN of root on a user',
    { userIdentity: { type: 'IAMUser', arn: ROOT_ARN } },
    { actor: 'other', identity: ROOT_ARN },
  ],
  [
    'a name and no ARN',
    { userIdentity: { type: 'IAMUser', userName: 'minji' } },
    { actor: 'other', identity: 'minji' },
  ],
  ['no identity', {}, { identity: '', account: 'of-the-event', mfa: 'unknown' }],
  ['an identity that is null', { userIdentity: null }, { identity: '', mfa: 'unknown' }],
  ['an identity that is an array', { userIdentity: ['Root'] }, { identity: '', mfa: 'unknown' }],
  ['an account only in recipientAccountId', { recipientAccountId: '111122223333' }, { account: '111122223333' }],
  ['an account as a number', root({ accountId: 111122223333 }), { account: '111122223333' }],
  ['a Region called global', { awsRegion: 'global' }, { region: 'global' }],
  ['no Region', {}, { region: 'of-the-event' }],
  ['MFAUsed Yes', mfaUsed('Yes'), { mfa: 'used' }],
  ['MFAUsed YES', mfaUsed('YES'), { mfa: 'used' }],
  ['MFAUsed No', mfaUsed('No'), { mfa: 'not-used' }],
  ['no MFAUsed', { additionalEventData: {} }, { mfa: 'unknown' }],
  ['MFAUsed as a number', mfaUsed(7), { mfa: 'unknown' }],
  ['additionalEventData as a text', { additionalEventData: 'MFAUsed' }, { mfa: 'unknown' }],
  ['mfaAuthenticated true', mfaAuthenticated(true), { mfa: 'used' }],
  ['mfaAuthenticated false', mfaAuthenticated(false), { mfa: 'not-used' }],
  ['mfaAuthenticated "true"', mfaAuthenticated('true'), { mfa: 'used' }],
  ['mfaAuthenticated "false"', mfaAuthenticated('false'), { mfa: 'not-used' }],
  ['a sign-in that says Failure only', signIn({ responseElements: { ConsoleLogin: 'Failure' } }), failed('Failure')],
  ['a sign-in that carries only a message', signIn({ errorMessage: 'Failed authentication' }), failed(/Failed/)],
  ['a sign-in with an empty message', signIn({ errorMessage: '' }), { kind: 'console-login', failure: undefined }],
  [
    'a call with an error code',
    { eventName: 'X', errorCode: 'AccessDenied' },
    { kind: 'call-write', failure: 'AccessDenied' },
  ],
  ['both code and message', { errorCode: 'AccessDenied', errorMessage: 'not allowed' }, { failure: 'not allowed' }],
  ['a time as text', { eventTime: '2026-01-02T03:04:05Z' }, { time: new Date('2026-01-02T03:04:05Z') }],
  ['a time that is none', { eventTime: 'yesterday' }, { time: new Date('2026-01-01T00:00:00Z') }],
  ['a time as an object', { eventTime: {} }, { time: new Date('2026-01-01T00:00:00Z') }],
  ['an address that is null', { sourceIPAddress: null, userAgent: null }, { sourceIp: '', userAgent: '' }],
  ['an address that is a list', { sourceIPAddress: ['192.0.2.1'], userAgent: {} }, { sourceIp: '', userAgent: '' }],
  ['a time that is a bare number', { eventTime: 2026 }, { time: new Date('2026-01-01T00:00:00Z') }],
  ['no identity type', { userIdentity: { accountId: '111122223333' } }, { actor: 'unknown' }],
  ['MFAUsed that throws when it is made text', mfaUsed({ toString: 1, valueOf: 1 }), { mfa: 'unknown' }],
  ['MFAUsed in a list', mfaUsed(['Yes']), { mfa: 'unknown' }],
  ['an empty MFAUsed beside mfaAuthenticated', { ...mfaAuthenticated('true'), ...mfaUsed('') }, { mfa: 'used' }],
  ['an access key', root({ accessKeyId: 'AKIAEXAMPLEEXAMPLE00' }), { accessKey: 'AKIAEXAMPLEEXAMPLE00' }],
  ['an access key that is a list', root({ accessKeyId: ['AKIA'] }), { accessKey: '' }],
  ['readOnly true', { readOnly: true }, { readOnly: true }],
  ['readOnly "true"', { readOnly: 'true' }, { readOnly: true }],
  ['readOnly "False"', { readOnly: 'False' }, { readOnly: false }],
  ['readOnly 1', { readOnly: 1 }, { readOnly: undefined }],
  ['no readOnly', {}, { readOnly: undefined }],
  ['a session that root federated', federated('Root'), { actor: 'root' }],
  ['a session that a user federated', federated('IAMUser'), { actor: 'other' }],
  ['no event name', {}, { kind: 'other', name: 'AWS API Call via CloudTrail', service: 'aws.iam' }],
  ['an event name that is a list', { eventName: ['ConsoleLogin'] }, { kind: 'other' }],
] satisfies [string, object, object][]) {
  fields(`are read from a record with ${what}`, () => {
    const activity = read(event(detail))
    for (const [field, value] of Object.entries(expected)) {
      if (value instanceof RegExp) assert.match(activity[field as 'failure'] ?? '', value)
      else assert.equal(activity[field as keyof Activity], value, field)
    }
  })
}

fields('tell a billing-console record without an identity type by its name, its account and its service', () => {
  const detail = {
    eventType: 'AwsConsoleAction',
    eventSource: 'billingconsole.amazonaws.com',
    eventName: 'SetContactAddress',
    userIdentity: { accountId: '111122223333' },
  }
  const { kind, name, service, account, failure } = read(event(detail))
  const expected = ['contacts-changed', 'SetContactAddress', 'billingconsole.amazonaws.com', '111122223333', undefined]
  assert.equal([kind, name, service, account, failure], expected)
})

fields('say drill of what the drill sent and of nothing else', () => {
  assert.equal(read(event({ eventSource: 'signin.amazonaws.com' }, { source: 'root-guard.drill' })).drill, {
    check: false,
    channels: [],
    tookIn: 'of-the-event',
  })
  assert.is(read(event({ source: 'root-guard.drill', eventSource: 'root-guard.drill' })).drill, undefined)
  assert.is(read(event({}, { source: 'root-guard.drill.other' })).drill, undefined)
})

fields('survive every field being of every wrong type', () => {
  const names = ['eventID', 'eventName', 'eventSource', 'eventTime', 'awsRegion', 'userIdentity', 'responseElements']
  const more = [
    'errorCode',
    'errorMessage',
    'additionalEventData',
    'sourceIPAddress',
    'userAgent',
    'recipientAccountId',
  ]
  for (const wrong of [0, -1, 1e308, true, null, [], [[]], {}, { a: [1] }, '', ' ', '\u0000']) {
    const all = Object.fromEntries([...names, ...more].map((name) => [name, wrong]))
    const activity = read(event(all, { id: wrong, time: wrong, account: wrong, region: wrong }))
    assert.ok(activity.id !== '', JSON.stringify(wrong))
    for (const name of [activity.name, activity.service]) assert.type(name, 'string')
    assert.ok(activity.time === undefined || !Number.isNaN(activity.time.getTime()))
  }
})
fields.run()

const ids = suite('the id of an activity')

ids('is the eventID of CloudTrail, else the id of the event, else a digest of the body', () => {
  assert.is(read(event({ eventID: 'record' })).id, 'record')
  assert.is(read(event({})).id, 'event')
  assert.is(read(event({ eventID: null })).id, 'event')
  const nameless = event({}, { id: undefined })
  assert.is(read(nameless).id, createHash('sha256').update(nameless).digest('hex'))
})

ids('is a digest where the record names an absurdly long one, and the same digest every time', () => {
  const [one, other] = [event({ eventID: 'x'.repeat(100_000) }), event({ eventID: 'y'.repeat(100_000) })]
  assert.match(read(one).id, /^[0-9a-f]{64}$/)
  assert.is(read(one).id, read(one).id)
  assert.is.not(read(one).id, read(other).id)
})
ids.run()

function failed(failure: string | RegExp) {
  return { kind: 'console-login-failed', failure }
}
