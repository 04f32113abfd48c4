// The relay: the same part in Seoul's template and in the one of every further Region.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import { at, changes, danglingReferences, deployed, only, settings, statements } from './references.ts'

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const ALARM_BUS = { 'Fn::Sub': 'arn:${AWS::Partition}:events:us-east-1:${AWS::AccountId}:event-bus/default' }
const RULE = { 'Fn::Sub': 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/root-guard-relay' }
const ROLE_NAME = { 'Fn::Sub': 'root-guard-relay-${AWS::Region}' }
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders

const relay = deployed(relayTemplate(settings))

for (const [where, template] of Object.entries({ relay, 'ap-northeast-2': deployed(apNortheast2(settings)) })) {
  const test = suite(`the relay in ${where}.yaml`)
  const rule = only(template, 'AWS::Events::Rule')

  test('hands on reads too, by the very pattern that decides in us-east-1', () => {
    const { RootActivityRule: alarmRule } = deployed(usEast1(settings, '')).Resources
    assert.is(at(rule, 'Properties.State'), 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')
    assert.equal(at(rule, 'Properties.EventPattern'), at(alarmRule, 'Properties.EventPattern'))
  })

  test("has one target, us-east-1's default bus, with dead letters and a day of tries", () => {
    assert.equal(at(rule, 'Properties.Targets'), [
      {
        Id: 'alarm-region',
        Arn: ALARM_BUS,
        RoleArn: { 'Fn::GetAtt': ['RelayRole', 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    ])
  })

  test('lets only this rule of this account assume its role, which may only put events on that bus', () => {
    const role = template.Resources.RelayRole
    assert.equal(at(role, 'Properties.RoleName'), ROLE_NAME)
    assert.equal(statements(role), [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: { 'aws:SourceArn': RULE },
        },
      },
      { Effect: 'Allow', Action: 'events:PutEvents', Resource: ALARM_BUS },
    ])
  })

  test('has a standard queue of its own for dead letters, open to this rule alone', () => {
    const queue = only(template, 'AWS::SQS::Queue')
    assert.is(at(queue, 'Properties.FifoQueue'), undefined)
    assert.is(at(queue, 'Properties.MessageRetentionPeriod'), 14 * 86_400)
    const policy = only(template, 'AWS::SQS::QueuePolicy')
    assert.equal(at(policy, 'Properties.Queues'), [{ Ref: 'DeadLetters' }])
    assert.equal(statements(policy), [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] },
        Condition: { ArnEquals: { 'aws:SourceArn': RULE } },
      },
    ])
    assert.is(at(rule, 'Properties.Name'), 'root-guard-relay', 'the name that the policies go by')
  })

  test.run()
}

const test = suite('relay.yaml')

test('holds the relay and nothing else', () => {
  assert.equal(Object.keys(relay.Resources).sort(), ['DeadLetters', 'DeadLettersPolicy', 'RelayRole', 'RelayRule'])
})

test('refers to nothing that is not in it', () => {
  assert.equal(danglingReferences(relay), [])
  const { DeadLetters: _, ...Resources } = relay.Resources
  assert.equal(
    danglingReferences({ Resources }),
    ['DeadLettersPolicy: Ref', 'DeadLettersPolicy: Fn::GetAtt', 'RelayRule: Fn::GetAtt'].map(
      (at) => `${at} DeadLetters`,
    ),
  )
})

const SAME: readonly Partial<Settings>[] = [
  { account: '444455556666' },
  { emails: ['other@example.com'] },
  { locale: 'en', timeZone: 'UTC' },
  { routes: { telegram: ['telegram'] } },
  { trail: 'reuse', recorder: 'reuse' },
  { relayRegions: ['us-west-2'] },
  { retention: { logDays: 30 } },
]

for (const change of SAME) {
  test(`does not change with ${Object.keys(change).join(' and ')}`, () => {
    assert.equal(changes(relay, deployed(relayTemplate({ ...settings, ...change }))), [])
  })
}

test('changes as a whole with the name, which opens every name in it', () => {
  const renamed = deployed(relayTemplate({ ...settings, name: 'sample' }))
  assert.equal(changes(relay, renamed), Object.keys(relay.Resources).sort())
  assert.not.match(JSON.stringify(renamed), 'root-guard-')
})

test.run()
