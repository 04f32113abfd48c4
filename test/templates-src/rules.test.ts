// The rules: what they ask for, and how their targets are reached. What they match is held against the corpus by
// npm run corpus, with AWS's own matcher.
import { Fn } from 'cloudform'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Settings } from '../../templates-src/config/schema.ts'
import { activityRules, patternLength } from '../../templates-src/parts/activity-rule.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import { at, deployed, ofType, type Resource, settings } from './references.ts'

const alarm = deployed(usEast1(settings, ''))
// The sweep's rule has a schedule and no pattern.
const rules = Object.entries(ofType(alarm, 'AWS::Events::Rule')).filter(
  ([, { Properties }]) => 'EventPattern' in Properties,
)
const targetsOf = (rule: Resource) => at(rule, 'Properties.Targets') as readonly Record<string, unknown>[]
// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
const POST_ALERTS = 'arn:aws:execute-api:us-east-1:111122223333:${Api}/live/POST/alerts'

const test = suite('the rules in us-east-1')

test('are three: what root does or is done to the account, who touches the guard, and what we put ourselves', () => {
  assert.equal(
    rules.map(([id, rule]) => [id, at(rule, 'Properties.Name')]),
    [
      ['RootActivityRule', 'root-guard-root-activity'],
      ['GuardTouchedRule', 'root-guard-guard-touched'],
      ['DrillRule', 'root-guard-drill'],
    ],
  )
})

for (const [id, rule] of rules) {
  test(`${id} is shown reads as well, and no event before there is a way for it`, () => {
    assert.is(at(rule, 'Properties.State'), 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')
    assert.equal(rule.DependsOn, ['Stage', 'ApiInvokesNotifier', 'AlertTopicPolicy', 'DeadLettersPolicy'])
  })

  const phonesAlone = id === 'DrillRule'
  test(`${id} has at most five targets: the API for phones${phonesAlone ? ' alone' : ', the topic for e-mail'}`, () => {
    assert.ok(targetsOf(rule).length <= 5)
    assert.equal(
      targetsOf(rule).map(({ Id, Arn }) => [Id, Arn]),
      [['phones', { 'Fn::Sub': POST_ALERTS }], ...(phonesAlone ? [] : [['email', { Ref: 'AlertTopic' }]])],
    )
  })

  test(`${id} keeps what a target does not take as a dead letter`, () => {
    for (const target of targetsOf(rule)) {
      assert.equal(target.DeadLetterConfig, { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } })
    }
  })

  if (phonesAlone) continue

  for (const target of targetsOf(rule)) {
    test(`${id} tries the target ${target.Id} for a day`, () => {
      assert.equal(target.RetryPolicy, { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 })
    })
  }

  test(`${id} repeats in its e-mail what AWS alone can have put: no event of another source matches`, () => {
    const sources = JSON.stringify(at(rule, 'Properties.EventPattern')).match(/"source":\[[^\]]*\]/g) ?? []
    assert.ok(sources.length > 0)
    for (const source of sources) assert.match(source, /^"source":\[("aws\.\w+"|\{"prefix":"aws\."\})\]$/)
  })

  test(`${id} writes an e-mail of quoted lines that uses every path it picks and no other`, () => {
    const template = String(at(targetsOf(rule), '1.InputTransformer.InputTemplate'))
    assert.ok(template.split('\n').every((line) => /^"[^"]+"$/.test(line)))
    const used = [...template.matchAll(/<(.*?)>/g)].map(([, name]) => name)
    assert.equal(used.sort(), Object.keys(at(targetsOf(rule), '1.InputTransformer.InputPathsMap') as object).sort())
  })
}

test('only the rule in us-east-1 knows the API by its id; otherwise the patterns of a relay are the same', () => {
  const relay = ofType(deployed(relayTemplate(settings)), 'AWS::Events::Rule')
  for (const [id, rule] of rules) {
    const own = JSON.stringify(at(rule, 'Properties.EventPattern'))
      .replace(',{"restApiId":[{"Ref":"Api"}]}', '')
      .replace(/,\{"Fn::Sub":"arn:aws:apigateway[^"]*\$\{Api\}[^"]*"\}/, '')
    assert.is(JSON.stringify(at(relay[`Relay${id}`], 'Properties.EventPattern')), own)
  }
})

test('none takes what another account sends to the bus, whose administrator may write as AWS what it likes', () => {
  for (const [id, rule] of rules) {
    assert.equal(at(rule, 'Properties.EventPattern.account'), ['111122223333'], id)
  }
})

test.run()

const limits = suite('the length of a pattern')

const lengths = (change: Partial<Settings>) =>
  activityRules({ ...settings, ...change }, Fn.Ref('Api')).map(({ pattern }) => patternLength(pattern))

for (const change of [
  {},
  { trail: 'reuse', recorder: 'reuse' },
  { buckets: { trail: 'b'.repeat(63), config: 'c'.repeat(63), accessLogs: 'd'.repeat(63) } },
  { name: 'a-name-as-long-as-20' },
  // As root-guard.yaml comes, before the bootstrap.
  { name: 'a-name-as-long-as-20', trustedRoles: ['AWSCloudFormationStackSetExecutionRole'] },
  { name: 'a-name-as-long-as-20', trail: 'reuse', recorder: 'reuse' },
  // As long as the names that IAM Identity Center gives.
  { trustedRoles: ['r'.repeat(50), 's'.repeat(50), 't'.repeat(50)] },
] satisfies Partial<Settings>[]) {
  limits(`is within EventBridge's 2,048 characters with ${JSON.stringify(change).slice(0, 80)}`, () => {
    for (const length of lengths(change)) assert.ok(length <= 2_048, `${length}`)
  })
}

limits('would not be within it as one pattern', () => {
  const [activity = 0, touched = 0] = lengths({})
  assert.ok(activity + touched > 2_048)
})

limits('past it: what to shorten, instead of a stack that fails', () => {
  const trustedRoles = Array.from({ length: 5 }, (_, index) => `${index}`.repeat(64))
  assert.throws(
    () => lengths({ name: 'a-name-as-long-as-20', trustedRoles }),
    /an event pattern has [\d,]+ characters and EventBridge takes 2048: a shorter name, or fewer trustedRoles/,
  )
})

limits.run()
