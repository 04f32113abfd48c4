// A rule's targets as EventBridge lists them: one key more may be all that a phone still gets.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { liveChecks } from '../../../../scripts/lib/live/checks.ts'
import { answering, json } from './rest-api.ts'

const BUS = { Id: 'alarm-region', Arn: 'arn:aws:events:us-east-1:111122223333:event-bus/default' }
const DAY = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 }
const rule = {
  logicalId: 'Rule',
  type: 'AWS::Events::Rule',
  physicalId: 'root-guard-relay-root-activity',
  properties: { ScheduleExpression: 'rate(1 day)', State: 'ENABLED', Targets: [BUS] },
}

const test = suite("a rule's target")

// biome-ignore format: an answer a row
const TARGETS: readonly (readonly [what: string, listed: readonly object[], found: readonly string[]])[] = [
  ['as it was deployed differs in nothing', [BUS], []],
  ['that comes with what EventBridge does anyway differs in nothing', [{ ...BUS, RetryPolicy: DAY, HttpParameters: { HeaderParameters: {} } }], []],
  ['that is tried once differs', [{ ...BUS, RetryPolicy: { ...DAY, MaximumRetryAttempts: 0 } }], ['Targets.alarm-region.RetryPolicy.MaximumRetryAttempts']],
  ['that gets a constant differs', [{ ...BUS, Input: '{}' }], ['Targets.alarm-region.Input']],
  ['that gets a part of the event differs', [{ ...BUS, InputPath: '$.detail' }], ['Targets.alarm-region.InputPath']],
  ['that was taken off differs', [], ['Targets.alarm-region']],
  ['that nobody deployed differs', [BUS, { Id: 'theirs', Arn: 'arn:aws:sqs:us-east-1:444455556666:theirs' }], ['Targets.theirs']],
]

for (const [index, [what, listed, found]] of TARGETS.entries()) {
  test(what, async () => {
    const observations = await answering(
      ({ target }) => json(target === 'DescribeRule' ? rule.properties : { Targets: listed }),
      async () => liveChecks[rule.type]?.look(rule, `test-targets-${index}`, [], '111122223333') ?? [],
    )
    assert.equal(
      observations.map(({ what }) => what),
      found,
    )
  })
}

test.run()
