import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StackSetTemplate } from '../../../../scripts/lib/generated.ts'
import { isNothing, type StackSetPlan, stackSetPlan, withStackStatus } from '../../../../scripts/lib/plan/stackset.ts'
import { commentLimit, headline, planMarkdown, planText } from '../../../../scripts/lib/report/plan.ts'
import { goalOf } from '../../../../scripts/lib/stackset/goal.ts'
import type { InstanceState, Observed } from '../../../../scripts/lib/stackset/verdict.ts'
import { settings } from '../../../templates-src/references.ts'
import { instance, memory, stackSetInMemory } from '../stackset/stackset-in-memory.ts'

/** Small templates of their own: what the guard's come to is another test's. */
const alarm = JSON.stringify({
  Resources: {
    RootActivityRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { $or: [{ detail: { userIdentity: { type: ['Root'] } } }, { source: ['root-guard.drill'] }] },
        State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
        Targets: [{ Id: 'email', Arn: { Ref: 'AlertTopic' } }],
      },
    },
    AlertTopic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'root-guard-alerts' } },
    Deliveries: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'root-guard-deliveries',
        KeySchema: [
          { AttributeName: 'alert', KeyType: 'HASH' },
          { AttributeName: 'delivery', KeyType: 'RANGE' },
        ],
      },
    },
  },
})
const relay = JSON.stringify({
  Resources: {
    DeadLetters: { Type: 'AWS::SQS::Queue' },
    RelayRule: { Type: 'AWS::Events::Rule', Properties: { State: 'ENABLED' } },
  },
})

const test = suite('a plan')

test('in Markdown reads as its golden: a changed rule, a replaced table, a new Region', () => {
  const golden = fileURLToPath(new URL('plan.golden.md', import.meta.url))
  const markdown = planMarkdown(changedPlans())
  // ROOT_GUARD_GOLDEN=write npm test writes it anew; the difference is then reviewed as any other.
  if (process.env.ROOT_GUARD_GOLDEN === 'write') writeFileSync(golden, markdown)
  assert.fixture(markdown, readFileSync(golden, 'utf8'))
})

test('for a person marks what is replaced, and by which property', () => {
  const text = planText(changedPlans())
  assert.match(text, '±  Deliveries (AWS::DynamoDB::Table) is replaced: a new one is made, the old one deleted')
  assert.match(text, /KeySchema: .*"id".* → .*"alert".* \(replaces it\)/)
  assert.match(text, '~  RootActivityRule (AWS::Events::Rule)')
  assert.match(text, 'State: "ENABLED" → "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"')
  assert.match(text, 'new stacks: eu-west-1')
})

test('says «no changes» in so many words', () => {
  const plans = [planOf('root-guard-us-east-1', alarm, ['us-east-1'], deployedAs(alarm, [instance('us-east-1')]))]
  assert.is(planText(plans), 'root-guard-us-east-1: no changes\n\nNo changes: the account is as configured.')
  assert.is(planMarkdown(plans), '### Plan\n\nNo changes: the account is as configured.\n')
})

test('of an empty account creates everything', () => {
  const [plan] = [planOf('root-guard-relay', relay, ['us-west-2'], { stackSet: undefined, instances: [] })]
  assert.is(plan.state, 'to be made')
  assert.equal(plan.steps, ['create-stack-set', 'create-instances'])
  assert.equal([...new Set(plan.resources.map(({ action }) => action))], ['create'])
  assert.match(planText([plan]), '2 to create, 1 stack to make')
})

test('tells parameters, tags and roles that somebody changed, with their values', () => {
  const observed = deployedAs(relay, [instance('us-west-2')])
  const stackSet = observed.stackSet && {
    ...observed.stackSet,
    tags: { team: 'x' },
    parameters: { Color: 'red' },
    executionRoleName: 'other',
    managedExecution: false,
  }
  const text = planText([planOf('root-guard-relay', relay, ['us-west-2'], { ...observed, stackSet })])
  assert.match(text, 'the tags: {"team":"x"} → {}')
  assert.match(text, 'the parameters: {"Color":"red"} → {}')
  assert.match(text, 'the execution role: other → AWSCloudFormationStackSetExecutionRole')
  assert.match(text, 'managed execution: off → on')
})

// biome-ignore format: a row a line
const INSTANCES: readonly (readonly [what: string, observed: InstanceState, sentence: string])[] = [
  ['OUTDATED', { ...instance('us-west-2', 'OUTDATED', 'User initiated operation'), stackStatus: 'UPDATE_ROLLBACK_COMPLETE' }, 'us-west-2 is OUTDATED: a deploy brings it up to date (User initiated operation)'],
  ['half made', { ...instance('us-west-2', 'OUTDATED'), stackStatus: 'ROLLBACK_COMPLETE' }, 'us-west-2 is OUTDATED: its creation failed; a deploy deletes what is left and makes it anew'],
  ['INOPERABLE', instance('us-west-2', 'INOPERABLE'), 'us-west-2 is INOPERABLE: a deploy leaves it as it is; it says what to do'],
  ['CURRENT, of a stack that is not there', { ...instance('us-west-2'), stackStatus: '' }, 'us-west-2 is GONE: somebody deleted it behind the StackSet; npm run drift says what to do'],
  ['CURRENT, of a stack that was deleted', { ...instance('us-west-2'), stackStatus: 'DELETE_COMPLETE' }, 'us-west-2 is GONE: somebody deleted it behind the StackSet; npm run drift says what to do'],
]

for (const [what, observed, sentence] of INSTANCES) {
  test(`tells of an instance that is ${what}`, () => {
    const plans = [planOf('root-guard-relay', relay, ['us-west-2'], deployedAs(relay, [observed]))]
    assert.match(planText(plans), sentence)
    assert.match(planMarkdown(plans), sentence)
  })
}

test('says that a stack is gone, and not that there are no changes', async () => {
  const state = memory({ stackStatuses: new Map([['us-west-2', 'CREATE_COMPLETE']]) })
  const seen = async (region: string) => {
    const observed = await withStackStatus(stackSetInMemory(state), deployedAs(relay, [instance(region)]))
    return planOf('root-guard-relay', relay, [region], observed)
  }
  const [there, gone] = [await seen('us-west-2'), await seen('eu-west-1')]
  assert.ok(isNothing(there))
  assert.not.ok(isNothing(gone))
  assert.is(headline([there]), 'No changes: the account is as configured.')
  assert.is(
    headline([there, gone]),
    'The stack is **gone** of root-guard-relay in eu-west-1: no deploy makes it again, and npm run drift says what to do.',
  )
})

test('tells a Region that would lose its stack, and one that is kept until it is said', () => {
  const observed = deployedAs(
    relay,
    ['us-west-2', 'eu-west-1', 'us-east-1'].map((region) => instance(region)),
  )
  const text = planText([planOf('root-guard-relay', relay, ['us-west-2'], observed)])
  assert.match(text, 'stacks to delete: eu-west-1')
  assert.match(text, 'not configured, and kept without --yes-remove: us-east-1')
})

test('is cut to what a comment takes, with what was left out counted', () => {
  const wide = (value: string) =>
    JSON.stringify({
      Resources: Object.fromEntries(
        Array.from({ length: 900 }, (_, index) => [
          `Topic${index}`,
          { Type: 'AWS::SNS::Topic', Properties: { DisplayName: `${value}${'x'.repeat(90)}` } },
        ]),
      ),
    })
  const plans = [planOf('root-guard-relay', wide('b'), ['us-west-2'], deployedAs(wide('a'), [instance('us-west-2')]))]
  const markdown = planMarkdown(plans)
  assert.ok(markdown.length <= commentLimit, String(markdown.length))
  assert.ok(markdown.length > commentLimit - 1_000, 'it uses the room it has')
  const shown = markdown.split('\n').filter((line) => line.includes('`DisplayName`')).length
  assert.match(markdown, `${900 - shown} lines left out, since a comment takes 65,536 characters`)
  assert.match(markdown, '</details>')
})

test('shows what a table cell could not: pipes, line ends and back-ticks', () => {
  const of = (value: string) =>
    JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: value } } } })
  const plans = [
    planOf('root-guard-relay', of('a|b`c'), ['us-west-2'], deployedAs(of('a\nb'), [instance('us-west-2')])),
  ]
  const line = planMarkdown(plans)
    .split('\n')
    .find((one) => one.includes('`DisplayName`'))
  assert.is(line, '| update | Topic<br><sub>AWS::SNS::Topic</sub> | `DisplayName` | `"a\\nb"` | `"a\\|b\'c"` |')
})

test.run()

/** As it was: the rule matched mutating calls alone, the table had another key, and there was no relay in Ireland. */
function changedPlans(): readonly StackSetPlan[] {
  const before = JSON.parse(alarm)
  before.Resources.RootActivityRule.Properties.State = 'ENABLED'
  before.Resources.RootActivityRule.Properties.EventPattern = { detail: { userIdentity: { type: ['Root'] } } }
  before.Resources.Deliveries.Properties.KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' }]
  return [
    planOf('root-guard-us-east-1', alarm, ['us-east-1'], deployedAs(JSON.stringify(before), [instance('us-east-1')])),
    planOf('root-guard-relay', relay, ['us-west-2', 'eu-west-1'], deployedAs(relay, [instance('us-west-2')])),
  ]
}

function planOf(stackSet: string, body: string, regions: readonly string[], observed: Observed): StackSetPlan {
  const template: StackSetTemplate = { stackSet, regions, body, file: { path: '', content: '' } }
  return stackSetPlan(goalOf(settings, template), observed)
}

function deployedAs(body: string, instances: readonly InstanceState[]): Observed {
  const template: StackSetTemplate = { stackSet: '', regions: [], body, file: { path: '', content: '' } }
  return { stackSet: { ...goalOf(settings, template), managedExecution: true }, instances }
}
