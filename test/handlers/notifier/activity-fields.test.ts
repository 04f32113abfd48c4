// How an activity is read when fields of its record are missing, odd or of another type: as real ones have been, and worse.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Activity } from '../../../handlers/notifier/activity.ts'
import { corpus, corpusRecord } from '../../../scripts/rehearsal/records.ts'
import { event, read, recorded } from './reading.ts'

const fields = suite('the fields of an activity')

const ROOT_ARN = 'arn:aws:iam::111122223333:root'
const root = (more: object) => ({ userIdentity: { type: 'Root', ...more } })
const caller = (userIdentity: object) => ({ userIdentity })
const fails = { failure: 'Failure' }
const works = { failure: undefined }
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
  ['no identity', {}, { identity: '', account: '111122223333', caller: '', mfa: 'unknown' }],
  ['an identity that is null', { userIdentity: null }, { identity: '', mfa: 'unknown' }],
  ['an identity that is an array', { userIdentity: ['Root'] }, { identity: '', mfa: 'unknown' }],
  ['an account in recipientAccountId', { recipientAccountId: '444455556666' }, { account: '111122223333' }],
  ['the same account in its identity', root({ accountId: '111122223333' }), { account: '111122223333', caller: '' }],
  ['the same account as a number', root({ accountId: 111122223333 }), { account: '111122223333', caller: '' }],
  [
    'another account in its identity',
    root({ accountId: 444455556666 }),
    { account: '111122223333', caller: '444455556666' },
  ],
  ['an account in its identity that is a list', root({ accountId: ['444455556666'] }), { caller: '' }],
  [
    'nobody by name but a principal',
    { userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLEEXAMPLE00:minji' } },
    { identity: 'AROAEXAMPLEEXAMPLE00:minji' },
  ],
  ['an account and nobody', caller({ type: 'AWSAccount', accountId: '444455556666' }), { identity: '444455556666' }],
  [
    'its own account and nobody',
    caller({ type: 'AWSAccount', accountId: '111122223333' }),
    { identity: '111122223333' },
  ],
  [
    'no credentials',
    caller({ type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' }),
    { identity: 'ANONYMOUS_PRINCIPAL', caller: '', actor: 'other' },
  ],
  ['no credentials, by its principal', caller({ principalId: 'ANONYMOUS_PRINCIPAL' }), { caller: '' }],
  [
    'a service',
    caller({ type: 'AWSService', invokedBy: 'backup.amazonaws.com' }),
    { identity: 'backup.amazonaws.com', actor: 'other' },
  ],
  ['an account that says no more', caller({ type: 'AWSAccount' }), { identity: '', caller: '' }],
  ["root's ARN and no type", caller({ arn: ROOT_ARN }), { actor: 'root' }],
  ["root's name and no type", caller({ userName: 'AWS ROOT USER' }), { actor: 'root' }],
  ["a user's name and no type", caller({ userName: 'root' }), { actor: 'unknown' }],
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
  ['a sign-in step that says Failure', { eventName: 'CheckMfa', responseElements: { CheckMfa: 'Failure' } }, fails],
  [
    'another spelling of its name',
    { eventName: 'CheckMfa', responseElements: { checkMfa: 'FAILURE' } },
    { failure: 'FAILURE' },
  ],
  ["another call's answer", { eventName: 'CheckMfa', responseElements: { ConsoleLogin: 'Failure' } }, works],
  [
    'an answer of its name that is success',
    { eventName: 'CheckMfa', responseElements: { CheckMfa: 'Success' } },
    works,
  ],
  ['success "false"', { eventName: 'X', additionalEventData: { success: 'false' } }, { failure: 'success: false' }],
  ['success false', { eventName: 'X', additionalEventData: { success: false } }, { failure: 'success: false' }],
  ['success "true"', { eventName: 'X', additionalEventData: { success: 'true' } }, works],
  ['success that is a list', { eventName: 'X', additionalEventData: { success: ['false'] } }, works],
  ['a message beside success', { errorMessage: 'no', additionalEventData: { success: 'true' } }, { failure: 'no' }],
  ['no success at all', signIn({ additionalEventData: { success: 'false' } }), { kind: 'console-login-failed' }],
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

fields('name the account that EventBridge names, and the recipient alone where it names none', () => {
  const detail = { ...root({ accountId: '444455556666' }), recipientAccountId: '111122223333' }
  const accountOf = (account: unknown) => read(event(detail, { account })).account
  for (const account of ['777788889999', 777788889999]) assert.is(accountOf(account), '777788889999')
  for (const none of [undefined, '', null, {}]) assert.is(accountOf(none), '111122223333')
  assert.is(read(event(root({ accountId: '444455556666' }), { account: '' })).account, '')
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

ids('is the eventID of CloudTrail', () => {
  assert.is(read(event({ eventID: 'record' })).id, 'record')
  assert.is(read(event({ eventId: 'aggregated' })).id, 'aggregated')
})

const digest = /^[0-9a-f]{64}$/

ids(
  'is a digest where the record names one that is absurdly long or fits no path, and the same digest every time',
  () => {
    const odd = ['x'.repeat(100_000), 'y'.repeat(100_000), '#sms', 'a b', 'a~b', 'a/b', 'a?b', 'a%20b', 'é']
    const found = odd.map((eventID) => read(event({ eventID })).id)
    for (const [n, id] of found.entries()) {
      assert.match(id, digest)
      assert.is(id, read(event({ eventID: odd[n] })).id)
    }
    assert.is(new Set(found).size, odd.length)
  },
)

/** As it comes in another Region: EventBridge gives it a new id and time. */
function relayed(body: string, more: object = {}): string {
  return JSON.stringify({ ...JSON.parse(body), id: 'of-the-hop', time: '2026-01-01T00:00:07Z', ...more })
}

for (const name of ['root-mfa-noncompliant', 'region-opt-in-enabled', 'sign-in-anomaly', 'sign-in-anomaly-empty']) {
  ids(`is the same for ${name} on both sides of a hop between Regions, whatever the order of its fields`, () => {
    const { event: direct } = corpusRecord(name)
    const { id } = read(JSON.stringify(direct))
    assert.match(id, digest)
    assert.is(read(relayed(JSON.stringify(direct))).id, id)
    assert.is(read(relayed(JSON.stringify(backwards(direct)))).id, id)
  })
}

ids('is another for each event of the corpus that is no record', () => {
  const all = corpus().filter(({ event }) => (event.detail as { eventID?: string }).eventID === undefined)
  const found = all.map(({ name }) => recorded(name).id)
  assert.ok(found.filter((id) => digest.test(id)).length > 10)
  assert.is(new Set(found).size, found.length)
})

ids('of what is no record is another where its account, source, type or any word of its detail is', () => {
  const own = { 'detail-type': 'Region Opt-In Status Change', source: 'aws.account' }
  const detail = { regionName: 'ap-east-1', status: 'ENABLED' }
  const all = [
    event(detail, own),
    event({ ...detail, status: 'DISABLED' }, own),
    event({ ...detail, more: { deep: [1] } }, own),
    event({ ...detail, more: { deep: [2] } }, own),
    event({ regionName: 'ENABLED', status: 'ap-east-1' }, own),
    event(detail, { ...own, account: '444455556666' }),
    event(detail, { ...own, source: 'aws.config' }),
    event(detail, { ...own, 'detail-type': 'Other' }),
  ].map((body) => read(body).id)
  assert.is(new Set(all).size, all.length)
})

ids('of what says no time of its own is another an hour later, since it may truly have happened again', () => {
  const body = event({ regionName: 'ap-east-1', status: 'ENABLED' }, { source: 'aws.account' })
  assert.is(read(body).id, read(relayed(body)).id)
  assert.is.not(read(body).id, read(relayed(body, { time: '2026-01-01T01:00:00Z' })).id)
  const timed = event({ notificationCreationTime: '2026-01-01T00:00:00Z' }, { source: 'aws.config' })
  assert.is(read(timed).id, read(relayed(timed, { time: '2026-01-01T09:00:00Z' })).id)
})

ids('is there for an event nested deeper than the stack', () => {
  const deep = event({ nested: 'HERE' }).replace('"HERE"', '['.repeat(60_000) + ']'.repeat(60_000))
  assert.match(read(deep).id, digest)
  assert.is.not(read(deep).id, read(deep.replace('"event"', '"other"')).id)
})
ids.run()

function failed(failure: string | RegExp) {
  return { kind: 'console-login-failed', failure }
}

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => [name, backwards(one)]),
  )
}
