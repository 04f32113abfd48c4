import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { judgedAlarms } from '../../../scripts/lib/doctor/alarms.ts'
import { judgedClock } from '../../../scripts/lib/doctor/clock.ts'
import { ill, well } from '../../../scripts/lib/doctor/diagnosis.ts'
import { providerDiagnosis, roleDiagnosis } from '../../../scripts/lib/doctor/github.ts'
import { judgedPosture, type ObservedStackSet } from '../../../scripts/lib/doctor/posture.ts'
import { rootDiagnoses } from '../../../scripts/lib/doctor/root.ts'
import { statusFindings } from '../../../scripts/lib/drift/bootstrap.ts'
import type { Finding } from '../../../scripts/lib/live/stack.ts'
import { doctorOutcome } from '../../../scripts/lib/report/doctor.ts'
import type { InstanceState } from '../../../scripts/lib/stackset/verdict.ts'
import { instance } from './stackset/stackset-in-memory.ts'

const ANY_STACK_SET = { body: '{}', parameters: {}, tags: {}, administrationRoleArn: '', executionRoleName: '' }

const test = suite('the doctor')

// biome-ignore format: a row a line
const ROOTS: readonly (readonly [what: string, summary: Record<string, number>, ill: readonly string[]])[] = [
  ['MFA, no key', { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountPasswordPresent: 1 }, []],
  ['no MFA', { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0, AccountPasswordPresent: 1 }, ['root has no MFA']],
  ['no MFA and no password that needs it', { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0, AccountPasswordPresent: 0 }, []],
  ['a key', { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1, AccountPasswordPresent: 1 }, ['root has 1 access key']],
  ['two keys', { AccountMFAEnabled: 1, AccountAccessKeysPresent: 2 }, ['root has 2 access keys']],
  ['a certificate', { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 1 }, ['root has a signing certificate']],
  ['nothing said', {}, ['root has no MFA']],
]

for (const [what, summary, ill] of ROOTS) {
  test(`of a root with ${what}: ${ill.join(', ') || 'nothing to mend'}`, () => {
    const found = rootDiagnoses(summary).filter(({ state }) => state === 'ill')
    assert.equal(
      found.map((one) => one.what),
      ill,
    )
    for (const { why, mend } of found) assert.ok(why && mend)
  })
}

// biome-ignore format: a row a line
const CLOCKS: readonly (readonly [aheadMs: number | undefined, state: string])[] = [
  [0, 'well'], [60_000, 'well'], [-61_000, 'note'], [299_000, 'note'], [300_000, 'ill'], [-3_600_000, 'ill'], [undefined, 'well'],
]

for (const [aheadMs, state] of CLOCKS) {
  test(`of a clock that is ${aheadMs} ms ahead: ${state}`, () => assert.is(judgedClock(aheadMs).state, state))
}

test("of GitHub's provider: there, with the audience", () => {
  assert.is(providerDiagnosis(undefined).state, 'ill')
  assert.is(providerDiagnosis(['other']).state, 'ill')
  assert.is(providerDiagnosis(['sts.amazonaws.com']).state, 'well')
})

const TRUST = {
  Effect: 'Allow',
  Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
  Condition: {
    StringEquals: { 'token.actions.githubusercontent.com:sub': ['repo:o/r:pull_request', 'repo:o@1/r@2:pull_request'] },
  },
}
const subjects = (...sub: readonly string[]) => ({
  ...TRUST,
  Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': sub } },
})

// biome-ignore format: a row a line
const TRUSTS: readonly (readonly [what: string, trust: object, found?: string])[] = [
  ['as it was generated', TRUST],
  ['as it was generated, in another order', subjects('repo:o@1/r@2:pull_request', 'repo:o/r:pull_request')],
  ['without one form of the subject', subjects('repo:o/r:pull_request'), 'sub lacks repo:o@1/r@2:pull_request'],
  ['with a subject of another repository added', subjects('repo:o/r:pull_request', 'repo:o@1/r@2:pull_request', 'repo:evil/*'), 'sub has repo:evil/*, which it should not'],
  ['with everybody as principal', { ...TRUST, Principal: '*' }, `Principal has *, which it should not; Principal lacks ${JSON.stringify(TRUST.Principal)}`],
  ['without its condition', { Effect: 'Allow', Principal: TRUST.Principal }, 'Condition lacks {"StringEquals":{'],
]

for (const [what, trust, found] of TRUSTS) {
  test(`of a role whose trust is ${what}: ${found ?? 'well'}`, () => {
    const document = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] })
    const diagnosis = roleDiagnosis('guard-plan', JSON.stringify(document(trust)), document(TRUST))
    assert.is(diagnosis.state, found === undefined ? 'well' : 'ill')
    const says = found === undefined ? 'guard-plan trusts this repository' : `should: ${found}`
    assert.ok(diagnosis.what.includes(says), diagnosis.what)
  })
}

test('of a role that is not there: that, and that the bootstrap makes it', () => {
  assert.is(roleDiagnosis('guard-deploy', undefined, TRUST).what, 'there is no role guard-deploy')
})

test("of the bootstrap's stack: there where it is wished for, and as CloudFormation left it", () => {
  const guard = { name: 'guard', homeRegion: 'ap-northeast-2', github: undefined, stackSets: undefined }
  const found = (settings: typeof guard | { stackSets: { roles: 'bootstrap' } }, status?: string) =>
    statusFindings({ ...guard, ...settings } as never, status === undefined ? undefined : { status }).map(
      ({ found, state }) => `${state}: ${found}`,
    )
  assert.equal(found(guard), [])
  assert.equal(found({ stackSets: { roles: 'bootstrap' } }), ['differs: not there'])
  assert.equal(found(guard, 'UPDATE_COMPLETE'), [])
  assert.equal(found(guard, 'ROLLBACK_COMPLETE'), ['differs: ROLLBACK_COMPLETE'])
  assert.equal(found(guard, 'UPDATE_IN_PROGRESS'), ['unknown: UPDATE_IN_PROGRESS'])
})

const REGIONS = ['us-west-2', 'eu-west-1']
const [WEST, IRELAND] = [instance('us-west-2'), instance('eu-west-1')]
const relay = (...instances: readonly InstanceState[]) => {
  const stackSet = { ...ANY_STACK_SET, managedExecution: true }
  return { stackSet: 'guard-relay', regions: REGIONS, observed: { stackSet, instances } }
}
const ABSENT = { stackSet: 'guard-us-east-1', regions: ['us-east-1'], observed: { stackSet: undefined, instances: [] } }

// biome-ignore format: a row a line
const POSTURES: readonly (readonly [what: string, stackSets: readonly ObservedStackSet[], said: readonly string[]])[] = [
  ['everything CURRENT', [relay(WEST, IRELAND)], ['well posture', 'well e-mail']],
  ['a stack that is OUTDATED', [relay(WEST, instance('eu-west-1', 'OUTDATED', 'no'))], ['guard-relay: the stack in eu-west-1 is OUTDATED: no']],
  ['a relay that is missing in one of its Regions', [relay(WEST)], ['guard-relay: the stack in eu-west-1 is not there']],
  ['a StackSet that is not there, beside another with a fault', [ABSENT, relay(WEST)], ['not deployed: guard-us-east-1', 'guard-relay: the stack in eu-west-1 is not there']],
]

for (const [what, stackSets, said] of POSTURES) {
  test(`of ${what}: ${said.join('; ')}`, () => {
    const found = judgedPosture(stackSets, [])
    assert.equal(
      found.map(({ state, area, what }) => (state === 'well' ? `well ${area}` : what)),
      said,
    )
    for (const { state } of found) assert.is(state, said[0]?.startsWith('well') ? 'well' : 'ill')
  })
}

const HIDDEN: Finding = {
  stackSet: '',
  region: 'us-east-1',
  resource: 'organization-trail',
  type: 'AWS::CloudTrail::Trail',
  what: 'what it hands on',
  wished: 'all management events',
  found: 'not known: its event selectors cannot be read from this account (refused)',
  state: 'unknown',
  isLasting: true,
  hint: 'a drill',
}

test('of a trail that AWS lets no member look at: to know, and what is of the stacks is well all the same', () => {
  const found = judgedPosture([relay(WEST, IRELAND)], [HIDDEN])
  assert.equal(
    found.map(({ state, area, what }) => `${state} ${area}: ${what}`),
    [
      'well posture: recorder, rules, API, function and alarms are as deployed',
      'note posture: us-east-1: organization-trail: what it hands on is not known: its event selectors cannot be read from this account (refused)',
      'well e-mail: every subscription is confirmed',
    ],
  )
})

test('of a trail that could not be read this time: to mend', () => {
  const { isLasting: _, ...failed } = HIDDEN
  const [first] = judgedPosture([relay(WEST, IRELAND)], [failed])
  assert.is(first?.state, 'ill')
  assert.match(first?.what ?? '', 'us-east-1: organization-trail was not looked at: not known: its event selectors')
})

test('of alarms: each that is in ALARM by name and Region, to know, with the section of the runbook', () => {
  const now = (name: string, state: string) => ({ region: 'us-east-1', name, state })
  const found = judgedAlarms([now('guard-drills', 'ALARM'), now('guard-parts', 'OK'), now('guard-limits', 'ALARM')])
  assert.equal(
    found.map(({ state, what }) => `${state}: ${what}`),
    ['note: guard-drills in us-east-1 is in ALARM', 'note: guard-limits in us-east-1 is in ALARM'],
  )
  assert.match(found[0]?.why ?? '', 'until a drill from Seoul has passed')
  assert.not.match(found[1]?.why ?? '', 'drill')
  const said = doctorOutcome(found, {})
  assert.ok(said.ok, 'an alarm that is on is no error of the doctor')
  assert.match(said.text, '(docs/runbooks.md#an-alarm-about-the-guard-rang)')
})

test('links the pages of this commit in a job summary, and names them elsewhere', () => {
  const found = [
    ill('secrets', 'SSM has no x', 'no alert goes that way', 'npm run secrets'),
    well('root', 'root has MFA'),
  ]
  const workflow = {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'example/guard',
    GITHUB_SHA: '0123abcd',
  }
  const page = 'docs/set-up.md#4-what-github-must-know'
  const onGitHub = doctorOutcome(found, workflow).markdown ?? ''
  assert.match(onGitHub, `| ✗ | [secrets](https://github.com/example/guard/blob/0123abcd/${page}) |`)
  assert.match(onGitHub, '| ✓ | root |')
  const here = doctorOutcome(found, {})
  assert.match(here.markdown ?? '', '| ✗ | secrets |')
  assert.match(here.text, `→ npm run secrets (${page})`)
})

test.run()
