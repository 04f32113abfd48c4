import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { corpus } from '../../../scripts/rehearsal/records.ts'
import { whySilent } from '../../../scripts/rehearsal/why-silent.ts'
import { activityPattern } from '../../../templates-src/parts/activity-rule.ts'

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
  ['a comparison it has no words for', { source: [{ prefix: 'aws.s' }] }, USER, unexplained],
]

const test = suite('why a rule is silent')

for (const [what, pattern, event, reason] of ROWS) {
  test(`${what}: ${reason}`, () => assert.is(whySilent(pattern, event), reason))
}

const silent = corpus().filter(({ label }) => label === 'silent')

test('the corpus has records that no one is told of', () => assert.ok(silent.length > 0))

for (const { name, event } of silent) {
  test(`${name}: among the reasons, that it is no drill`, () => {
    assert.match(whySilent(activityPattern(), event), /source is "[\w.-]+", not "root-guard\.drill"/)
  })
}

test.run()
