import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { transformed } from '../../../scripts/rehearsal/input-transformer.ts'
import { corpus } from '../../../scripts/rehearsal/records.ts'
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

test("the e-mail's text is filled in from a record of root signing in", () => {
  const { RootActivityRule: rule } = deployed(usEast1(settings, '')).Resources
  const event = corpus().find(({ name }) => name === 'root-console-login-failed')?.event ?? {}
  const transformer = at(rule, 'Properties.Targets.1.InputTransformer') as Parameters<typeof transformed>[0]
  assert.equal(transformed(transformer, event).split('\n').slice(0, 3), [
    '"[root-guard] Root user activity, or a drill, in AWS account 111122223333"',
    '"What: ConsoleLogin (aws.signin) Failed authentication"',
    '"Who: Root arn:aws:iam::111122223333:root"',
  ])
})

test.run()
