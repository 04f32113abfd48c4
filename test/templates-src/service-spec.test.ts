// Every resource is of a type that CloudFormation has, with properties that the type has and all that it requires, by
// AWS's own database of types. cfn-lint looks deeper; this needs nothing but Node.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allTemplates, everything, ofType, type Resource, settings } from './references.ts'

const database = loadAwsServiceSpecSync()

/** What is wrong with the resource, in words; empty when nothing is. */
function wrongWith({ Type, Properties }: Pick<Resource, 'Type' | 'Properties'>): string[] {
  const [type] = [...database.lookup('resource', 'cloudFormationType', 'equals', Type)]
  if (type === undefined) return [`CloudFormation has no type ${Type}`]
  const unknown = Object.keys(Properties).filter((property) => !(property in type.properties))
  const missing = Object.entries(type.properties).filter(([name, { required }]) => required && !(name in Properties))
  return [
    ...unknown.map((property) => `${Type} has no property ${property}`),
    ...missing.map(([property]) => `${Type} requires ${property}`),
  ]
}

const test = suite("the resources, by AWS's database of types")

for (const [what, of] of Object.entries({ 'as they come': settings, 'with everything on': everything })) {
  for (const [name, { Resources }] of Object.entries(allTemplates(of, 'exports.handler = 0'))) {
    test(`${name}, ${what}: are of known types and properties`, () => {
      assert.ok(Object.keys(Resources).length > 0)
      assert.equal(Object.values(Resources).flatMap(wrongWith), [])
    })
  }
}

test('a recorder is never told to start when it is made', () => {
  // StartedOnCreate can neither be changed nor read: an account that has the recorder would have to give it up.
  for (const of of [settings, everything, { ...everything, recording: 'all' as const }]) {
    const recorders = Object.values(allTemplates(of)).flatMap((template) =>
      Object.values(ofType(template, 'AWS::Config::ConfigurationRecorder')),
    )
    assert.is(recorders.length, 1)
    assert.not.ok('StartedOnCreate' in (recorders[0]?.Properties ?? {}))
  }
})

test('what is misspelt or missing would be seen', () => {
  assert.equal(wrongWith({ Type: 'AWS::SQS::Quue', Properties: {} }), ['CloudFormation has no type AWS::SQS::Quue'])
  assert.equal(wrongWith({ Type: 'AWS::SQS::Queue', Properties: { QueuName: 'x' } }), [
    'AWS::SQS::Queue has no property QueuName',
  ])
  assert.equal(wrongWith({ Type: 'AWS::Notifications::NotificationHub', Properties: {} }), [
    'AWS::Notifications::NotificationHub requires Region',
  ])
})

test.run()
