import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StackSetState } from '../../../../scripts/lib/stackset/client.ts'
import { faultKind } from '../../../../scripts/lib/stackset/fault.ts'
import {
  type Desired,
  type InstanceState,
  instanceVerdict,
  type Observed,
  operationVerdict,
  type Step,
  stepsTo,
  stuck,
  surplusRegions,
} from '../../../../scripts/lib/stackset/verdict.ts'

const BODY = '{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}'
const SPACED = JSON.stringify(JSON.parse(BODY), null, 2)
const OTHER = BODY.replace('Queue"', 'Other"')

const definition = {
  body: BODY,
  parameters: {},
  tags: {},
  administrationRoleArn: 'arn:aws:iam::111122223333:role/administration',
  executionRoleName: 'execution',
}
const wish = (regions: readonly string[]): Desired => ({ ...definition, regions, keptRegions: ['us-east-1'] })
const there: StackSetState = { ...definition, managedExecution: true }
const seen = (instances: readonly InstanceState[], changes: Partial<StackSetState> = {}): Observed => ({
  stackSet: { ...there, ...changes },
  instances,
})

const instance = (region: string, status = 'CURRENT', stackStatus = ''): InstanceState => ({
  account: '111122223333',
  region,
  status,
  detail: 'SUCCEEDED',
  reason: '',
  stackId: '',
  stackStatus,
})
const seoul = instance('ap-northeast-2')
const oregon = instance('us-west-2')
const virginia = instance('us-east-1')
const broken = instance('ap-northeast-2', 'INOPERABLE')
const outdated = instance('ap-northeast-2', 'OUTDATED', 'UPDATE_ROLLBACK_COMPLETE')
const halfMade = instance('ap-northeast-2', 'OUTDATED', 'ROLLBACK_COMPLETE')
const stranded = instance('ap-northeast-2', 'OUTDATED', 'UPDATE_ROLLBACK_FAILED')

const create: Step = { step: 'create-stack-set' }
const update = (why: string): Step => ({ step: 'update', why })
const createIn = (...regions: string[]): Step => ({ step: 'create-instances', regions })
const removeFrom = (...regions: string[]): Step => ({ step: 'delete-instances', regions, why: 'no longer configured' })
const cleanUp = (...regions: string[]): Step => ({ step: 'delete-instances', regions, why: 'their creation failed' })

const steps = suite('the steps of a deploy')

type Row = readonly [what: string, wished: readonly string[], observed: Observed, steps: readonly Step[]]

const NOTHING: Observed = { stackSet: undefined, instances: [] }
const CHANGED = 'the template changed'
const BEHIND = 'ap-northeast-2 is OUTDATED'
const SEOUL = ['ap-northeast-2']
const BOTH = ['ap-northeast-2', 'us-west-2']

// biome-ignore format: a row a line
const ROWS: readonly Row[] = [
  ['no StackSet: it is made, then its stacks', BOTH, NOTHING, [create, createIn(...BOTH)]],
  ['no StackSet and no Region wished: nothing', [], NOTHING, []],
  ['all as wished: nothing', BOTH, seen([oregon, seoul]), []],
  ['only spacing differs: nothing', SEOUL, seen([seoul], { body: SPACED }), []],
  ['an empty StackSet and no Region wished: nothing, whatever its template', [], seen([], { body: OTHER }), []],
  ['another template: an update', SEOUL, seen([seoul], { body: OTHER }), [update(CHANGED)]],
  ['a template that is not JSON: an update', SEOUL, seen([seoul], { body: 'a: 1' }), [update(CHANGED)]],
  ['a parameter of somebody else: an update', SEOUL, seen([seoul], { parameters: { a: '1' } }), [update('the parameters changed')]],
  ['tags of somebody else: an update', SEOUL, seen([seoul], { tags: { team: 'a' } }), [update('the tags changed')]],
  ['another execution role: an update', SEOUL, seen([seoul], { executionRoleName: 'other' }), [update('the execution role changed')]],
  ['managed execution off: an update', SEOUL, seen([seoul], { managedExecution: false }), [update('managed execution changed')]],
  ['a StackSet without stacks: they are made', BOTH, seen([]), [createIn(...BOTH)]],
  ['a Region without a stack: one is made there', BOTH, seen([seoul]), [createIn('us-west-2')]],
  ['a stack behind: an update that says where', SEOUL, seen([outdated]), [update(BEHIND)]],
  ['another template, a stack missing: the update first', BOTH, seen([seoul], { body: OTHER }), [update(CHANGED), createIn('us-west-2')]],
  ['a stack behind, one missing: the update first', BOTH, seen([outdated]), [update(BEHIND), createIn('us-west-2')]],
  ['a stack that AWS leaves out of updates: no update of it', SEOUL, seen([broken]), []],
  ['a stack that AWS leaves out of updates does not hold up the others', BOTH, seen([broken, oregon], { body: OTHER }), [update(CHANGED)]],
  ['a stack that could not be rolled back: nothing that would fail again', SEOUL, seen([stranded]), []],
  ['a stack whose creation failed: deleted, then made anew', SEOUL, seen([halfMade]), [cleanUp('ap-northeast-2'), createIn('ap-northeast-2')]],
  ['one whose creation failed beside one to update', BOTH, seen([halfMade, oregon], { body: OTHER }), [cleanUp('ap-northeast-2'), update(CHANGED), createIn('ap-northeast-2')]],
  ['a stack where none is wished any more: deleted', SEOUL, seen([seoul, oregon]), [removeFrom('us-west-2')]],
  ['a stack to delete, one to make, a template to change: in this order', ['us-west-2'], seen([seoul], { body: OTHER }), [removeFrom('ap-northeast-2'), update(CHANGED), createIn('us-west-2')]],
  ['the Region of the alarm is not left by a change of a file', SEOUL, seen([seoul, virginia]), []],
]

for (const [what, regions, observed, expected] of ROWS) {
  steps(what, () => assert.equal(stepsTo(wish(regions), observed), expected))
}

steps('the Region of the alarm is left when that is said', () => {
  assert.equal(stepsTo({ ...wish([]), keptRegions: [] }, seen([virginia])), [removeFrom('us-east-1')])
})

steps('a stack that only a person can mend is named', () => {
  assert.equal(stuck(seen([oregon, broken])), [broken])
  assert.equal(stuck(seen([oregon, stranded])), [stranded])
})

steps.run()

const verdicts = suite('an instance')

// biome-ignore format: a row a line
const INSTANCES: readonly (readonly [status: string, stackStatus: string, verdict: string])[] = [
  ['CURRENT', '', 'fine'],
  ['OUTDATED', '', 'behind'],
  ['OUTDATED', 'UPDATE_ROLLBACK_COMPLETE', 'behind'],
  ['OUTDATED', 'CREATE_FAILED', 'half-made'],
  ['OUTDATED', 'ROLLBACK_COMPLETE', 'half-made'],
  ['OUTDATED', 'ROLLBACK_FAILED', 'half-made'],
  ['OUTDATED', 'UPDATE_ROLLBACK_FAILED', 'stuck'],
  ['OUTDATED', 'DELETE_FAILED', 'stuck'],
  ['INOPERABLE', 'CREATE_COMPLETE', 'stuck'],
]

for (const [status, stackStatus, verdict] of INSTANCES) {
  verdicts(`${status}, its stack ${stackStatus || 'never begun'}: ${verdict}`, () =>
    assert.is(instanceVerdict(instance('us-west-2', status, stackStatus)), verdict),
  )
}

verdicts.run()

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
  [[], [broken], []],
]

for (const [regions, instances, expected] of SURPLUS) {
  const found = instances.map(({ region, status }) => `${region} ${status}`).join(', ') || 'nowhere'
  surplus(`wished ${regions.join(', ') || 'nowhere'}, stacks ${found}: ${expected.join(', ') || 'none'}`, () => {
    assert.equal(surplusRegions({ regions }, { instances }), expected)
  })
}

surplus.run()

const faults = suite("AWS's errors have a kind")

const FAULTS = {
  StackSetNotFoundException: 'not-found',
  StackSetNotFound: 'not-found',
  NameAlreadyExistsException: 'already-exists',
  StackInstanceNotFoundException: 'no-instances',
  StaleRequestException: 'out-of-date',
  OperationInProgressException: 'operation-in-progress',
  OperationIdAlreadyExistsException: 'operation-known',
  StackSetNotEmptyException: 'not-empty',
  AccessDenied: 'access-denied',
  AccessDeniedException: 'access-denied',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  RequestLimitExceeded: 'throttled',
  ValidationError: 'other',
} as const

for (const [name, kind] of Object.entries(FAULTS)) {
  faults(`${name}: ${kind}`, () => assert.is(faultKind({ name }), kind))
}

faults.run()

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
