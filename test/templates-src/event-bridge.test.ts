// EventBridge's limit on the length of a pattern, for every template that any settings come to. What else AWS refuses or
// drops is in test/aws-contract/, which runs over the same templates.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deployedPattern, type Pattern, patternLimit } from '../../templates-src/parts/activity-rule.ts'
import { everyTemplate } from './combinations.ts'
import { at, type Deployed, ofType } from './references.ts'

const test = suite('the patterns of every template of any settings')

test("are within EventBridge's 2,048 characters", () => {
  const every = everyTemplate()
  assert.ok(every.some(([, template]) => patternsOf(template).length > 0))
  for (const [name, template] of every) assert.equal(tooLong(template), [], name)
})

test('are named with their length when they have one character more', () => {
  const EventPattern = { source: ['x'.repeat(2_034)] }
  const template = { Resources: { Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern } } } }
  assert.equal(tooLong(template), ['Rule: 2049'])
})

test.run()

function tooLong(template: Deployed): readonly string[] {
  return patternsOf(template)
    .map(([id, pattern]) => [id, JSON.stringify(deployedPattern(pattern, 'a1b2c3d4e5')).length] as const)
    .filter(([, length]) => length > patternLimit)
    .map(([id, length]) => `${id}: ${length}`)
}

function patternsOf(template: Deployed): readonly (readonly [id: string, pattern: Pattern])[] {
  return Object.entries(ofType(template, 'AWS::Events::Rule')).flatMap(([id, rule]) => {
    const pattern = at(rule, 'Properties.EventPattern')
    return pattern === undefined ? [] : [[id, pattern as Pattern] as const]
  })
}
