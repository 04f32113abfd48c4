// Mistakes of the kind that only AWS named until now, each put into a template of ours, and what names it here.
import { allTemplates, type Deployed, settings } from '../templates-src/references.ts'
import { policy } from './rule.ts'

export interface Planted {
  readonly what: string
  /** A rule of the contract, or cfn-lint's own where it has one. */
  readonly named: string
  /** Into the first resource of this type. */
  readonly template: string
  readonly type: string
  /** The path of a property, and what is put there. */
  readonly property: string
  readonly value: unknown
  /** The property in whose place it comes. */
  readonly instead: string | undefined
}

const trusted = Array.from({ length: 40 }, (_, at) => `arn:aws:events:us-east-1:111122223333:rule/root-guard-${at}`)
const publish = {
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: { Ref: 'AlertTopic' },
  Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
}
const trust = {
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition: { ArnLike: { 'aws:SourceArn': trusted } },
}

/** Those with a rule of cfn-lint were tried with 1.58.0; it takes all the others. */
export const planted: readonly Planted[] = (
  [
    [
      'a retry policy on a bus',
      'events/no-retry-policy-on-a-bus',
      'relay AWS::Events::Rule Targets.0.RetryPolicy',
      { MaximumRetryAttempts: 5 },
    ],
    [
      'a condition for EventBridge on a topic',
      'sns/no-condition-for-eventbridge',
      'us-east-1 AWS::SNS::TopicPolicy PolicyDocument',
      policy(publish),
    ],
    ['a rule with a space in its name', 'cfn-lint E3031', 'us-east-1 AWS::Events::Rule Name', 'root guard'],
    ['a queue with a space in its name', 'sqs/queue-name', 'relay AWS::SQS::Queue QueueName', 'root guard'],
    ['a runtime that does not exist', 'cfn-lint E3030', 'us-east-1 AWS::Lambda::Function Runtime', 'nodejs99.x'],
    [
      'a frequency that does not exist',
      'model/value',
      'ap-northeast-2 AWS::Config::ConfigRule MaximumExecutionFrequency',
      'Five_Hours',
    ],
    [
      'an alarm with a name of 256 characters',
      'cfn-lint E3033',
      'operations AWS::CloudWatch::Alarm AlarmName',
      'a'.repeat(256),
    ],
    [
      'a rule of AWS Config with a name of 129',
      'model/value',
      'ap-northeast-2 AWS::Config::ConfigRule ConfigRuleName',
      'a'.repeat(129),
    ],
    ['a FIFO attribute on a standard queue', 'cfn-lint E3501', 'relay AWS::SQS::Queue ContentBasedDeduplication', true],
    [
      'a FIFO attribute on a standard topic',
      'sns/no-fifo-attribute-on-a-standard-topic',
      'us-east-1 AWS::SNS::Topic ContentBasedDeduplication',
      true,
    ],
    ['a statistic that does not exist', 'cfn-lint E3030', 'operations AWS::CloudWatch::Alarm Statistic', 'Median'],
    [
      'a percentile above 100',
      'cloudwatch/statistic',
      'operations AWS::CloudWatch::Alarm ExtendedStatistic Statistic',
      'p101',
    ],
    [
      'an alarm over eight days',
      'cloudwatch/evaluation-range',
      'operations AWS::CloudWatch::Alarm EvaluationPeriods',
      11_520,
    ],
    [
      "a role's trust over 2,048 characters",
      'iam/trust-policy-size',
      'us-east-1 AWS::IAM::Role AssumeRolePolicyDocument',
      policy(trust),
    ],
    [
      'an environment over 4 KB',
      'cfn-lint E3697',
      'us-east-1 AWS::Lambda::Function Environment.Variables.SETTINGS',
      'x'.repeat(4100),
    ],
  ] as const
).map(([what, named, place, value]) => {
  const [template = '', type = '', property = '', instead] = place.split(' ')
  return { what, named, template, type, property, value, instead }
})

/** The sample settings' template as it is, and with the mistake in it. */
export function withMistake({
  template,
  type,
  property,
  value,
  instead,
}: Planted): readonly [before: Deployed, after: Deployed] {
  const before = allTemplates(settings)[template]
  const after = structuredClone(before)
  const found = Object.values(after?.Resources ?? {}).find(({ Type }) => Type === type)
  if (before === undefined || after === undefined || found === undefined) throw new Error(`${template} has no ${type}`)
  if (instead !== undefined) Object.assign(found.Properties, { [instead]: undefined })
  const keys = property.split('.')
  const last = keys.pop() ?? ''
  const place = keys.reduce((inner, key) => inner[key] as Record<string, unknown>, { ...found.Properties })
  if (keys.length === 0) Object.assign(found.Properties, { [last]: value })
  else place[last] = value
  return [before, after]
}
