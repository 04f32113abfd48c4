// What the execution role of StackSets may do with roles, and what a role of the templates can do at most, simulated: a
// template that somebody got merged makes no administrator.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { allTemplates, deployed, everything, ofType, settings, statements } from '../templates-src/references.ts'
import { propertiesIn, roleIn } from './deployed.ts'
import { ofTheAccount } from './holders.ts'
import { account, allows, type Call } from './simulate.ts'

const bootstrap = deployed(bootstrapTemplate({ ...everything, stackSets: { roles: 'bootstrap', failureTolerance: 0 } }))
const documentOf = (id: string) => propertiesIn(bootstrap, id, 'us-east-1').PolicyDocument as object
const execution = {
  principal: `arn:aws:iam::${account}:role/root-guard-stackset-execution`,
  identity: (
    propertiesIn(bootstrap, 'StackSetExecutionRole', 'us-east-1').Policies as { PolicyDocument: object }[]
  ).map(({ PolicyDocument }) => PolicyDocument),
  boundary: documentOf('StackSetBoundary'),
}
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`
const may = (action: string, resource: string, context: Call['context'] = {}) =>
  allows({ principal: execution.principal, action, resource, context }, execution)

const UNDER_IT = { 'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/root-guard-role-boundary` }
const UNDER_ANOTHER = { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' }
const OURS = ['root-guard-notify', 'root-guard-rule-to-api', 'root-guard-relay-us-west-2']
const ABOVE = [...workflowRoles, 'stackset-administration', 'stackset-execution'].map((name) => `root-guard-${name}`)

const test = suite('the execution role')

for (const action of ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary']) {
  test(`${action}: of the roles in the templates, and only under their boundary`, async () => {
    for (const name of OURS) {
      assert.ok(await may(action, role(name), UNDER_IT), name)
      assert.not.ok(await may(action, role(name)), `${name} without a boundary`)
      assert.not.ok(await may(action, role(name), UNDER_ANOTHER), `${name} under another`)
    }
    for (const name of [...ABOVE, 'root-guard-another', 'admin']) {
      assert.not.ok(await may(action, role(name), UNDER_IT), name)
    }
  })
}

const NOTIFIER = role('root-guard-notify')
const BOUNDARY = UNDER_IT['iam:PermissionsBoundary']
const NEVER: readonly (readonly [action: string, resource: string])[] = [
  ['iam:AttachRolePolicy', NOTIFIER],
  ['iam:DeleteRolePermissionsBoundary', NOTIFIER],
  ['iam:CreatePolicyVersion', BOUNDARY],
  ['iam:SetDefaultPolicyVersion', BOUNDARY],
  ['iam:DeletePolicy', BOUNDARY],
  ['iam:CreateUser', `arn:aws:iam::${account}:user/minji`],
  ['iam:CreateAccessKey', `arn:aws:iam::${account}:user/minji`],
]

for (const [action, resource] of NEVER) {
  test(`never: ${action} of ${resource.split(':').at(-1)}`, async () =>
    assert.not.ok(await may(action, resource, UNDER_IT)))
}

test('changes and hands on no role above it', async () => {
  for (const name of ABOVE) {
    for (const action of ['iam:UpdateAssumeRolePolicy', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:TagRole']) {
      assert.not.ok(await may(action, role(name), UNDER_IT), `${action} ${name}`)
    }
    assert.not.ok(await may('iam:PassRole', role(name), { 'iam:PassedToService': 'lambda.amazonaws.com' }), name)
  }
})

test('hands the roles of the templates to Lambda and EventBridge, and to nobody else', async () => {
  for (const name of OURS) {
    for (const service of ['lambda.amazonaws.com', 'events.amazonaws.com']) {
      assert.ok(await may('iam:PassRole', role(name), { 'iam:PassedToService': service }), name)
    }
    assert.not.ok(await may('iam:PassRole', role(name), { 'iam:PassedToService': 'ec2.amazonaws.com' }), name)
  }
})

test('reads templates that AWS keeps for StackSets, and no object of this account or its organization', async () => {
  const template = 'arn:aws:s3:::a-bucket-of-cloudformation/template'
  const others = { 'aws:ResourceAccount': '999999999999' }
  const ours = { 'aws:PrincipalOrgID': 'o-sample00000' }
  assert.ok(await may('s3:GetObject', template, others), 'neither account is in an organization')
  assert.ok(await may('s3:GetObject', template, { ...others, ...ours }), 'theirs is in none')
  assert.ok(await may('s3:GetObject', template, { ...others, ...ours, 'aws:ResourceOrgID': 'o-another0000' }))
  assert.ok(await may('s3:GetObject', template, { ...others, 'aws:ResourceOrgID': 'o-another0000' }), 'ours is in none')
  assert.not.ok(
    await may('s3:GetObject', template, { ...others, ...ours, 'aws:ResourceOrgID': 'o-sample00000' }),
    'another account of the same organization',
  )
  assert.not.ok(await may('s3:GetObject', template, { 'aws:ResourceAccount': account }))
  assert.not.ok(await may('s3:GetObject', template), 'not where AWS does not say whose it is')
  for (const action of ['cloudformation:ValidateTemplate', 'cloudformation:GetTemplateSummary']) {
    assert.ok(await may(action, '*'), action)
  }
})

test('publishes to no topic: StackSets have needed none since October 2022', async () => {
  assert.not.ok(await may('sns:Publish', `arn:aws:sns:us-east-1:${account}:CfnStackSetsBackend`))
  assert.not.ok(await may('sns:Publish', `arn:aws:sns:us-east-1:${account}:root-guard-alerts`))
})

test('lets API Gateway and User Notifications make their service-linked roles, and no other service', async () => {
  const linked = (service: string) => `arn:aws:iam::${account}:role/aws-service-role/${service}/AWSServiceRoleForSample`
  for (const service of ['ops.apigateway.amazonaws.com', 'notifications.amazonaws.com']) {
    assert.ok(await may('iam:CreateServiceLinkedRole', linked(service), { 'iam:AWSServiceName': service }), service)
  }
  for (const service of ['elasticloadbalancing.amazonaws.com', 'organizations.amazonaws.com']) {
    const context = { 'iam:AWSServiceName': service }
    assert.not.ok(await may('iam:CreateServiceLinkedRole', linked(service), context), service)
    assert.not.ok(await may('iam:CreateServiceLinkedRole', linked('ops.apigateway.amazonaws.com'), context), service)
  }
})

test('makes every role that is in the templates', async () => {
  for (const { Resources } of Object.values(templates())) {
    for (const { Properties } of Object.values(ofType({ Resources }, 'AWS::IAM::Role'))) {
      const name = JSON.stringify(Properties.RoleName).replaceAll(/^"|"$|\{"Fn::Sub":"|"\}$/g, '')
      const there = name.replace('$' + '{AWS::Region}', 'ap-northeast-2')
      assert.ok(await may('iam:CreateRole', role(there), UNDER_IT), there)
    }
  }
})

test.run()

const bounds = suite('the boundary of the roles in the templates')

const ROLES = [
  ['us-east-1', 'RuleToApiRole', 'us-east-1'],
  ['notifier', 'NotifierRole', 'us-east-1'],
  ['ap-northeast-2', 'RelayRole', 'ap-northeast-2'],
  ['relay', 'RelayRole', 'us-west-2'],
] as const

for (const [template, id, region] of ROLES) {
  bounds(`${template} ${id}: leaves it all that its own policy gives`, async () => {
    const { arn, identity } = roleIn(templates()[template] ?? { Resources: {} }, id, region)
    const given = identity.flatMap((document) => statements(document))
    assert.ok(given.length > 0)
    for (const { Action, Resource, Condition } of given) {
      // What the statement wants of the call is what the call carries.
      const context = Object.assign({}, ...Object.values(Condition ?? {})) as Record<string, string>
      for (const action of [Action].flat()) {
        for (const resource of [Resource].flat().map((each) => String(each).replace(/:\*$/, ':log-stream:sample'))) {
          // An action of a service is no action on another's resource, and one statement may hold several services.
          if (action.split(':')[0] !== resource.split(':')[2]) continue
          const call = { principal: arn, action, resource, context }
          const policies = { identity, boundary: documentOf('RoleBoundary'), ...keyPolicy(action) }
          assert.ok(await allows(call, policies), `${action} ${resource}`)
        }
      }
    }
  })
}

const keyPolicy = (action: string) => (action.startsWith('kms:') ? { resource: ofTheAccount } : {})

bounds('stops a policy that gives everything', async () => {
  const identity = [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }]
  const principal = role('root-guard-notify')
  for (const [action, resource] of [
    ['iam:CreateUser', `arn:aws:iam::${account}:user/minji`],
    ['iam:PutRolePolicy', principal],
    ['sts:AssumeRole', role('root-guard-deploy')],
    ['ssm:PutParameter', `arn:aws:ssm:us-east-1:${account}:parameter/root-guard/channels/telegram`],
    ['ssm:GetParameter', `arn:aws:ssm:us-east-1:${account}:parameter/another`],
    ['s3:GetObject', 'arn:aws:s3:::another/key'],
    // Not through SSM.
    ['kms:Decrypt', `arn:aws:kms:us-east-1:${account}:key/00000000-0000-4000-8000-000000000001`],
  ] as const) {
    const call = { principal, action, resource }
    const resourcePolicy = keyPolicy(action)
    assert.ok(await allows(call, { identity, ...resourcePolicy }), `${action} without it`)
    assert.not.ok(await allows(call, { identity, boundary: documentOf('RoleBoundary'), ...resourcePolicy }), action)
  }
})

bounds.run()

function templates() {
  return allTemplates({ ...settings, stackSets: { roles: 'bootstrap', failureTolerance: 0 } })
}
