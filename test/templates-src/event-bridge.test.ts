// What EventBridge, SNS and KMS refuse or drop, and no emulator does: asked of every template that any settings come to.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deployedPattern, type Pattern, patternLimit } from '../../templates-src/parts/activity-rule.ts'
import { everyTemplate } from './combinations.ts'
import { at, type Deployed, ofType, type Statement, statements } from './references.ts'

type Target = Readonly<Record<string, unknown>>

const EVENTS = 'events.amazonaws.com'

/** What a target that is a bus does not take: PutTargets refuses it, and the stack is rolled back. */
const NOT_FOR_A_BUS = ['RetryPolicy', 'Input', 'InputPath', 'InputTransformer']

/** Each rule by its logical id, with its targets. */
const rulesOf = (template: Deployed) =>
  Object.entries(ofType(template, 'AWS::Events::Rule')).map(
    ([id, rule]) => [id, rule, at(rule, 'Properties.Targets') as readonly Target[]] as const,
  )

const byEventBridge = ({ Principal }: Statement) => [at(Principal, 'Service')].flat().includes(EVENTS)

const statementsIn = (template: Deployed, type: string) =>
  Object.entries(ofType(template, type)).map(([id, one]) => [id, statements(one).filter(byEventBridge)] as const)

const checks: Readonly<Record<string, (template: Deployed) => readonly string[]>> = {
  'a target that is a bus has no retry policy and no input': (template) =>
    rulesOf(template).flatMap(([id, , targets]) =>
      targets
        .filter(({ Arn }) => JSON.stringify(Arn).includes(':event-bus/'))
        .flatMap((target) => NOT_FOR_A_BUS.filter((field) => field in target).map((field) => `${id}: ${field}`)),
    ),

  "a topic's policy lets EventBridge publish under no condition": (template) =>
    statementsIn(template, 'AWS::SNS::TopicPolicy').flatMap(([id, ours]) =>
      ours.filter(({ Condition }) => Condition !== undefined).map(() => `${id}: Condition`),
    ),

  'a key that EventBridge uses asks, for topics, nothing about the source': (template) =>
    statementsIn(template, 'AWS::KMS::Key').flatMap(([id, ours]) =>
      ours.length === 0 || ours.some(({ Condition }) => !/aws:Source/i.test(JSON.stringify(Condition ?? {})))
        ? []
        : `${id}: aws:Source…`,
    ),

  'each target keeps what it does not take, but the one that is called anew every minute': (template) =>
    rulesOf(template).flatMap(([id, rule, targets]) =>
      at(rule, 'Properties.ScheduleExpression') === 'rate(1 minute)'
        ? []
        : targets
            .filter(({ DeadLetterConfig }) => at(DeadLetterConfig, 'Arn') === undefined)
            .map(({ Id }) => `${id}: ${Id}`),
    ),

  'each $or of a pattern has two ways or more: one alone is read as a field': (template) =>
    patternsOf(template).flatMap(([id, pattern]) =>
      orsIn(pattern)
        .filter((ways) => ways.length < 2)
        .map(() => `${id}: $or`),
    ),

  "each pattern is within EventBridge's 2,048 characters": (template) =>
    patternsOf(template)
      .map(([id, pattern]) => [id, JSON.stringify(deployedPattern(pattern, 'a1b2c3d4e5')).length] as const)
      .filter(([, length]) => length > patternLimit)
      .map(([id, length]) => `${id}: ${length}`),
}

const patternsOf = (template: Deployed) =>
  rulesOf(template).flatMap(([id, rule]) => {
    const pattern = at(rule, 'Properties.EventPattern')
    return pattern === undefined ? [] : [[id, pattern as Pattern] as const]
  })

function orsIn(pattern: unknown): readonly (readonly unknown[])[] {
  if (typeof pattern !== 'object' || pattern === null) return []
  return Object.entries(pattern).flatMap(([field, inner]) => [
    ...(field === '$or' ? [inner as unknown[]] : []),
    ...orsIn(inner),
  ])
}

const every = everyTemplate()
const test = suite('every template of any settings')

for (const [what, check] of Object.entries(checks)) {
  test(what, () => {
    for (const [name, template] of every) assert.equal(check(template), [], name)
  })
}

test('is looked at: all four, with relays, a key, reused buckets, and each with rules', () => {
  const names = every.map(([name]) => name)
  for (const name of ['us-east-1', 'operations', 'ap-northeast-2', 'relay']) {
    assert.ok(names.filter((one) => one === name).length > 10, name)
  }
  for (const [name, template] of every) assert.ok(rulesOf(template).length > 0, name)
  assert.ok(every.some(([, template]) => statementsIn(template, 'AWS::KMS::Key').some(([, ours]) => ours.length > 0)))
})

test.run()

const wrong = suite('a wrong template is seen')

const rule = (Properties: object): Deployed => ({
  Resources: { Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [], ...Properties } } },
})
const bus = {
  Id: 'bus',
  Arn: 'arn:aws:events:us-east-1:111122223333:event-bus/default',
  DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:111122223333:root-guard-dead-letters' },
}
const { DeadLetterConfig: _, ...withoutLetters } = bus
const allowing = (type: string, field: string, Condition: object): Deployed => ({
  Resources: {
    It: {
      Type: type,
      Properties: {
        [field]: { Statement: [{ Effect: 'Allow', Principal: { Service: EVENTS }, Action: '*', Condition }] },
      },
    },
  },
})
const bySource = { StringEquals: { 'aws:SourceAccount': '111122223333' } }

const WRONG: readonly (readonly [check: number, template: Deployed, found: string])[] = [
  ...NOT_FOR_A_BUS.map((field) => [0, rule({ Targets: [{ ...bus, [field]: {} }] }), `Rule: ${field}`] as const),
  [1, allowing('AWS::SNS::TopicPolicy', 'PolicyDocument', bySource), 'It: Condition'],
  [2, allowing('AWS::KMS::Key', 'KeyPolicy', bySource), 'It: aws:Source…'],
  [3, rule({ Targets: [withoutLetters] }), 'Rule: bus'],
  [3, rule({ Targets: [withoutLetters], ScheduleExpression: 'rate(1 day)' }), 'Rule: bus'],
  [4, rule({ EventPattern: { detail: { $or: [{ eventName: ['x'] }] } } }), 'Rule: $or'],
  [5, rule({ EventPattern: { source: ['x'.repeat(2_034)] } }), 'Rule: 2049'],
]

for (const [index, template, found] of WRONG) {
  const [what = '', check = () => []] = Object.entries(checks)[index] ?? []
  wrong(`${found}, where ${what}`, () => assert.equal(check(template), [found]))
}

wrong.run()
