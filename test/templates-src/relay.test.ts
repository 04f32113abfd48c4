// The relay: the same part in Seoul's template and in the one of every further Region.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import {
  at,
  changes,
  danglingReferences,
  deployed,
  metricsOf,
  ofType,
  only,
  type Resource,
  settings,
  statements,
} from './references.ts'

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const ALARM_BUS = { 'Fn::Sub': 'arn:${AWS::Partition}:events:us-east-1:${AWS::AccountId}:event-bus/default' }
const RULE = 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule'
const ROLE_NAME = { 'Fn::Sub': 'root-guard-relay-${AWS::Region}' }
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const NAMES = [
  'root-guard-relay-root-activity',
  'root-guard-relay-guard-touched',
  'root-guard-relay-guard-reached',
  'root-guard-relay-drill',
  'root-guard-relay-alarms',
]
const BY_RULES = {
  StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
  ArnLike: { 'aws:SourceArn': NAMES.map((name) => ({ 'Fn::Sub': `${RULE}/${name}` })) },
}

const relay = deployed(relayTemplate(settings))

for (const [where, template] of Object.entries({ relay, 'ap-northeast-2': deployed(apNortheast2(settings)) })) {
  const test = suite(`the relay in ${where}.yaml`)
  const rules = ofType(template, 'AWS::Events::Rule')

  test('hands on what root does, reads too, who touches the guard, checks, and its own alarms', () => {
    assert.equal(
      Object.entries(rules).map(([id, rule]) => [id, at(rule, 'Properties.Name'), at(rule, 'Properties.State')]),
      [
        ['RelayRootActivityRule', NAMES[0], 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
        ['RelayGuardTouchedRule', NAMES[1], 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
        ['RelayGuardReachedRule', NAMES[2], 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
        ['RelayDrillRule', NAMES[3], 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
        ['RelayAlarmsRule', NAMES[4], 'ENABLED'],
      ],
    )
  })

  for (const [id, rule] of Object.entries(rules)) {
    test(`${id} has one target, us-east-1's default bus, with dead letters, and no retry policy, which a bus does not take`, () => {
      assert.is(rule.DependsOn, 'DeadLettersPolicy')
      assert.equal(at(rule, 'Properties.Targets'), [
        {
          Id: 'alarm-region',
          Arn: ALARM_BUS,
          RoleArn: { 'Fn::GetAtt': ['RelayRole', 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
        },
      ])
    })
  }

  test('lets only its rules of this account assume its role, which may only put events on that bus', () => {
    const role = template.Resources.RelayRole
    assert.equal(at(role, 'Properties.RoleName'), ROLE_NAME)
    assert.equal(statements(role), [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: BY_RULES,
      },
      { Effect: 'Allow', Action: 'events:PutEvents', Resource: ALARM_BUS },
    ])
  })

  test('has a standard queue of its own for dead letters, open to its rules alone', () => {
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
        Condition: BY_RULES,
      },
    ])
  })

  test('has one alarm, of one metric, on the dead letters of all its rules, and no topic to confirm', () => {
    const [alarm, ...others] = Object.values(ofType(template, 'AWS::CloudWatch::Alarm'))
    assert.equal(others, [])
    assert.is(at(alarm, 'Properties.AlarmName'), 'root-guard-dead-letters')
    assert.is(at(alarm, 'Properties.AlarmActions'), undefined)
    const metrics = metricsOf(alarm as Resource).map(({ name, dimensions }) => [name, dimensions])
    assert.equal(metrics, [['ApproximateNumberOfMessagesVisible', { QueueName: 'root-guard-dead-letters' }]])
    assert.equal(
      ['DatapointsToAlarm', 'EvaluationPeriods'].map((field) => at(alarm, `Properties.${field}`)),
      [1, 12],
      'an idle queue has its metrics late',
    )
    assert.equal(at(rules.RelayAlarmsRule, 'Properties.EventPattern.detail'), {
      alarmName: [{ prefix: 'root-guard-' }],
      state: { value: ['ALARM'] },
    })
  })

  test.run()
}

const test = suite('relay.yaml')

test('holds the relay and nothing else', () => {
  assert.equal(
    Object.keys(relay.Resources).sort(),
    ['DeadLetters', 'DeadLettersPolicy', 'RelayRole', 'RelayRootActivityRule', 'RelayGuardTouchedRule']
      .concat(['RelayGuardReachedRule', 'RelayDrillRule'])
      .concat(['RelayAlarmsRule', 'DeadLettersAlarm'])
      .sort(),
  )
})

test("keeps its dead letters under the key of SQS, also where there are keys of the account's own", () => {
  for (const encryption of ['service', 'customer-key'] as const) {
    const { SqsManagedSseEnabled, KmsMasterKeyId } = only(
      deployed(relayTemplate({ ...settings, encryption })),
      'AWS::SQS::Queue',
    ).Properties
    assert.equal([SqsManagedSseEnabled, KmsMasterKeyId], [true, undefined])
  }
})

test('refers to nothing that is not in it', () => {
  assert.equal(danglingReferences(relay), [])
  const { DeadLettersPolicy: _, ...Resources } = relay.Resources
  assert.equal(
    danglingReferences({ Resources }),
    ['RootActivity', 'GuardTouched', 'GuardReached', 'Drill', 'Alarms'].map(
      (rule) => `Relay${rule}Rule: DependsOn DeadLettersPolicy`,
    ),
  )
})

test('changes as a whole with the name, which opens every name in it', () => {
  const renamed = deployed(relayTemplate({ ...settings, name: 'sample' }))
  assert.equal(changes(relay, renamed), Object.keys(relay.Resources).sort())
  assert.not.match(JSON.stringify(renamed), 'root-guard-')
})

test.run()
