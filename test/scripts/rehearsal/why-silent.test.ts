import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { corpus } from '../../../scripts/rehearsal/records.ts'
import { nearestReason, whySilent } from '../../../scripts/rehearsal/why-silent.ts'
import { loadSettings } from '../../../templates-src/config/load.ts'
import { activityRules } from '../../../templates-src/parts/activity-rule.ts'

type Fields = Readonly<Record<string, unknown>>
type Row = readonly [what: string, pattern: Fields, event: Fields, reason: string]

const ROOT = { detail: { userIdentity: { type: ['Root'] } } }
const DRILL = { source: ['root-guard.drill'] }
const USER = { source: 'aws.iam', detail: { userIdentity: { type: 'IAMUser' } } }

const notRoot = 'detail.userIdentity.type is "IAMUser", not "Root"'
const missing = 'detail.userIdentity.type is missing, not "Root"'
const unexplained = 'the event does not match its pattern'

const ROWS: readonly Row[] = [
  ['another value', ROOT, USER, notRoot],
  ['one of several values', { source: ['aws.s3', 'aws.sts'] }, USER, 'source is "aws.iam", not "aws.s3" or "aws.sts"'],
  ['several fields', { ...DRILL, ...ROOT }, USER, `source is "aws.iam", not "root-guard.drill", ${notRoot}`],
  ['a field that is right is not mentioned', { ...ROOT, source: ['aws.iam'] }, USER, notRoot],
  ['a number', { n: [1, 2] }, { n: 3 }, 'n is 3, not 1 or 2'],
  ['an empty text', { source: ['aws.iam'] }, { source: '' }, 'source is "", not "aws.iam"'],
  ['a missing field', ROOT, { source: 'aws.iam', detail: {} }, missing],
  ['no detail at all', ROOT, { source: 'aws.iam' }, missing],
  ['detail that is null', ROOT, { detail: null }, missing],
  ['neither of two ways', { $or: [ROOT, DRILL] }, USER, `${notRoot} and source is "aws.iam", not "root-guard.drill"`],
  [
    'a field beside two ways',
    { n: [1], $or: [DRILL] },
    USER,
    'n is missing, not 1, source is "aws.iam", not "root-guard.drill"',
  ],
  ['another beginning', { source: [{ prefix: 'aws.s' }] }, USER, 'source is "aws.iam", not "aws.s…"'],
  ['another shape', { source: [{ wildcard: '*.s3' }] }, USER, 'source is "aws.iam", not "*.s3"'],
  ['the one value that may not be', { n: [{ 'anything-but': 1 }] }, { n: 1 }, 'n is 1, not something other than 1'],
  [
    'one of the values that may not be',
    { n: [{ 'anything-but': [1, 2] }, { exists: false }] },
    { n: 2 },
    'n is 2, not something other than 1 and 2 or missing',
  ],
  [
    'one of the beginnings that may not be',
    { n: [{ 'anything-but': { prefix: ['Det', 'Con'] } }] },
    { n: 'Detect' },
    'n is "Detect", not something other than "Det…" and "Con…"',
  ],
  ['a beginning that may be', { n: [{ 'anything-but': { prefix: ['Det'] } }] }, { n: 'Put' }, unexplained],
  ['a field that must not be there', { n: [{ exists: false }] }, { n: 1 }, 'n is 1, not missing'],
  ['none of the values of a list', { names: ['a'] }, { names: ['b', 'c'] }, 'names is ["b","c"], not "a"'],
  [
    'ways further down',
    { detail: { $or: [{ a: [1] }, { b: [1] }] } },
    { detail: { b: 2 } },
    'detail.a is missing, not 1 and detail.b is 2, not 1',
  ],
  ['of several ways the nearest', { $or: [{ a: [1], b: [1] }, { c: [1] }] }, {}, 'c is missing, not 1'],
  [
    'many ways, which are only counted',
    { detail: { $or: [1, 2, 3, 4, 5, 6].map((n) => ({ n: [n] })) } },
    { detail: { n: 7 } },
    'none of 6 ways at detail fits',
  ],
  ['a comparison it does not know', { source: [{ suffix: 'x' }] }, USER, unexplained],
  [
    'a pattern that fits after all',
    { source: [{ prefix: 'aws.' }], names: ['a'] },
    { ...USER, names: ['a'] },
    unexplained,
  ],
]

const test = suite('why a rule is silent')

for (const [what, pattern, event, reason] of ROWS) {
  test(`${what}: ${reason}`, () => assert.is(whySilent(pattern, event), reason))
}

const silent = corpus().filter(({ label }) => label === 'silent')

test('the corpus has records that no one is told of', () => assert.ok(silent.length > 0))

for (const { name, event } of silent) {
  for (const { id, pattern } of activityRules(loadSettings('test/root-guard.yaml'))) {
    test(`${name}: why ${id} does not tell it`, () => assert.is.not(whySilent(pattern, event), unexplained))
  }
}

const root = activityRules(loadSettings('test/root-guard.yaml')).find(({ id }) => id === 'RootActivityRule')
  ?.pattern as Fields

const NEAREST: readonly (readonly [record: string, reason: string])[] = [
  ['iam-user-console-login', '`userIdentity.type` is IAMUser, not Root'],
  ['assumed-role-describe-instances', '`userIdentity.type` is AssumedRole, not Root'],
  ['role-reads-contacts', '`userIdentity.type` is AssumedRole, not Root'],
  ['ec2-state-change', '`userIdentity.type` is missing, not Root'],
  [
    'other-rule-noncompliant',
    '`configRuleName` is s3-bucket-encryption, not root-guard-root-access-key or root-guard-root-mfa',
  ],
  ['drill-of-another-guard', '`source` is another-guard.drill, not "aws.…"'],
  ['forged-root-event', '`source` is custom.forgery, not "aws.…"'],
]

for (const [record, reason] of NEAREST) {
  test(`${record}, in short: ${reason}`, () => {
    const { event } = corpus().find(({ name }) => name === record) ?? { event: {} }
    assert.is(nearestReason(root, event), reason)
  })
}

test('in short it is one line for every silent record, and short whatever was pasted', () => {
  for (const { name, event } of silent) assert.match(nearestReason(root, event), /^`[\w.-]+` is .{1,110}$/, name)
  const pasted = { source: 'aws.s3', detail: { userIdentity: { type: 'x'.repeat(100_000) } } }
  assert.ok(nearestReason(root, pasted).length < 120)
})

test.run()
