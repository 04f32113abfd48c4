// Where an activity comes from: AWS or somebody else, now or long ago, a person or a session that AssumeRoot made.
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { asAssumedSession, readActivity } from '../../../handlers/notifier/activity.ts'
import { called, event, GUARD, read, recorded } from './reading.ts'

const origin = suite('the origin of an activity')

for (const [source, official] of [
  ['aws.iam', true],
  ['aws.', true],
  ['aws', false],
  ['AWS.iam', false],
  [' aws.iam', false],
  ['aws.partner/example.com/111122223333/sign-ins', false],
  ['aws.partner/', false],
  ['aws.partners', true],
  ['root-guard.drill', false],
  ['custom.aws.iam', false],
] as const) {
  origin(`is ${official ? '' : 'not '}AWS where the source is ${source}`, () => {
    const activity = read(event({ eventID: '1' }, { source }))
    assert.equal([activity.official, activity.recorded, activity.source], [official, official, source])
  })
}

origin('is in the id of what AWS did not send, so that it settles nothing of AWS', () => {
  assert.is(read(event({ eventID: 'record' }, { source: 'custom' })).id, 'custom~record')
  assert.is(read(event({ eventID: 'record' }, { source: 'root-guard.drill' })).id, 'root-guard.drill~record')
  assert.is(read(event({}, { source: 'custom' })).id, 'custom~event')
  for (const source of ['aws.partner/example.com/1/x', 'a b', 'a~b', 'é', 'x'.repeat(65)]) {
    const id = (eventID: string) => read(event({ eventID }, { source })).id
    assert.match(id('record'), /^~[0-9a-f]{64}$/)
    assert.is(id('record'), id('record'))
    assert.is.not(id('record'), id('other'))
  }
})

origin('of any source makes an id that a URL can hold as it is, and never one that AWS could have', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('aws.partner/x', 'a~b', '~', '', 'record'))
  fc.assert(
    fc.property(texts, texts, texts, (source, eventID, id) => {
      const official = read(event({ eventID }, { id }))
      assert.match(official.id, /^[\w.-]+$/)
      const reading = readActivity(event({ eventID }, { id, source }), GUARD)
      if ('refused' in reading || reading.activity.official) return
      assert.match(reading.activity.id, /^[\w.-]*~[\w.-]+$/)
      assert.is(encodeURIComponent(reading.activity.id), reading.activity.id)
    }),
  )
})

origin('is no record of CloudTrail where AWS sends an event of its own', () => {
  assert.is(recorded('sign-in-anomaly').recorded, false)
  assert.is(recorded('root-mfa-noncompliant').recorded, false)
  assert.is(recorded('root-console-login-with-mfa').recorded, true)
})
origin('lets nobody say more in word of drift than how much there is', () => {
  const said = {
    eventName: 'ConsoleLogin',
    found: 3,
    userAgent: 'call 010',
    userIdentity: { type: 'Root', arn: 'call' },
  }
  const { kind, subject, actor, identity, userAgent, official } = read(event(said, { source: 'root-guard.drift' }))
  assert.equal([kind, subject, actor, identity, userAgent, official], ['drift-found', '3', 'unknown', '', '', false])
  assert.is(read(event({ found: '3 call 010' }, { source: 'root-guard.drift' })).subject, '')
  const id = read(event({ found: 3, eventID: 'call 010' }, { source: 'root-guard.drift' })).id
  assert.not.match(id, 'call')
})
origin.run()

const late = suite('a late record')

for (const [addendum, expected] of [
  [{ reason: 'DELIVERY_DELAY' }, { reason: 'DELIVERY_DELAY' }],
  [{ reason: 'OF_TOMORROW' }, { reason: 'OF_TOMORROW' }],
  [{}, { reason: '' }],
  [{ reason: null }, { reason: '' }],
  [null, undefined],
  ['DELIVERY_DELAY', undefined],
  [[], undefined],
] as const) {
  late(`is told as ${JSON.stringify(expected)} by the addendum ${JSON.stringify(addendum)}`, () => {
    assert.equal(read(event({ addendum })).late, expected)
  })
}

late('keeps the time it happened at', () => {
  assert.equal(recorded('root-delivered-late').time, new Date('2025-06-01T03:04:05Z'))
})

late('that amends another has its id, whose delivery records settle it', () => {
  const amended = (more: object) => read(event({ eventID: 'own', addendum: { reason: 'UPDATED_DATA', ...more } })).id
  assert.is(amended({ originalEventID: 'original' }), 'original')
  assert.is(amended({}), 'own')
  assert.is(amended({ originalEventID: {} }), 'own')
})

late('of any other reason keeps its own id', () => {
  const addendum = { reason: 'DELIVERY_DELAY', originalEventID: 'original' }
  assert.is(read(event({ eventID: 'own', addendum })).id, 'own')
})

late('that is aggregated has the id of its other spelling', () => {
  assert.is(recorded('root-aggregated-event').id, '00000000-0000-4000-8000-000000009999')
})
late.run()

const sessions = suite('a session of AssumeRoot')

const ASSUMED = { userIdentity: { type: 'Root', sessionContext: { assumedRoot: 'true' } } }

sessions('is announced by the key that the call was answered with', () => {
  assert.match(recorded('assume-root').madeKey, /^ASIA/)
  assert.is(recorded('assume-root-refused').madeKey, '')
})

sessions('is announced by nobody but AWS, or a forged answer could hide root behind it', () => {
  const responseElements = { credentials: { accessKeyId: 'ASIAEXAMPLEEXAMPLE00' } }
  const answered = (source: string, eventName: string) =>
    read(event({ eventName, responseElements }, { source })).madeKey
  assert.is(answered('aws.sts', 'AssumeRoot'), 'ASIAEXAMPLEEXAMPLE00')
  assert.is(answered('custom.sts', 'AssumeRoot'), '')
  assert.is(answered('aws.partner/example.com/1/x', 'AssumeRoot'), '')
  assert.is(answered('root-guard.drill', 'AssumeRoot'), '')
  assert.is(answered('aws.sts', 'GetSessionToken'), '')
})

sessions('is known where the record says so', () => {
  const { kind, severity, assumed } = called('DeleteBucketPolicy', ASSUMED)
  assert.equal([kind, severity, assumed], ['assume-root-session', 'notable', true])
})

sessions('is known by its key otherwise: a call of root becomes one of the session', () => {
  const call = called('DeleteBucketPolicy')
  assert.equal([call.kind, call.assumed], ['call-write', false])
  const { kind, severity, assumed } = asAssumedSession(call)
  assert.equal([kind, severity, assumed], ['assume-root-session', 'notable', true])
})

sessions('stays critical where it does what is critical, and says whose session it was', () => {
  for (const eventName of ['CreateLoginProfile', 'CreateAccessKey', 'DeactivateMFADevice']) {
    const { kind, severity, assumed } = called(eventName, ASSUMED)
    assert.equal([severity, assumed], ['critical', true], eventName)
    assert.is.not(kind, 'assume-root-session')
  }
})

sessions('is never that of somebody who is not root', () => {
  const other = recorded('assumed-role-describe-instances')
  assert.is(asAssumedSession(other), other)
})
sessions.run()
