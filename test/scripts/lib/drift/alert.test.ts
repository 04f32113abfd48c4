// What is said of a notice of drift: the bus took it, and whether the way behind the bus is itself as deployed.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { handedOver } from '../../../../scripts/lib/drift/alert.ts'
import type { Finding } from '../../../../scripts/lib/live/stack.ts'
import { driftOutcome } from '../../../../scripts/lib/report/drift.ts'

const finding = (changed: Partial<Finding>): Finding => ({
  stackSet: 'root-guard-us-east-1',
  region: 'us-east-1',
  resource: 'RootActivityRule',
  type: 'AWS::Events::Rule',
  what: 'State',
  wished: 'ENABLED',
  found: 'DISABLED',
  state: 'differs',
  hint: 'npm run deploy',
  ...changed,
})
const handed = 'handed to the bus of us-east-1 for every route, as root-guard.drift~1'
const said = (...findings: readonly Finding[]) => handedOver(findings, 'root-guard.drift~1')

const test = suite('a notice of drift')

test('is handed to the bus, and not said to have reached anybody', () => {
  assert.is(
    said(finding({ type: 'AWS::CloudTrail::Trail', resource: 'Trail', stackSet: 'root-guard-ap-northeast-2' })),
    handed,
  )
})

test('may have reached nobody, where its own way is among the findings', () => {
  assert.is(
    said(finding({})),
    `${handed}; it may have reached nobody, since its way is among the findings: RootActivityRule`,
  )
  const gone = finding({ type: 'AWS::CloudFormation::StackSet', resource: '' })
  assert.match(said(gone), 'its way is among the findings: AWS::CloudFormation::StackSet')
})

test('names three of them, and counts the others', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((resource) => finding({ resource, type: 'AWS::Lambda::Function' }))
  assert.match(said(...many), /: a, b, c and 2 more$/)
})

test('is not doubted for a relay, nor for what only waits', () => {
  assert.is(said(finding({ stackSet: 'root-guard-relay' }), finding({ state: 'waiting' })), handed)
})

test('keeps what is waited for apart in its table', () => {
  const waits = finding({ state: 'waiting', resource: 'Email', type: 'AWS::SNS::Subscription', hint: 'click the link' })
  const { markdown = '' } = driftOutcome([finding({}), waits])
  const [drift = '', waiting = ''] = markdown.split('#### Waited for, and no drift')
  assert.match(drift, 'RootActivityRule')
  assert.not.match(drift, 'Email')
  assert.match(waiting, /Email[\s\S]*- click the link/)
})

test.run()
