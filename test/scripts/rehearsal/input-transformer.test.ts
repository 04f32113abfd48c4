import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { transformed } from '../../../scripts/rehearsal/input-transformer.ts'
import { corpus, corpusRecord } from '../../../scripts/rehearsal/records.ts'
import { usEast1 } from '../../../templates-src/us-east-1.ts'
import { at, deployed, settings } from '../../templates-src/references.ts'

const EVENT = {
  account: '111122223333',
  count: 0,
  on: false,
  odd: '<account>',
  detail: { eventName: 'ConsoleLogin', userIdentity: { type: 'Root' }, errorMessage: null, tags: ['a'] },
}

type Row = readonly [what: string, paths: Record<string, string>, template: string, text: string]

const ROWS: readonly Row[] = [
  ['a text without places', {}, '"root was used"', '"root was used"'],
  ['a value', { account: '$.account' }, '"of <account>"', '"of 111122223333"'],
  ['a value deep down', { who: '$.detail.userIdentity.type' }, '<who>', 'Root'],
  ['a value twice', { a: '$.account' }, '<a>/<a>', '111122223333/111122223333'],
  ['several values', { 'a-1': '$.account', b_2: '$.detail.eventName' }, '<b_2> <a-1>', 'ConsoleLogin 111122223333'],
  ['zero and false', { count: '$.count', on: '$.on' }, '<count> <on>', '0 false'],
  [
    'an object, as JSON',
    { who: '$.detail.userIdentity', tags: '$.detail.tags' },
    '<who><tags>',
    '{"type":"Root"}["a"]',
  ],
  ['the whole event', { event: '$' }, '<event>', JSON.stringify(EVENT)],
  ['a path that finds nothing is left out', { ip: '$.detail.sourceIPAddress' }, '"From: <ip>"', '"From: "'],
  ['a path beyond what is there is left out', { x: '$.nothing.at.all' }, '[<x>]', '[]'],
  [
    'null is left out',
    { error: '$.detail.errorMessage', deeper: '$.detail.errorMessage.x' },
    '[<error><deeper>]',
    '[]',
  ],
  ['a value that looks like a place stays as it is', { account: '$.account', odd: '$.odd' }, '<odd>', '<account>'],
]

const test = suite('the input transformer')

for (const [what, InputPathsMap, InputTemplate, text] of ROWS) {
  test(what, () => assert.is(transformed({ InputPathsMap, InputTemplate }, EVENT), text))
}

test('without one the target gets the event', () => {
  assert.is(transformed(undefined, EVENT), JSON.stringify(EVENT))
})

const NO_FIELD = '"A line that ends with its colon: the record has no such field. It may have failed all the same."'
const UNSIGNED = '(ANONYMOUS_PRINCIPAL here is a call without credentials)'
const emailOf = (name: string, rule = 'RootActivityRule') => {
  const { [rule]: resource } = deployed(usEast1(settings)).Resources
  const transformer = at(resource, 'Properties.Targets.1.InputTransformer') as Parameters<typeof transformed>[0]
  return transformed(transformer, corpusRecord(name).event).split('\n')
}

test("the e-mail's text is filled in from a record of root failing to sign in, and says so in a word", () => {
  assert.equal(emailOf('root-console-login-failed').slice(0, 8), [
    '"[root-guard] The root user, the account or this guard was used or changed: AWS account 111122223333"',
    '"What: ConsoleLogin (aws.signin, AWS Console Sign In via CloudTrail)    "',
    '"Sign-in result: Failure   "',
    '"Error code: "',
    '"Success: "',
    NO_FIELD,
    '"MFA: No"',
    '"Who: Root arn:aws:iam::111122223333:root 111122223333"',
  ])
})

test('of a call that was refused it says so, of a rule of AWS Config what it found', () => {
  assert.is(emailOf('root-run-instances-refused')[3], '"Error code: Client.UnauthorizedOperation"')
  assert.match(emailOf('root-mfa-noncompliant')[1] ?? '', /root-guard-root-mfa NON_COMPLIANT/)
  assert.match(emailOf('region-opt-in-enabled')[1] ?? '', /ap-east-1 ENABLED/)
})

test('of the guard being touched it has a text of its own', () => {
  assert.equal(emailOf('guard-put-targets-refused', 'GuardTouchedRule').slice(0, 6), [
    '"[root-guard] Somebody changed, or tried to change, what this guard is made of: AWS account 111122223333"',
    '"What: PutTargets (aws.events)"',
    '"Error code: AccessDenied"',
    '"Success: "',
    NO_FIELD,
    '"Who: IAMUser arn:aws:iam::111122223333:user/minji AIDAEXAMPLEEXAMPLE000"',
  ])
})

test('says in a line of its own each field by which AWS says that something failed', () => {
  for (const [name, line] of [
    ['external-directory-login-failed', '"Sign-in result:    Failure"'],
    ['password-recovery-completed-failed', '"Sign-in result:   Failure "'],
    ['oauth-token-refused-without-an-error-code', '"Success: false"'],
    ['root-aws-login-token', '"Success: true"'],
  ] as const) {
    assert.ok(emailOf(name).includes(line), name)
  }
})

test('claims of no record that it succeeded, for none of its fields says so where it is missing', () => {
  for (const { name } of corpus()) {
    const claims = emailOf(name).filter((line) => /succeeded|worked/i.test(line))
    assert.equal(claims, [], name)
  }
})

test('names who called from another account, and says what no credentials look like', () => {
  const lines = (name: string) => emailOf(name, 'GuardTouchedRule').slice(5, 7)
  assert.equal(lines('guard-subscribed-from-another-account'), [
    '"Who: AWSAccount  AROAEXAMPLEEXAMPLE009:minji"',
    `"Account of the caller: 444455556666 ${UNSIGNED}"`,
  ])
  assert.equal(lines('guard-queue-sent-to-without-credentials'), [
    '"Who: AWSAccount  "',
    `"Account of the caller: ANONYMOUS_PRINCIPAL ${UNSIGNED}"`,
  ])
})

for (const rule of ['RootActivityRule', 'GuardTouchedRule']) {
  test(`${rule}: every line of it is one quoted line, whatever strangers wrote into the record`, () => {
    for (const { name } of corpus()) {
      for (const line of emailOf(name, rule)) assert.match(line, /^"[^"\n]*"$/, name)
    }
  })
}

test.run()
