import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type InstanceState,
  inoperable,
  type Observed,
  operationVerdict,
  type Step,
  stepsTo,
  surplusRegions,
} from '../../../../scripts/lib/stackset/verdict.ts'

const BODY = '{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}'
const SPACED = JSON.stringify(JSON.parse(BODY), null, 2)
const OTHER = BODY.replace('Queue"', 'Other"')

const instance = (region: string, status = 'CURRENT'): InstanceState => ({
  account: '111122223333',
  region,
  status,
  detail: 'SUCCEEDED',
  reason: '',
  stackId: '',
})
const seoul = instance('ap-northeast-2')
const oregon = instance('us-west-2')
const broken = instance('ap-northeast-2', 'INOPERABLE')
const outdated = instance('ap-northeast-2', 'OUTDATED')

const create: Step = { step: 'create-stack-set' }
const update = (why: string): Step => ({ step: 'update', why })
const createIn = (...regions: string[]): Step => ({ step: 'create-instances', regions })

const steps = suite('the steps of a deploy')

type Row = readonly [what: string, wished: readonly string[], observed: Observed, steps: readonly Step[]]

const CHANGED = 'the template changed'
const BEHIND = 'ap-northeast-2 is OUTDATED'
const SEOUL = ['ap-northeast-2']
const BOTH = ['ap-northeast-2', 'us-west-2']

// biome-ignore format: a row a line
const ROWS: readonly Row[] = [
  ['no StackSet: it is made, then its stacks', BOTH, { body: undefined, instances: [] }, [create, createIn(...BOTH)]],
  ['no StackSet and no Region wished: nothing', [], { body: undefined, instances: [] }, []],
  ['all as wished: nothing', BOTH, { body: BODY, instances: [oregon, seoul] }, []],
  ['only spacing differs: nothing', SEOUL, { body: SPACED, instances: [seoul] }, []],
  ['an empty StackSet and no Region wished: nothing', [], { body: BODY, instances: [] }, []],
  ['another template: an update', SEOUL, { body: OTHER, instances: [seoul] }, [update(CHANGED)]],
  ['a template that is not JSON: an update', SEOUL, { body: 'a: 1', instances: [seoul] }, [update(CHANGED)]],
  ['a StackSet without stacks: they are made', BOTH, { body: BODY, instances: [] }, [createIn(...BOTH)]],
  ['a Region without a stack: one is made there', BOTH, { body: BODY, instances: [seoul] }, [createIn('us-west-2')]],
  ['a stack behind: an update that says where', SEOUL, { body: BODY, instances: [outdated] }, [update(BEHIND)]],
  ['another template, a stack missing: the update first', BOTH, { body: OTHER, instances: [seoul] }, [update(CHANGED), createIn('us-west-2')]],
  ['a stack behind, one missing: the update first', BOTH, { body: BODY, instances: [outdated] }, [update(BEHIND), createIn('us-west-2')]],
  ['a stack that AWS leaves out of updates: no update of it', SEOUL, { body: BODY, instances: [broken] }, []],
  ['a stack where none is wished any more: nothing', SEOUL, { body: BODY, instances: [seoul, oregon] }, []],
]

for (const [what, regions, observed, expected] of ROWS) {
  steps(what, () => assert.equal(stepsTo({ body: BODY, regions }, observed), expected))
}

steps('an INOPERABLE stack is named for a person to mend', () => {
  assert.equal(inoperable({ body: BODY, instances: [oregon, broken] }), [broken])
})

steps.run()

const surplus = suite('Regions that are no longer wished')

const SURPLUS: readonly (readonly [
  wished: readonly string[],
  instances: readonly InstanceState[],
  surplus: string[],
])[] = [
  [SEOUL, [], []],
  [SEOUL, [seoul], []],
  [SEOUL, [seoul, oregon], ['us-west-2']],
  [[], [seoul, oregon], BOTH],
  [BOTH, [seoul], []],
]

for (const [regions, instances, expected] of SURPLUS) {
  const there = instances.map(({ region }) => region).join(', ') || 'nowhere'
  surplus(
    `wished ${regions.join(', ') || 'nowhere'}, there are stacks ${there}: ${expected.join(', ') || 'none'}`,
    () => {
      assert.equal(surplusRegions({ body: BODY, regions }, { body: BODY, instances }), expected)
    },
  )
}

surplus.run()

const operations = suite('an operation')

const VERDICTS = {
  RUNNING: 'going',
  QUEUED: 'going',
  STOPPING: 'going',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  STOPPED: 'failed',
  'A STATUS OF NEXT YEAR': 'going',
} as const

for (const [status, verdict] of Object.entries(VERDICTS)) {
  operations(`that is ${status}: ${verdict}`, () => assert.is(operationVerdict(status), verdict))
}

operations.run()
