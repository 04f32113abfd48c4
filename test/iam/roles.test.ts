// What each role of the templates may do, simulated: the calls that are really made, and a list of ways to hurt that no
// role has any business with.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { allTemplates, deployed, settings } from '../templates-src/references.ts'
import { propertiesIn, roleIn } from './deployed.ts'
import { arn, HARM, role } from './harm.ts'
import { ofTheAccount } from './holders.ts'
import { callsOfTheNotifier } from './notifier-calls.ts'
import { account, allows, type Call } from './simulate.ts'

const templates = allTemplates(settings)
const template = (name: string) => templates[name] ?? { Resources: {} }

const ROLES = {
  'the rules, calling the API': roleIn(template('us-east-1'), 'RuleToApiRole', 'us-east-1'),
  'the notifier': roleIn(template('notifier'), 'NotifierRole', 'us-east-1'),
  'the relay in Seoul': roleIn(template('ap-northeast-2'), 'RelayRole', 'ap-northeast-2'),
  'a further relay': roleIn(template('relay'), 'RelayRole', 'us-west-2'),
}
type RoleName = keyof typeof ROLES

const may = (name: RoleName, action: string, resource: string, context: Call['context'] = CARRIED[name]) =>
  allows(
    { principal: ROLES[name].arn, action, resource, ...(context ? { context } : {}) },
    { identity: ROLES[name].identity },
  )

/** What calls with the role's credentials carry. Lambda says which function it gave them to. */
const BY_NOTIFIER = { 'lambda:SourceFunctionArn': arn('lambda', 'us-east-1', 'function:root-guard-notify') }
const CARRIED: Partial<Record<RoleName, Call['context']>> = { 'the notifier': BY_NOTIFIER }

const BOUNDARY = propertiesIn(
  deployed(bootstrapTemplate({ ...settings, stackSets: { roles: 'bootstrap', failureTolerance: 0 } })),
  'RoleBoundary',
  'ap-northeast-2',
).PolicyDocument as object

const ALARM_BUS = arn('events', 'us-east-1', 'event-bus/default')
const POST_ALERTS = arn('execute-api', 'us-east-1', 'a1b2c3d4e5/live/POST/alerts')
const LOG = arn('logs', 'us-east-1', 'log-group:/aws/lambda/root-guard-notify:log-stream:sample')

const needed = suite('what is really called is allowed')

const NEEDED: readonly (readonly [RoleName, action: string, resource: string])[] = [
  ['the rules, calling the API', 'execute-api:Invoke', POST_ALERTS],
  ['the notifier', 'logs:CreateLogStream', LOG],
  ['the notifier', 'logs:PutLogEvents', LOG],
  ['the relay in Seoul', 'events:PutEvents', ALARM_BUS],
  ['a further relay', 'events:PutEvents', ALARM_BUS],
]

for (const [name, action, resource] of NEEDED) {
  needed(`${name}: ${action}`, async () => assert.ok(await may(name, action, resource)))
}

needed('the notifier: every AWS call that it makes while it sends an alert, overheard', async () => {
  const calls = await callsOfTheNotifier()
  assert.ok(
    calls.some(({ action }) => action.startsWith('ssm:')) && calls.some(({ action }) => action.startsWith('dynamodb:')),
  )
  for (const { action, resource } of calls)
    assert.ok(await may('the notifier', action, resource), `${action} ${resource}`)
})

const KEY = arn('kms', 'us-east-1', 'key/00000000-0000-4000-8000-000000000001')
const decrypts = (context: Call['context'], name: RoleName = 'the notifier') =>
  allows(
    { principal: ROLES[name].arn, action: 'kms:Decrypt', resource: KEY, ...(context ? { context } : {}) },
    { identity: ROLES[name].identity, boundary: BOUNDARY, resource: ofTheAccount },
  )

needed(
  'the notifier: the key of a secret, under the boundary, by SSM of us-east-1 alone, which says of no function',
  async () => {
    assert.ok(await decrypts({ 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' }))
    for (const name of Object.keys(ROLES) as RoleName[]) {
      if (name !== 'the notifier')
        assert.not.ok(await decrypts({ 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' }, name), name)
    }
    for (const service of ['ssm.eu-west-1', 'secretsmanager.us-east-1', 's3.us-east-1']) {
      assert.not.ok(await decrypts({ 'kms:ViaService': `${service}.amazonaws.com` }), service)
    }
    assert.not.ok(await decrypts(BY_NOTIFIER), 'by itself')
  },
)

needed('the notifier: nothing, where another function has its role or somebody became it', async () => {
  const calls = await callsOfTheNotifier()
  const another = { 'lambda:SourceFunctionArn': arn('lambda', 'us-east-1', 'function:another') }
  for (const { action, resource } of [...calls, { action: 'logs:PutLogEvents', resource: LOG }]) {
    for (const context of [{}, another]) assert.not.ok(await may('the notifier', action, resource, context), action)
  }
})

needed.run()

const harmful = suite('what would hurt is denied')

for (const name of Object.keys(ROLES) as RoleName[]) {
  for (const [action, resource] of HARM) {
    harmful(`${name}: ${action} on ${resource.split(':').slice(2).join(':')}`, async () =>
      assert.not.ok(await may(name, action, resource)),
    )
  }
}

const SECRETS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath']

for (const name of (Object.keys(ROLES) as RoleName[]).filter((one) => one !== 'the notifier')) {
  harmful(`${name}: to read the secrets of channels`, async () => {
    for (const action of SECRETS) {
      assert.not.ok(await may(name, action, arn('ssm', 'us-east-1', 'parameter/root-guard/channels/telegram')), action)
    }
  })
}

harmful.run()

const assuming = suite('who may become which role')

const RULES = ['root-guard-root-activity', 'root-guard-guard-touched', 'root-guard-guard-reached']
const RELAY_RULES = [
  'root-guard-relay-root-activity',
  'root-guard-relay-guard-touched',
  'root-guard-relay-guard-reached',
  'root-guard-relay-alarms',
]
const WHO: readonly (readonly [RoleName, service: string, region: string, rules: readonly string[]])[] = [
  ['the rules, calling the API', 'events.amazonaws.com', 'us-east-1', RULES],
  ['the relay in Seoul', 'events.amazonaws.com', 'ap-northeast-2', RELAY_RULES],
  ['a further relay', 'events.amazonaws.com', 'us-west-2', RELAY_RULES],
]

const assumes = (name: RoleName, principal: string, context: Call['context'] = {}) =>
  allows({ principal, action: 'sts:AssumeRole', resource: ROLES[name].arn, context }, { resource: ROLES[name].trust })

for (const [name, service, region, rules] of WHO) {
  const on = (rule: string, of = account) => ({
    'aws:SourceAccount': of,
    'aws:SourceArn': `arn:aws:events:${region}:${of}:rule/${rule}`,
  })
  assuming(`${name}: ${service} for ${rules.join(' and ')}, and for no other rule or account`, async () => {
    for (const rule of rules) assert.ok(await assumes(name, service, on(rule)), rule)
    assert.not.ok(await assumes(name, service, on('another')))
    assert.not.ok(await assumes(name, service, on(rules[0] ?? '', '444455556666')))
    assert.not.ok(await assumes(name, service))
  })
}

for (const name of Object.keys(ROLES) as RoleName[]) {
  assuming(`${name}: nobody of the account, not even root`, async () => {
    for (const principal of [role('admin'), arn('iam', '', 'user/minji'), arn('iam', '', 'root')]) {
      assert.not.ok(await assumes(name, principal), principal)
    }
  })
}

assuming.run()
