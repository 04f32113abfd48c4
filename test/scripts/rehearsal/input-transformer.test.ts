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

const emailOf = (name: string, rule = 'RootActivityRule') => {
  const { [rule]: resource } = deployed(usEast1(settings)).Resources
  const transformer = at(resource, 'Properties.Targets.1.InputTransformer') as Parameters<typeof transformed>[0]
  return transformed(transformer, corpusRecord(name).event).split('\n')
}

test("the e-mail's text is filled in from a record of root failing to sign in, and says so in a word", () => {
  assert.equal(emailOf('root-console-login-failed').slice(0, 5), [
    '"[root-guard] The root user, the account or this guard was used or changed: AWS account 111122223333"',
    '"What: ConsoleLogin (aws.signin, AWS Console Sign In via CloudTrail)    "',
    '"Result: Failure  (nothing before this bracket: it succeeded)"',
    '"MFA: No"',
    '"Who: Root arn:aws:iam::111122223333:root"',
  ])
})

test('of a call that was refused it says so, of a rule of AWS Config what it found', () => {
  const refused = '"Result:  Client.UnauthorizedOperation (nothing before this bracket: it succeeded)"'
  assert.is(emailOf('root-run-instances-refused')[2], refused)
  assert.match(emailOf('root-mfa-noncompliant')[1] ?? '', /root-guard-root-mfa NON_COMPLIANT/)
  assert.match(emailOf('region-opt-in-enabled')[1] ?? '', /ap-east-1 ENABLED/)
})

test('of the guard being touched it has a text of its own', () => {
  assert.equal(emailOf('guard-put-targets-refused', 'GuardTouchedRule').slice(0, 4), [
    '"[root-guard] Somebody changed, or tried to change, what this guard is made of: AWS account 111122223333"',
    '"What: PutTargets (aws.events)"',
    '"Result: AccessDenied (nothing before this bracket: it succeeded)"',
    '"Who: IAMUser arn:aws:iam::111122223333:user/minji"',
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
