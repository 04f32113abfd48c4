import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { workflowRoles, workflowSubjects } from '../../templates-src/parts/bootstrap-github.ts'
import { executionGrants } from '../../templates-src/parts/bootstrap-grants.ts'
import { knownOptInRegions, optInRegions } from '../../templates-src/parts/bootstrap-regions.ts'
import {
  allTemplates,
  at,
  danglingReferences,
  deployed,
  everything,
  github,
  ofType,
  type Resource,
  settings,
  statements,
} from './references.ts'

const bootstrap = deployed(bootstrapTemplate({ ...settings, github }))
const role = (id: string) => bootstrap.Resources[id] as Resource
const actionsOf = (resource: Resource) =>
  statements(at(resource, 'Properties.Policies')).flatMap(({ Action }) => [Action].flat())

const test = suite('bootstrap.yaml')

test('refers to nothing that is not in it', () => assert.equal(danglingReferences(bootstrap), []))

test('has a role for StackSets alone when no repository is named', () => {
  const names = Object.keys(deployed(bootstrapTemplate(settings)).Resources)
  assert.equal(names.sort(), [
    'RoleBoundary',
    'StackSetAdministrationRole',
    'StackSetBoundary',
    'StackSetExecutionRole',
  ])
})

test('leaves an OIDC provider to whom it belongs', () => {
  const reusing = deployed(bootstrapTemplate({ ...settings, github: { ...github, oidcProvider: 'reuse' } }))
  assert.equal(Object.keys(ofType(reusing, 'AWS::IAM::OIDCProvider')), [])
  assert.is(Object.keys(ofType(bootstrap, 'AWS::IAM::OIDCProvider')).length, 1)
})

for (const name of workflowRoles) {
  test(`lets this repository alone take the role ${name}, in both forms of its name`, () => {
    const { Properties } = role(`${name[0]?.toUpperCase()}${name.slice(1)}Role`)
    const [trust, ...more] = statements(Properties.AssumeRolePolicyDocument)
    assert.equal(more, [])
    const condition = at(trust, 'Condition.StringEquals') as Record<string, unknown>
    assert.is(condition['token.actions.githubusercontent.com:aud'], 'sts.amazonaws.com')
    const subjects = condition['token.actions.githubusercontent.com:sub'] as readonly string[]
    assert.equal(subjects, workflowSubjects(github, name))
    assert.ok(subjects.some((subject) => subject.startsWith('repo:example/guard:')))
    assert.ok(subjects.some((subject) => subject.startsWith('repo:example@1111/guard@2222:')))
    assert.not(
      subjects.some((subject) => /[*?]/.test(subject)),
      'no subject is a pattern',
    )
    assert.is(condition['token.actions.githubusercontent.com:repository_id'], '2222')
    assert.is(condition['token.actions.githubusercontent.com:ref'], name === 'deploy' ? 'refs/heads/main' : undefined)
    // With another operator an absent claim could count as equal.
    assert.equal(Object.keys(at(trust, 'Condition') as object), ['StringEquals'])
  })
}

test('lets a pull request take the role plan alone', () => {
  const takes = workflowRoles.filter((name) =>
    workflowSubjects(github, name).some((subject) => subject.endsWith(':pull_request')),
  )
  assert.equal(takes, ['plan'])
})

test('lets plan and drift look, and write nothing but that drift was detected', () => {
  const writing = (actions: readonly string[]) =>
    actions.filter((action) => !/:(Get|List|Describe|BatchDescribe|GET)/.test(action)).sort()
  assert.equal(writing(actionsOf(role('PlanRole'))), [])
  assert.equal(
    [...new Set(writing(actionsOf(role('DriftRole'))))],
    [
      'cloudformation:DetectStackDrift',
      'cloudformation:DetectStackResourceDrift',
      'cloudformation:DetectStackSetDrift',
    ],
  )
})

test('lets drift put word of it and nothing else, where root-guard.yaml wants that', () => {
  const puts = (of: Settings) =>
    statements(at(deployed(bootstrapTemplate(of)).Resources.DriftRole, 'Properties.Policies')).filter(
      ({ Action }) => Action === 'events:PutEvents',
    )
  assert.equal(puts({ ...settings, github }), [])
  const [put, ...others] = puts({ ...settings, github, driftAlert: true })
  assert.equal(others, [])
  assert.is(put?.Resource, 'arn:aws:events:us-east-1:111122223333:event-bus/default')
  assert.equal(put?.Condition, { StringEquals: { 'events:source': 'root-guard.drift' } })
})

test('gives every write of the deploy a resource of the guard', () => {
  const writes = statements(role('DeployRole').Properties.Policies).filter(({ Resource }) => Resource === '*')
  const actions = writes.flatMap(({ Action }) => [Action].flat())
  assert.equal(
    actions.filter((action) => !/:(Get|List|Describe|BatchDescribe|GET)/.test(action)),
    // How long AWS Config remembers is of the account and the Region, and no resource; nor is a StackSet before it is there.
    ['config:PutRetentionConfiguration', 'cloudformation:CreateStackSet'],
  )
})

test('lets the execution role make every type that is in the templates', () => {
  const templates = Object.values(allTemplates(everything))
  const types = templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type))
  assert.equal(
    [...new Set(types)].filter((type) => !(type in executionGrants)),
    [],
  )
})

test('keeps the execution role away from the roles above it, by its boundary', () => {
  const [deny] = statements(role('StackSetBoundary').Properties.PolicyDocument).filter(
    ({ Effect }) => Effect === 'Deny',
  )
  assert.is(deny?.Action, 'iam:*')
  const protectedRoles = ['plan', 'deploy', 'drift', 'drill', 'stackset-*']
  assert.equal(
    deny?.Resource,
    protectedRoles.map((name) => `arn:aws:iam::111122223333:role/root-guard-${name}`),
  )
  assert.equal(at(role('StackSetExecutionRole'), 'Properties.PermissionsBoundary'), { Ref: 'StackSetBoundary' })
})

test('bounds every role of the templates where its roles deploy, and none where they do not', () => {
  const boundaryOf = (of: Settings) =>
    Object.values(allTemplates(of)).flatMap((template) =>
      Object.values(ofType(template, 'AWS::IAM::Role')).map(({ Properties }) => Properties.PermissionsBoundary),
    )
  assert.equal([...new Set(boundaryOf(settings))], [undefined])
  const bounded = boundaryOf({ ...settings, stackSets: { roles: 'bootstrap', failureTolerance: 0 } })
  assert.is(bounded.length, 4)
  const { ManagedPolicyName } = role('RoleBoundary').Properties
  for (const boundary of bounded) assert.match(JSON.stringify(boundary), `:policy/${ManagedPolicyName}"`)
})

const services = (of: Settings): readonly unknown[] => {
  const [trust] = statements(deployed(bootstrapTemplate(of)).Resources.StackSetAdministrationRole)
  return [at(trust, 'Principal.Service')].flat()
}
const CLOUDFORMATION = 'cloudformation.amazonaws.com'

test('lets CloudFormation take the administration role, and that of each Region that is opted into', () => {
  const home = { ...settings, homeRegion: 'eu-south-1', relayRegions: ['ap-east-1', 'us-west-2'] }
  assert.equal(services(settings), [CLOUDFORMATION])
  assert.equal(services({ ...settings, relayRegions: ['us-west-2', 'ca-central-1'] }), [CLOUDFORMATION])
  assert.equal(services(home), [
    CLOUDFORMATION,
    'cloudformation.ap-east-1.amazonaws.com',
    'cloudformation.eu-south-1.amazonaws.com',
  ])
})

test('trusts, for all-enabled, every Region that can be opted into and is known', () => {
  const all = services({ ...settings, relayRegions: 'all-enabled' })
  assert.is(all.length, 1 + knownOptInRegions.length)
  for (const region of knownOptInRegions) assert.ok(all.includes(`cloudformation.${region}.amazonaws.com`), region)
  assert.equal(optInRegions({ ...settings, relayRegions: [...knownOptInRegions] }), [...knownOptInRegions].sort())
})

test('lets the execution role rewrite keys only while root-guard.yaml asks for one', () => {
  const keys = (of: Settings) =>
    actionsOf(deployed(bootstrapTemplate(of)).Resources.StackSetExecutionRole as Resource).includes('kms:PutKeyPolicy')
  assert.equal([keys(settings), keys({ ...settings, encryption: 'customer-key' })], [false, true])
})

test('stays within what IAM takes: 10,240 characters of inline policies, 6,144 of a managed one, 2,048 of a trust', () => {
  const long = {
    ...settings,
    name: 'a-name-of-twenty-let',
    encryption: 'customer-key' as const,
    relayRegions: 'all-enabled' as const,
    github: { ...github, owner: 'o'.repeat(39), repository: 'r'.repeat(60) },
  }
  for (const [id, { Properties }] of Object.entries(deployed(bootstrapTemplate(long)).Resources)) {
    const length = (value: unknown) => JSON.stringify(value ?? '').length
    const inline = (Properties.Policies ?? []) as readonly { PolicyDocument: unknown }[]
    assert.ok(inline.reduce((sum, { PolicyDocument }) => sum + length(PolicyDocument), 0) <= 10_240, id)
    assert.ok(length(Properties.PolicyDocument) <= 6_144, id)
    assert.ok(length(Properties.AssumeRolePolicyDocument) <= 2_048, id)
  }
})

test.run()
