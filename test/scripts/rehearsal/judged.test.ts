import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrapFile, stackSetTemplates } from '../../../scripts/lib/generated.ts'
import { judgeable, unknownKeys } from '../../../scripts/rehearsal/judged.ts'
import { loadSettings } from '../../../templates-src/config/load.ts'
import { github } from '../../templates-src/references.ts'

const test = suite('policies as the emulator judges by them')

interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

const readers = ['auditor', 'aws-reserved/sso.amazonaws.com/ap-northeast-2/AWSReservedSSO_Admin_0123456789abcdef']
const settings = { ...loadSettings('test/everything.yaml'), github, readers }
const bodies = [...(await stackSetTemplates(settings)).map(({ body }) => body), bootstrapFile(settings).body]
const resources = bodies.flatMap((body) =>
  Object.values((JSON.parse(body) as { Resources: Readonly<Record<string, Resource>> }).Resources),
)

const role = (statement: object) => ({ Type: 'AWS::IAM::Role', Properties: { Statement: [statement] } })
const judged = (statement: object) => judgeable(role(statement)).Properties.Statement[0]

test('of the conditions of roles those go that it does not know, and no others', () => {
  const roles = resources.filter(({ Type }) => Type === 'AWS::IAM::Role')
  const before = new Set(roles.flatMap(keysOf))
  const after = new Set(roles.map(judgeable).flatMap(keysOf))
  assert.equal([...before].filter((key) => !after.has(key)).sort(), [...unknownKeys].sort())
  assert.ok(after.size > 0)
})

test('a statement keeps what it allows, to whom and when else', () => {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Resource: ['arn:aws:dynamodb:us-east-1:111122223333:table/t'],
  }
  const known = { StringEquals: { 'sts:ExternalId': 'x' } }
  const asked = {
    StringEquals: { 'aws:SourceAccount': '111122223333', ...known.StringEquals },
    ArnLike: { 'aws:SourceArn': 'y' },
  }
  assert.equal(judged({ ...statement, Condition: asked }), { ...statement, Condition: known })
  assert.equal(judged({ ...statement, Condition: { ArnLike: asked.ArnLike } }), statement)
})

test('a Deny that asks what it does not know cannot be played: it would deny everybody', () => {
  assert.throws(
    () => judged({ Effect: 'Deny', Action: '*', Condition: { ArnLike: { 'aws:SourceArn': 'y' } } }),
    'a Deny asks',
  )
})

test('a rule is named with its bus as well, and its neighbours as they were', () => {
  const [table, rule] = [
    'arn:aws:dynamodb:us-east-1:111122223333:table/t',
    'arn:aws:events:*:111122223333:rule/root-guard-*',
  ]
  const withBus = 'arn:aws:events:*:111122223333:rule/default/root-guard-*'
  assert.equal(judged({ Effect: 'Allow', Resource: [table, rule] }), {
    Effect: 'Allow',
    Resource: [table, rule, withBus, '*'],
  })
  assert.equal(judged({ Effect: 'Allow', Resource: table }), { Effect: 'Allow', Resource: table })
})

test("the API's policy names the sessions of each role beside it, and is else as it was", () => {
  const api = resources.find(({ Type }) => Type === 'AWS::ApiGateway::RestApi') as Resource
  const named = (roles: readonly string[]) => ({ ArnNotLike: { 'aws:PrincipalArn': roles.flatMap(withSessions) } })
  const [post, drill, all] = (api.Properties.Policy as { Statement: object[] }).Statement
  assert.equal((judgeable(api).Properties.Policy as { Statement: object[] }).Statement, [
    { ...post, Condition: named(['root-guard-rule-to-api']) },
    { ...drill, Condition: named(['root-guard-drill']) },
    { ...all, Condition: named(['root-guard-rule-to-api', 'root-guard-drill', ...readers]) },
  ])
})

test('what is neither a role nor an API is as it was', () => {
  const others = resources.filter(({ Type }) => !/IAM::Role$|RestApi$/.test(Type))
  assert.ok(others.length > 10)
  for (const resource of others) assert.is(judgeable(resource), resource)
})

function withSessions(path: string): readonly string[] {
  const name = path.split('/').at(-1)
  return [`arn:aws:iam::111122223333:role/${path}`, `arn:aws:sts::111122223333:assumed-role/${name}/*`]
}

function keysOf(of: Resource): readonly string[] {
  const keys: string[] = []
  JSON.stringify(of, (key, value: unknown) => {
    if (key === 'Condition') keys.push(...Object.values(value as object).flatMap((one) => Object.keys(one as object)))
    return value
  })
  return keys
}

test.run()
