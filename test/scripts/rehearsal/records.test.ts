// The corpus itself: what its records must be for the gate, the notifier's tests and the rehearsal to rely on them.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { corpus, corpusTrusting, happeningNow } from '../../../scripts/rehearsal/records.ts'

const KINDS = [
  ...['console-login', 'console-login-failed', 'password-changed', 'password-recovery', 'email-changed', 'cli-login'],
  ...['app-authorized', 'token-renewed', 'sign-in-restricted', 'sign-in-policy-changed'],
  ...['access-key-created', 'access-key-activated', 'access-key-deactivated', 'access-key-deleted'],
  ...['mfa-added', 'mfa-removed', 'temporary-credentials', 'assume-root', 'assume-root-session'],
  ...['account-closed', 'region-enabled', 'region-disabled', 'contacts-changed', 'guard-touched', 'sign-in-anomaly'],
  ...['noncompliant', 'compliant', 'call-read', 'call-write', 'other', 'drill', 'drift-found'],
]

const records = corpus()
const test = suite('the corpus')

test('has at least eighty records, each with a name that no other folder has', () => {
  assert.ok(records.length >= 80, `${records.length}`)
  assert.is(new Set(records.map(({ name }) => name)).size, records.length)
})

test('has records that must be told of every kind the notifier tells apart, and of no other', () => {
  const told = new Set(records.filter(({ label }) => label === 'alert').map(({ kind }) => kind))
  assert.equal([...told].sort(), [...KINDS].sort())
  assert.equal(
    records.filter(({ kind }) => !KINDS.includes(kind)).map(({ name }) => name),
    [],
  )
})

for (const { name, label, about, event } of records) {
  test(`${name} is an EventBridge event of a sample account, labelled and explained`, () => {
    assert.ok(['alert', 'silent', 'decide'].includes(label))
    assert.match(about, /^[A-Z`].+[^.]$/)
    if (label === 'decide') assert.match(about, /\bours?\b/, 'a record to decide on says what ours does')
    const said = [event['detail-type'], event.source, event.id, event.time, event.region].map((value) => typeof value)
    assert.equal([said, typeof event.detail], [Array(5).fill('string'), 'object'])
    // What another account sends to our bus is told to nobody, whatever it says.
    assert.ok(event.account === '111122223333' || (label === 'silent' && event.account === '444455556666'))
    const accounts = JSON.stringify(event).match(/(?<![\da-f-])\d{12}(?!\d)/g) ?? []
    assert.equal(
      accounts.filter((account) => !['111122223333', '444455556666'].includes(account)),
      [],
    )
  })
}

test('fired now, a record is a new event of now in the account', () => {
  const record = records.find(({ name }) => name === 'root-console-login-with-mfa')?.event ?? {}
  const [first, second] = [happeningNow(record, '444455556666'), happeningNow(record, '444455556666')]
  const detail = ({ detail }: typeof first) => detail as Record<string, string>
  assert.is.not(detail(first).eventID, detail(second).eventID)
  assert.ok(Date.now() - Date.parse(detail(first).eventTime ?? '') < 60_000)
  assert.not.match(JSON.stringify(first), '111122223333')
})

test('fired now, a record that was delivered late still tells of its own time', () => {
  const record = records.find(({ name }) => name === 'root-delivered-late')?.event ?? {}
  assert.is((happeningNow(record, '111122223333').detail as { eventTime: string }).eventTime, '2025-06-01T03:04:05Z')
})

test('fired now, an event that CloudTrail did not write gets none of its fields', () => {
  const record = records.find(({ name }) => name === 'region-opt-in-enabled')?.event ?? {}
  assert.equal(happeningNow(record, '111122223333').detail, record.detail)
})

test('speaks of the role that the guard trusts, and of none where it trusts none', () => {
  const said = (roles: readonly string[]) => JSON.stringify(corpusTrusting(roles).map(({ event }) => event))
  assert.match(said(['our-admin']), 'our-admin')
  assert.not.match(said(['our-admin']), 'platform-admin')
  assert.not.match(said([]), 'platform-admin')
  assert.ok(corpusTrusting([]).length < records.length)
})

test.run()
