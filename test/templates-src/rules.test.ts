// The rules: what they ask for, and how their targets are reached. What they match is held against the corpus by
// npm run corpus, with AWS's own matcher.
import { Fn } from 'cloudform'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { namings, reuses } from '../../scripts/corpus/largest-patterns.ts'
import { contradictions } from '../../templates-src/config/contradictions.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { activityRules, type Pattern, patternLength } from '../../templates-src/parts/activity-rule.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import { at, deployed, ofType, type Resource, settings } from './references.ts'

const alarm = deployed(usEast1(settings))
// The sweep's rule has a schedule and no pattern.
const rules = Object.entries(ofType(alarm, 'AWS::Events::Rule')).filter(
  ([, { Properties }]) => 'EventPattern' in Properties,
)
const targetsOf = (rule: Resource) => at(rule, 'Properties.Targets') as readonly Record<string, unknown>[]
// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
const POST_ALERTS = 'arn:aws:execute-api:us-east-1:111122223333:${Api}/live/POST/alerts'

const test = suite('the rules in us-east-1')

test('are four: what root does or is done to the account, two for who touches the guard, and what we put ourselves', () => {
  assert.equal(
    rules.map(([id, rule]) => [id, at(rule, 'Properties.Name')]),
    [
      ['RootActivityRule', 'root-guard-root-activity'],
      ['GuardTouchedRule', 'root-guard-guard-touched'],
      ['GuardReachedRule', 'root-guard-guard-reached'],
      ['DrillRule', 'root-guard-drill'],
    ],
  )
})

for (const [id, rule] of rules) {
  test(`${id} is shown reads as well, and no event before there is a way for it`, () => {
    assert.is(at(rule, 'Properties.State'), 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')
    assert.equal(rule.DependsOn, ['Stage', 'ApiInvokesFunction', 'AlertTopicPolicy', 'DeadLettersPolicy'])
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
    test(`${id} tries the target ${target.Id} for a day, 185 times, which is what EventBridge does unasked`, () => {
      assert.is(target.RetryPolicy, undefined)
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

const lengths = (of: Settings) => activityRules(of, Fn.Ref('Api')).map(({ pattern }) => patternLength(pattern))

const EITHER = ['create', 'reuse'] as const
const WAYS = reuses(settings)

limits('is tried with each that may be reused and each bucket that may be lent', () => {
  const tried = new Set(
    WAYS.flatMap(({ trail, recorder, buckets }) => [`${trail} ${recorder}`, ...Object.keys(buckets)]),
  )
  for (const trail of EITHER) for (const recorder of EITHER) assert.ok(tried.has(`${trail} ${recorder}`))
  for (const bucket of ['trail', 'config', 'accessLogs']) assert.ok(tried.has(bucket), bucket)
})

for (const { name, trustedRoles } of namings) {
  const roles = trustedRoles.map(({ length }) => length).join()
  limits(
    `is within EventBridge's 2,048 characters for ${name}, trusted roles of [${roles}], whatever is reused`,
    () => {
      for (const reuse of WAYS) {
        const of = { ...settings, name, trustedRoles, ...reuse }
        for (const length of lengths(of)) assert.ok(length <= 2_048, `${length} with ${JSON.stringify(reuse)}`)
        assert.equal(contradictions(of), [])
      }
    },
  )
}

limits('would not be within it as one pattern', () => {
  const [activityLength = 0, touchedLength = 0] = lengths(settings)
  assert.ok(activityLength + touchedLength > 2_048)
})

limits.run()

const reused = suite("what is not the guard's own")

const [activity, , reachedRule] = activityRules({
  ...settings,
  trail: 'reuse',
  recorder: 'reuse',
  buckets: { trail: 'our-trail', accessLogs: 'our-logs' },
  trustedRoles: ['platform-admin'],
})
const clauses = at(activity, 'pattern.$or.3.detail.$or') as readonly Pattern[]

reused('calls that would blind its trail or its recorder are told by root-activity, whoever makes them', () => {
  const blinding = clauses.find(({ eventSource }) => String(eventSource).includes('cloudtrail'))
  assert.equal(Object.keys(blinding ?? {}), ['eventSource', 'eventName'])
  assert.ok(String(blinding?.eventSource).includes('config.amazonaws.com'))
  const names = blinding?.eventName as readonly unknown[]
  for (const name of ['StopLogging', 'PutEventSelectors', 'StopConfigurationRecorder', 'DeleteDeliveryChannel']) {
    assert.ok(names.includes(name), name)
  }
  const own = JSON.stringify(activityRules(settings)[0]?.pattern)
  for (const name of ['StopLogging', 'StopConfigurationRecorder']) assert.not.match(own, name)
})

reused(
  'writes to a bucket that is lent and to a trusted role are by guard-reached; but no data, or each log would be told',
  () => {
    const detail = at(reachedRule, 'pattern.detail') as Pattern
    assert.equal(detail.readOnly, [false, 'false', { exists: false }])
    assert.equal(detail.eventCategory, ['Management', { exists: false }])
    assert.equal(detail.userIdentity, { type: [{ 'anything-but': 'Root' }, { exists: false }] })
    const reached = at(detail, '$or.0') as Pattern
    assert.equal(reached.userIdentity, undefined)
    const ways = at(reached, 'requestParameters.$or') as readonly Pattern[]
    assert.equal(
      ways.filter((way) => 'bucketName' in way || 'roleName' in way),
      [{ roleName: ['platform-admin'] }, { bucketName: ['our-trail', 'our-logs'] }],
    )
  },
)

reused.run()

const deploys = suite('a deploy')

deploys('is by a role of the guarded account alone, in both rules of the guard', () => {
  const [, touched, reached] = activityRules(settings)
  const roles = ['root-guard-deploy', 'root-guard-stackset-execution', ...settings.trustedRoles]
  const noneOfOurs = {
    $or: [
      { userName: [{ 'anything-but': roles }] },
      { accountId: [{ 'anything-but': '111122223333' }, { exists: false }] },
    ],
  }
  assert.equal(at(touched, 'pattern.detail.userIdentity.sessionContext.sessionIssuer'), noneOfOurs)
  assert.equal(at(reached, 'pattern.detail.$or.1.userIdentity.sessionContext.sessionIssuer'), noneOfOurs)
})
deploys.run()
