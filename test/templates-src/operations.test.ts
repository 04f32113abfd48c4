// The watchers: what rings, on what, and where; and the further ways by setting.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { relayWithDrills } from '../../handlers/notifier/drill-wish.ts'
import { type Counted, reporter } from '../../handlers/notifier/report.ts'
import { postureRegion, type Settings } from '../../templates-src/config/schema.ts'
import { operations } from '../../templates-src/operations.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import * as look from './references.ts'
import { at, deployed, only, settings, statements } from './references.ts'

const made = (change: Partial<Settings> = {}) => deployed(operations({ ...settings, ...change }))
const watchers = made()
const alarms = look.ofType(watchers, 'AWS::CloudWatch::Alarm')

const ringing = suite('the alarms')

/** In a period of so many seconds; `2 of 3` of which must be so, all of them where it is one number. */
type Row = readonly [
  id: string,
  namespace: string,
  metric: string,
  dimensions: Record<string, string>,
  statistic: string,
  seconds: number,
  periods: string,
]

const GUARD = { Guard: 'root-guard' }
const QUEUE = { QueueName: 'root-guard-dead-letters' }
const FUNCTION = { FunctionName: 'root-guard-notify' }

// biome-ignore format: a row a line
const ROWS: readonly Row[] = [
  ['DeadLettersAlarm', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', QUEUE, 'Maximum', 300, '1 of 12'],
  ['LettersLostAlarm', 'AWS/Events', 'InvocationsFailedToBeSentToDlq', { RuleName: 'root-guard-root-activity' }, 'Sum', 300, '1 of 3'],
  ['NotifierAlarm', 'AWS/Lambda', 'Errors', FUNCTION, 'Sum', 300, '1'],
  ['Api5xxAlarm', 'AWS/ApiGateway', '5XXError', { ApiName: 'root-guard-alerts', Stage: 'live' }, 'Sum', 300, '3 of 12'],
  ['DeliveriesUnsureAlarm', 'RootGuard', 'Deliveries', { ...GUARD, Failure: 'unsure' }, 'Sum', 3_600, '3 of 24'],
  ['DeliveriesRefusedAlarm', 'RootGuard', 'Deliveries', { ...GUARD, Failure: 'refused' }, 'Sum', 300, '1 of 3'],
  ['LimitsAlarm', 'RootGuard', 'LimitReached', GUARD, 'Sum', 300, '1 of 3'],
  ['PartsAlarm', 'RootGuard', 'PartUnusable', GUARD, 'Sum', 300, '1 of 3'],
  ['DrillsAlarm', 'RootGuard', 'Drills', { ...GUARD, Region: 'ap-northeast-2' }, 'Sum', 3_600, '48'],
]

const periodsOf = ({ Properties }: look.Resource) =>
  [Properties.DatapointsToAlarm, Properties.EvaluationPeriods].filter(Boolean).join(' of ')

ringing('are these', () => {
  assert.equal(Object.keys(alarms).sort(), ROWS.map(([id]) => id).sort())
})

ringing('on dead letters asks how many more there are, from none where the idle queue has no metrics', () => {
  const metrics = at(alarms.DeadLettersAlarm, 'Properties.Metrics') as { Id: string; ReturnData: boolean }[]
  assert.equal(
    metrics.map((one) => [one.Id, one.ReturnData, at(one, 'Expression')]),
    [
      ['letters', false, undefined],
      ['more', true, 'DIFF(FILL(letters, 0))'],
    ],
  )
})

ringing('rings when nothing has run the notifier, whose every run is counted, errors or not', () => {
  const [rule] = Object.values(look.ofType(deployed(usEast1(settings)), 'AWS::Events::Rule')).filter(
    (one) => at(one, 'Properties.ScheduleExpression') !== undefined,
  )
  assert.is(at(rule, 'Properties.ScheduleExpression'), 'rate(1 minute)')
  assert.is(alarms.NotifierAlarm?.Properties.TreatMissingData, 'breaching')
})

/** Whether it ever rings when there is something to count at these seconds: so many of the last periods have one. */
function rings({ Properties }: look.Resource, tries: readonly number[]): boolean {
  const [period, last, wanted] = [Properties.Period, Properties.EvaluationPeriods, Properties.DatapointsToAlarm].map(
    Number,
  )
  const counted = new Set(tries.map((second) => Math.floor(second / (period ?? 1))))
  return [...counted].some(
    (now) => [...counted].filter((one) => one > now - (last ?? 1) && one <= now).length >= (wanted ?? last ?? 1),
  )
}

/** Tries as EventBridge makes them: the pauses double from a second up to the longest, which is not documented. */
function triesUntil(end: number, longestPause: number): readonly number[] {
  const tries = [0]
  for (let at = 1, pause = 1; at < end; pause = Math.min(pause * 2, longestPause), at += pause) tries.push(at)
  return tries
}

for (const minutes of [1, 5, 8, 10, 15, 20]) {
  ringing(`one alert that gets stuck rings though it is tried but every ${minutes} minutes`, () => {
    assert.ok(rings(alarms.Api5xxAlarm as look.Resource, triesUntil(3 * 3_600, minutes * 60)))
    // An alert that got through in the end, within what a provider's bad minutes last.
    assert.not(rings(alarms.Api5xxAlarm as look.Resource, triesUntil(290, minutes * 60)))
  })
}

/** For how long a single point that is bad is looked at: the longest delay with which it may come and still ring. */
const looksBack = ({ Properties }: look.Resource, period: number) => period * Number(Properties.EvaluationPeriods)

ringing('on what is counted once still ring when CloudWatch gets the only point late', () => {
  const once = ROWS.filter(([id]) => /^(DeadLetters|LettersLost|DeliveriesRefused|Limits|Parts)Alarm$/.test(id))
  assert.is(once.length, 5)
  for (const [id, , , , , period] of once) {
    const alarm = alarms[id] as look.Resource
    // An idle queue's metrics start up to 15 minutes late, and the minutes around it need their own room.
    const late = id === 'DeadLettersAlarm' ? 30 : 10
    assert.ok(looksBack(alarm, period) > late * 60, id)
    assert.is(alarm.Properties.DatapointsToAlarm, 1, id)
  }
})

for (const [id, namespace, name, dimensions, statistic, period, periods] of ROWS) {
  ringing(`${id} watches ${name} of ${Object.values(dimensions).join(', ')}, and nothing else`, () => {
    const alarm = alarms[id] as look.Resource
    assert.equal(look.metricsOf(alarm), [{ namespace, name, dimensions, statistic, period }])
    assert.is(periodsOf(alarm), periods)
  })
}

for (const [id, alarm] of Object.entries(alarms)) {
  ringing(`${id} rings the operations topic, says why, and opens its name with the guard's`, () => {
    assert.equal(at(alarm, 'Properties.AlarmActions'), [{ Ref: 'OperationsTopic' }])
    assert.match(String(at(alarm, 'Properties.AlarmDescription')), /^\S.{10,}/)
    assert.match(String(at(alarm, 'Properties.AlarmName')), /^root-guard-/)
  })
}

ringing('that nothing was measured is no alarm, but of drills and of runs of the notifier it is the alarm', () => {
  const missing = {
    DrillsAlarm: ['breaching', 'LessThanThreshold', 1],
    NotifierAlarm: ['breaching', 'GreaterThanThreshold', 0],
  }
  for (const [id, alarm] of Object.entries(alarms)) {
    const { TreatMissingData, ComparisonOperator, Threshold } = alarm.Properties
    const rings = missing[id as keyof typeof missing] ?? ['notBreaching', 'GreaterThanThreshold', 0]
    assert.equal([TreatMissingData, ComparisonOperator, Threshold], rings, id)
  }
})

ringing('on what is missing say «about»: CloudWatch looks further back than the periods', () => {
  const missing = Object.values(alarms).filter(({ Properties }) => Properties.TreatMissingData === 'breaching')
  assert.is(missing.length, 2)
  for (const { Properties } of missing) assert.match(String(Properties.AlarmDescription), / about /)
})

ringing('no drill for as many hours as configured rings', () => {
  const { Period, EvaluationPeriods } = made({ drillWithinHours: 49 }).Resources.DrillsAlarm?.Properties ?? {}
  assert.is(Number(Period) * Number(EvaluationPeriods), 49 * 3_600)
})

ringing('look at what the alarm template makes, by the names it has there', () => {
  const resources = { ...watchers.Resources, ...deployed(usEast1(settings)).Resources }
  const names = Object.values(resources).flatMap(({ Properties }) =>
    ['QueueName', 'FunctionName', 'Name'].map((field) => Properties[field]),
  )
  for (const { dimensions } of Object.values(alarms).flatMap(look.metricsOf)) {
    for (const [name, value] of Object.entries(dimensions)) {
      if (/^(QueueName|FunctionName|ApiName|RuleName)$/.test(name)) assert.ok(names.includes(value), String(value))
    }
  }
})

/** All that a line may count, or this does not compile. */
const COUNTED = {
  DrillsRefused: true,
  RecordsUnavailable: true,
  SecretsUnreadable: true,
  SmsCapReached: true,
} satisfies Record<Counted, true>

/** Each metric with each set of dimensions, as the notifier's own lines give them: `RootGuard Drills Guard=root-guard`. */
function written(): string[] {
  const log: string[] = []
  const report = reporter('root-guard', (line) => log.push(line), Date.now)
  for (const counted of Object.keys(COUNTED) as Counted[]) report.metric(counted, {})
  report.drill('sample', 'ap-northeast-2')
  const delivery = { route: 'sms', recipient: '', code: '', reason: '', ms: 0, tries: 1, attempts: 1, earlier: false }
  for (const channel of ['telegram', 'nhn-sms', 'solapi-sms'] as const) {
    for (const outcome of ['permanent', 'retryable', 'ambiguous'] as const) {
      report.delivery('sample', { ...delivery, channel, outcome })
    }
  }
  return log.flatMap((text) => {
    const line = JSON.parse(text) as Record<string, unknown>
    const directives = at(line, '_aws.CloudWatchMetrics') as readonly Directive[]
    return directives.flatMap(({ Namespace, Metrics, Dimensions }) =>
      Metrics.flatMap(({ Name }) => {
        assert.is(typeof line[Name], 'number', `${Name} has a value`)
        return Dimensions.map((names) => called(Namespace, Name, Object.fromEntries(names.map((of) => [of, line[of]]))))
      }),
    )
  })
}

interface Directive {
  readonly Namespace: string
  readonly Metrics: readonly { readonly Name: string }[]
  readonly Dimensions: readonly (readonly string[])[]
}

const called = (namespace: unknown, metric: unknown, dimensions: Readonly<Record<string, unknown>>) =>
  [namespace, metric, ...Object.entries(dimensions).map(([name, value]) => `${name}=${value}`)].join(' ')

ringing('on a metric of the notifier name it as the notifier writes it: namespace, name and dimensions', () => {
  const watched = Object.values(alarms)
    .flatMap(look.metricsOf)
    .filter(({ namespace }) => namespace === 'RootGuard')
    .map(({ namespace, name, dimensions }) => called(namespace, name, dimensions))
  assert.equal(
    watched.filter((metric) => !written().includes(metric)),
    [],
  )
  // And each that the notifier counts by the guard's name alone has an alarm, but the drills from anywhere, which are for the dashboard.
  const counted = written().filter((metric) => metric.split(' ').length === 3)
  assert.equal(
    [...new Set(counted)].filter((metric) => !watched.includes(metric)),
    ['RootGuard Drills Guard=root-guard'],
  )
})

ringing('what strangers can bring about has an alarm of its own, which cannot hide that a part is unusable', () => {
  const metricOf = (counted: Counted) => {
    const log: string[] = []
    reporter('root-guard', (line) => log.push(line), Date.now).metric(counted, {})
    return at(JSON.parse(log.join()), '_aws.CloudWatchMetrics.0.Metrics.0.Name')
  }
  assert.equal([metricOf('DrillsRefused'), metricOf('SmsCapReached')], ['LimitReached', 'LimitReached'])
  assert.equal([metricOf('RecordsUnavailable'), metricOf('SecretsUnreadable')], ['PartUnusable', 'PartUnusable'])
})

ringing("of the relay with drills is of the posture's Region, whose drills the notifier counts by themselves", () => {
  assert.is(relayWithDrills, postureRegion)
})

ringing.run()

const topic = suite('the operations topic')

topic(
  'takes from alarms of this guard, and from EventBridge under no condition, which SNS would refuse it under',
  () => {
    assert.equal(
      statements(only(watchers, 'AWS::SNS::TopicPolicy')).map(({ Principal, Action, Resource, Condition }) => [
        at(Principal, 'Service'),
        Action,
        Resource,
        Condition,
      ]),
      [
        [
          'cloudwatch.amazonaws.com',
          'sns:Publish',
          { Ref: 'OperationsTopic' },
          {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnLike: {
              'aws:SourceArn': {
                // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
                'Fn::Sub': 'arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:root-guard-*',
              },
            },
          },
        ],
        ['events.amazonaws.com', 'sns:Publish', { Ref: 'OperationsTopic' }, undefined],
      ],
    )
  },
)

topic('the alarms of relays ring it, those of this Region do so themselves', () => {
  const rule = watchers.Resources.RelayedAlarmsRule
  assert.equal(at(rule, 'Properties.EventPattern.region'), [{ 'anything-but': 'us-east-1' }])
  assert.equal(at(rule, 'Properties.EventPattern.detail.state'), { value: ['ALARM'] })
  assert.equal(at(rule, 'Properties.Targets.0.Arn'), { Ref: 'OperationsTopic' })
})

topic("what its rules cannot hand on lies in the alarm stack's queue, which takes from rules of their names", () => {
  const alarm = deployed(usEast1(settings)).Resources
  assert.is(at(alarm.DeadLetters, 'Properties.QueueName'), 'root-guard-dead-letters')
  const [letters] = statements(alarm.DeadLettersPolicy)
  assert.is(at(letters?.Condition, 'ArnLike.aws:SourceArn'), 'arn:aws:events:us-east-1:111122223333:rule/root-guard-*')
  const rules = Object.values(look.ofType(watchers, 'AWS::Events::Rule'))
  assert.is(rules.length, 2)
  for (const rule of rules) {
    assert.match(String(at(rule, 'Properties.Name')), /^root-guard-/)
    assert.equal(at(rule, 'Properties.Targets.0.DeadLetterConfig'), {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
      Arn: { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:root-guard-dead-letters' },
    })
  }
})

topic('tells the addresses of the alerts, or others where some are given', () => {
  const addresses = (change: Partial<Settings>) =>
    Object.values(look.ofType(made(change), 'AWS::SNS::Subscription')).map((one) => at(one, 'Properties.Endpoint'))
  assert.equal(addresses({}), ['security@example.com'])
  assert.equal(addresses({ operationsEmails: ['operations@example.com'] }), ['operations@example.com'])
})

topic(
  "is encrypted, where a key is wanted, with the alarm template's, which EventBridge and CloudWatch may use",
  () => {
    const alias = 'alias/root-guard'
    const encryption = 'customer-key' as const
    assert.is(at(only(made({ encryption }), 'AWS::SNS::Topic'), 'Properties.KmsMasterKeyId'), alias)
    const alarm = deployed(usEast1({ ...settings, encryption }))
    assert.is(at(only(alarm, 'AWS::KMS::Alias'), 'Properties.AliasName'), alias)
    const names = Object.values(look.ofType(alarm, 'AWS::SNS::Topic')).map(({ Properties }) => Properties.TopicName)
    const here = only(made({ encryption }), 'AWS::SNS::Topic').Properties.TopicName
    const [, byTopic, bySource, ...more] = statements(only(alarm, 'AWS::KMS::Key'))
    assert.equal(more, [])
    for (const name of [...names, here]) assert.match(String(name), /^root-guard-/)
    // Under aws:SourceAccount or aws:SourceArn KMS refuses what EventBridge publishes to a topic.
    assert.equal(
      [byTopic?.Principal, byTopic?.Condition],
      [
        { Service: 'events.amazonaws.com' },
        {
          StringLike: { 'kms:EncryptionContext:aws:sns:topicArn': 'arn:aws:sns:us-east-1:111122223333:root-guard-*' },
        },
      ],
    )
    // The queue of dead letters, and CloudWatch, which publishes alarms.
    assert.equal(
      [bySource?.Principal, bySource?.Condition],
      [
        { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] },
        { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      ],
    )
    for (const of of [byTopic, bySource]) {
      assert.equal(of?.Action, ['kms:GenerateDataKey*', 'kms:Decrypt'])
    }
  },
)

topic.run()

const drills = suite('the mail of drills')
const drillMail = watchers.Resources.DrillMailRule

drills('repeats nothing that whoever put the event wrote', () => {
  const { InputPathsMap, InputTemplate } = at(drillMail, 'Properties.Targets.0.InputTransformer') as {
    InputPathsMap: Record<string, string>
    InputTemplate: string
  }
  // These EventBridge writes itself, or whoever puts an event can choose a time, and a source that the rule takes, and nothing else.
  assert.equal(Object.values(InputPathsMap).sort(), ['$.account', '$.id', '$.region', '$.source', '$.time'])
  assert.ok(InputTemplate.split('\n').every((line) => /^"[^"]+"$/.test(line)))
  const used = [...InputTemplate.matchAll(/<(.*?)>/g)].map(([, name]) => name)
  assert.equal(used.sort(), Object.keys(InputPathsMap).sort())
})

drills('goes to the topic of the alerts, for all that the rule of drills takes but checks', () => {
  assert.equal(at(drillMail, 'Properties.Targets.0.Arn'), {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
    'Fn::Sub': 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:root-guard-alerts',
  })
  const alarm = deployed(usEast1(settings)).Resources
  assert.is(at(alarm.AlertTopic, 'Properties.TopicName'), 'root-guard-alerts')
  const { account, $or: ways } = at(drillMail, 'Properties.EventPattern') as { account: unknown; $or: unknown }
  assert.equal(account, ['111122223333'])
  assert.equal(ways, [
    { source: ['root-guard.drill'], detail: { drill: { mode: [{ 'anything-but': 'check' }, { exists: false }] } } },
    { source: ['root-guard.drift'] },
  ])
})

drills.run()

const further = suite('what comes by setting')

further('a dashboard that shows deliveries, drills, the API and dead letters', () => {
  assert.equal(look.ofType(watchers, 'AWS::CloudWatch::Dashboard'), {})
  const dashboard = only(made({ dashboard: true }), 'AWS::CloudWatch::Dashboard')
  const { widgets } = JSON.parse(String(at(dashboard, 'Properties.DashboardBody'))) as { widgets: unknown[] }
  const shown = JSON.stringify(widgets.map((widget) => at(widget, 'properties.metrics')))
  for (const metric of ['Guard,Channel,Outcome', 'Drills', '5XXError', 'root-guard-dead-letters'])
    assert.match(shown, metric)
})

const devices = ['arn:aws:consoleapp::111122223333:device/sample-1']

further('User Notifications: root signing in, root using IAM, anomalies; to each address and phone', () => {
  const template = made({ userNotifications: { hub: 'create', devices } })
  const rules = Object.values(look.ofType(template, 'AWS::Notifications::EventRule'))
  assert.equal(
    rules.map(({ Properties: { Source, EventType, EventPattern } }) => [Source, EventType, EventPattern]),
    [
      ['aws.signin', 'AWS Console Sign In via CloudTrail', '{"detail":{"userIdentity":{"type":["Root"]}}}'],
      ['aws.iam', 'AWS API Call via CloudTrail', '{"detail":{"userIdentity":{"type":["Root"]}}}'],
      ['aws.signin', 'Sign-in Anomaly Alert', undefined],
    ],
  )
  const contact = only(template, 'AWS::NotificationsContacts::EmailContact')
  assert.is(at(contact, 'Properties.EmailAddress'), 'security@example.com')
  assert.equal(
    Object.values(look.ofType(template, 'AWS::Notifications::ChannelAssociation')).map((one) =>
      at(one, 'Properties.Arn'),
    ),
    [{ 'Fn::GetAtt': ['EmailContact786906db', 'Arn'] }, devices[0]],
  )
  assert.equal(look.danglingReferences(template), [])
})

further('a hub that the account has already is not made again', () => {
  const hubs = (hub: 'create' | 'reuse') =>
    Object.keys(look.ofType(made({ userNotifications: { hub, devices: [] } }), 'AWS::Notifications::NotificationHub'))
  assert.equal([hubs('create'), hubs('reuse')], [['NotificationHub'], []])
})

further('the hub stays whatever becomes of the stack: AWS deregisters no account’s last one', () => {
  const hub = only(made({ userNotifications: { hub: 'create', devices: [] } }), 'AWS::Notifications::NotificationHub')
  assert.is(at(hub, 'DeletionPolicy'), 'Retain', 'RetainExceptOnCreate would delete it where a creation is rolled back')
  assert.is(at(hub, 'UpdateReplacePolicy'), 'Retain')
})

further('without them nothing of it is there, and nothing refers to what is not', () => {
  assert.equal(
    Object.values(watchers.Resources).filter(({ Type }) => Type.startsWith('AWS::Notifications')),
    [],
  )
  assert.equal(look.danglingReferences(watchers), [])
})

further.run()
