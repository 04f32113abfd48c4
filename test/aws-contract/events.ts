// EventBridge: what PutRule and PutTargets refuse, and what is lost without a word.
import type { Deployed, Resource } from '../templates-src/references.ts'
import { type Broken, list, object, type Rule, rendered, resource } from './rule.ts'

const type = 'AWS::Events::Rule'
const source = ['aws.iam']
const queue = 'arn:aws:sqs:us-east-1:111122223333:sample'
const bus = 'arn:aws:events:us-east-1:111122223333:event-bus/default'
const dead = { DeadLetterConfig: { Arn: queue } }
const wrongTarget = (more: object) => [
  { Rule: resource(type, { EventPattern: { source }, Targets: [{ Id: 'a', Arn: bus, ...dead, ...more }] }) },
]
const wrongPattern = (pattern: object) => [{ Rule: resource(type, { EventPattern: pattern }) }]

export const events: readonly Rule[] = [
  {
    id: 'events/no-retry-policy-on-a-bus',
    fact: 'A target that is an event bus takes no RetryPolicy: PutTargets ends in a ValidationException.',
    source: "capture of AWS of 2026-09-15 (radkawar/stackd); AWS CDK's EventBusProps; aws-cdk#28735",
    sure: 'H',
    basis: 'answer',
    of: [type],
    check: (rule, template) => toBuses(rule, template, ['RetryPolicy']),
    wrong: wrongTarget({ RetryPolicy: { MaximumRetryAttempts: 185 } }),
  },
  {
    id: 'events/no-input-to-a-bus',
    fact: 'A target that is an event bus takes no Input, InputPath or InputTransformer: a bus gets the event as it is.',
    source: "EventBridge API Reference, Target; AWS CDK's EventBusProps",
    sure: 'H',
    basis: 'documentation',
    of: [type],
    check: (rule, template) => toBuses(rule, template, ['Input', 'InputPath', 'InputTransformer']),
    wrong: [
      ...wrongTarget({ Input: '{}' }),
      ...wrongTarget({ InputPath: '$.detail' }),
      ...wrongTarget({ InputTransformer: { InputTemplate: '"x"' } }),
    ],
  },
  {
    id: 'events/dead-letters',
    fact: 'What EventBridge cannot deliver is lost without a trace unless the target has a dead-letter queue. The run of every minute needs none: the next one follows.',
    source: 'EventBridge User Guide, dead-letter queues',
    sure: 'H',
    basis: 'documentation',
    of: [type],
    check: ({ Properties }) =>
      Properties.ScheduleExpression === 'rate(1 minute)'
        ? []
        : targetsOf(Properties).flatMap(({ DeadLetterConfig }, at) =>
            object(DeadLetterConfig).Arn === undefined
              ? [broken(`Targets.${at}.DeadLetterConfig`, DeadLetterConfig, 'the ARN of a queue')]
              : [],
          ),
    wrong: [
      { Rule: resource(type, { EventPattern: { source }, Targets: [{ Id: 'a', Arn: queue }] }) },
      { Rule: resource(type, { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'a', Arn: queue }] }) },
    ],
  },
  {
    id: 'events/or-of-two',
    fact: 'A $or of fewer than two alternatives is read as a field of that name, and the rule is refused.',
    source: 'live record of 2026-09-07 (badmintoncryer/cdk-preflight)',
    sure: 'H',
    basis: 'answer',
    of: [type],
    check: ({ Properties }) =>
      within(Properties.EventPattern, 'EventPattern').flatMap(({ key, value, path }) =>
        key === '$or' && !(Array.isArray(value) && value.length >= 2)
          ? [broken(path, value, 'a list of two alternatives or more')]
          : [],
      ),
    wrong: [
      ...wrongPattern({ $or: [{ source }] }),
      ...wrongPattern({ source, detail: { $or: [{ eventName: ['A'] }] } }),
    ],
  },
]

function broken(property: string, found: unknown, allowed: string): Broken {
  return { property, found, allowed }
}

function targetsOf(properties: Resource['Properties']): readonly Readonly<Record<string, unknown>>[] {
  return list<Record<string, unknown>>(properties.Targets)
}

/** The properties that a target has and a bus does not take. */
function toBuses({ Properties }: Resource, template: Deployed, refused: readonly string[]): readonly Broken[] {
  return targetsOf(Properties).flatMap((target, at) =>
    isBus(target.Arn, template)
      ? refused
          .filter((property) => property in target)
          .map((property) =>
            broken(`Targets.${at}.${property}`, target[property], 'nothing: the target is an event bus'),
          )
      : [],
  )
}

function isBus(arn: unknown, template: Deployed): boolean {
  const { 'Fn::GetAtt': attribute } = object(arn)
  const named = attribute === undefined ? undefined : template.Resources[String(list(attribute)[0])]
  return (
    named?.Type === 'AWS::Events::EventBus' || /^arn:[\w-]+:events:.*:event-bus\//.test(rendered(arn, template).text)
  )
}

interface Place {
  readonly key: string
  readonly value: unknown
  readonly path: string
}

/** Every key of a pattern at any depth, also inside of alternatives. */
function within(value: unknown, path: string): readonly Place[] {
  return Object.entries(object(value)).flatMap(([key, inner]) => [
    { key, value: inner, path: `${path}.${key}` },
    ...within(inner, `${path}.${key}`),
  ])
}
