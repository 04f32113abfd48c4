import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StackSetPlan } from '../../../../scripts/lib/plan/stackset.ts'
import { planDiagram } from '../../../../scripts/lib/report/plan-diagram.ts'

const diagram = suite("a plan's diagram")

const plan: StackSetPlan = {
  stackSet: 'root-guard-relay',
  state: 'there',
  resources: [],
  others: [],
  regionsAdded: [],
  regionsRemoved: [],
  regionsKept: [],
  instances: [],
  steps: [],
}
const resource = (action: StackSetPlan['resources'][number]['action']) =>
  ({ logicalId: 'X', type: 'AWS::SQS::Queue', action, properties: [] }) as const

diagram('shows what becomes of the resources of each StackSet, worst first', () => {
  const resources = (['update', 'create', 'replace', 'may-replace', 'delete', 'orphan'] as const).map(resource)
  assert.ok(
    planDiagram([{ ...plan, resources }]).includes(
      '  deploy([npm run deploy]) --> s0["root-guard-relay<br/>1 deleted<br/>2 replaced<br/>1 left in the account<br/>1 new<br/>1 changed"]:::changed',
    ),
  )
})

diagram('shows the stacks that are made, deleted and mended', () => {
  const instances = [{ region: 'eu-west-3', status: 'OUTDATED', verdict: 'behind', reason: '' }] as const
  const lines = planDiagram([{ ...plan, regionsAdded: ['eu-west-1'], regionsRemoved: ['eu-west-2'], instances }])
  assert.equal(
    lines.filter((line) => line.includes(' -- ')),
    [
      '  s0 -- "new stack" --> s0r0["eu-west-1"]:::new',
      '  s0 -- "delete" --> s0r1["eu-west-2"]:::gone',
      '  s0 -- "OUTDATED" --> s0r2["eu-west-3"]:::changed',
    ],
  )
})

diagram('is a block that GitHub draws, and none where nothing changes', () => {
  assert.equal(planDiagram([]), [])
  const lines = planDiagram([{ ...plan, state: 'to be made', regionsAdded: ['us-east-1'] }])
  assert.equal([lines[0], lines[1], lines.at(-2), lines.at(-1)], ['```mermaid', 'flowchart LR', '```', ''])
  assert.match(lines.join('\n'), 's0["root-guard-relay"]:::new')
})

diagram.run()
