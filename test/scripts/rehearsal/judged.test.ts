import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrapFile, stackSetTemplates } from '../../../scripts/lib/generated.ts'
import { judgeable } from '../../../scripts/rehearsal/judged.ts'
import { loadSettings } from '../../../templates-src/config/load.ts'
import { github } from '../../templates-src/references.ts'

const test = suite('policies as the emulator judges by them')

interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

const settings = { ...loadSettings('test/everything.yaml'), github }
const bodies = [...(await stackSetTemplates(settings)).map(({ body }) => body), bootstrapFile(settings).body]
const resources = bodies.flatMap((body) =>
  Object.values((JSON.parse(body) as { Resources: object }).Resources),
) as Resource[]
const roles = resources.filter(({ Type }) => Type === 'AWS::IAM::Role')

test('of the conditions of roles only those go that it knows nothing of', () => {
  const gone = new Set(roles.flatMap((role) => keysOf(role).filter((key) => !keysOf(judgeable(role)).includes(key))))
  assert.equal([...gone].sort(), ['aws:SourceAccount', 'aws:SourceArn', 'events:source', 'lambda:SourceFunctionArn'])
})

test('a statement keeps what it allows, to whom and when else', () => {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: { 'aws:SourceAccount': '111122223333', 'sts:ExternalId': 'x' },
      ArnLike: { 'aws:SourceArn': 'y' },
    },
  }
  assert.equal(judgeable({ Type: 'AWS::IAM::Role', Properties: { Statement: [statement] } }).Properties.Statement, [
    { ...statement, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
  ])
})

test("the API's policy refuses whom it refused, and knows a role's sessions", () => {
  const api = resources.find(({ Type }) => Type === 'AWS::ApiGateway::RestApi') as Resource
  const text = JSON.stringify(judgeable(api))
  for (const [role] of JSON.stringify(api).matchAll(/arn:aws:iam::\d+:role\/[\w-]+/g)) {
    assert.match(text, `"${role}","${role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/*"`)
  }
})

test('what is neither a role nor an API is as it was', () => {
  for (const resource of resources.filter(({ Type }) => !/Role$|RestApi$/.test(Type)))
    assert.is(judgeable(resource), resource)
})

function keysOf(role: Resource): readonly string[] {
  const keys: string[] = []
  JSON.stringify(role, (key, value: unknown) => {
    if (key === 'Condition') keys.push(...Object.values(value as object).flatMap((one) => Object.keys(one as object)))
    return value
  })
  return keys
}

test.run()
