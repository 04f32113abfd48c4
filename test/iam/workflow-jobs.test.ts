// The workflows' roles, simulated: every action that a command calls is allowed to its role, of the guard's own and of nobody
// else's.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type WorkflowRole, workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { permissions } from '../../templates-src/parts/bootstrap-permissions.ts'
import { readOfEverything } from '../../templates-src/parts/bootstrap-reads.ts'
import { settings, statements } from '../templates-src/references.ts'
import { awsAction } from './aws-actions.ts'
import { propertiesIn, roleIn } from './deployed.ts'
import { arn } from './harm.ts'
import { bootstrap, bootstrapOf, idOf, may, WORKFLOW } from './holders.ts'
import { bus, sampleOf } from './samples.ts'

/** What each job runs: the deploy's plans, deploys, puts the secrets and asks the doctor. */
const JOBS: Readonly<Record<WorkflowRole, readonly string[]>> = {
  plan: permissions.plan,
  deploy: [...permissions.plan, ...permissions.deploy, ...permissions.doctor, ...permissions.secrets],
  drift: permissions.drift,
  drill: permissions.drill,
}

const jobs = suite('what each job calls')

for (const name of workflowRoles) {
  // Putting events is told apart by source, below.
  const actions = [...new Set(JOBS[name])].filter((action) => action !== 'events:PutEvents').sort()
  for (const action of actions) {
    jobs(`${name}: ${action} of the guard's own, and of nobody else's`, async () => {
      const { own, strange, context, strangeContext } = sampleOf(action)
      for (const resource of own) assert.ok(await may(WORKFLOW[name], action, resource, context), resource)
      for (const resource of strange) {
        if (isLookedBeyond(name, action, resource)) continue
        assert.not.ok(await may(WORKFLOW[name], action, resource, strangeContext), resource)
      }
    })
  }
}

/** A deploy, and its plan, ask each trail whether it would do, and each StackSet's stack in us-east-1 whether it is a guard. */
function isLookedBeyond(name: WorkflowRole, action: string, resource: string): boolean {
  return (
    ['deploy', 'plan'].includes(name) &&
    /cloudtrail:Get(EventSelectors|TrailStatus)/.test(action) &&
    resource.includes(':trail/')
  )
}

jobs(
  'deploy and plan: look beyond the guard at trails and at stacks of StackSets in us-east-1, and the others do not',
  async () => {
    const beyond = [
      ['cloudtrail:GetTrailStatus', 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization'],
      ['cloudtrail:GetEventSelectors', arn('cloudtrail', 'us-east-1', 'trail/payroll')],
      ['cloudformation:DescribeStacks', arn('cloudformation', 'us-east-1', 'stack/StackSet-payroll-0a1b/sample')],
    ] as const
    for (const [action, resource] of beyond) {
      for (const name of workflowRoles) {
        const looksBeyond = ['deploy', 'plan'].includes(name)
        assert.is(await may(WORKFLOW[name], action, resource), looksBeyond, `${name} ${action} ${resource}`)
      }
    }
  },
)

jobs('drift: asks each trail where the guard relies on one of somebody else’s', async () => {
  const holder = roleIn(bootstrapOf({ ...settings, trail: 'reuse' }), 'DriftRole', 'ap-northeast-2')
  for (const action of ['cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors']) {
    assert.ok(await may(holder, action, 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization'), action)
  }
})

jobs('buckets of a guard with a long name, whose stack CloudFormation cuts', async () => {
  const holder = roleIn(bootstrapOf({ ...settings, name: 'a-name-of-twenty-let' }), 'DriftRole', 'ap-northeast-2')
  const own = 'arn:aws:s3:::stackset-a-name-of-twent-trailbucket-0a1b2c3d4e5f'
  assert.ok(await may(holder, 's3:GetBucketPolicy', own))
  assert.not.ok(await may(holder, 's3:GetBucketPolicy', 'arn:aws:s3:::stackset-a-name-of-another-0a1b2c3d4e5f'))
})

const PUTS: readonly (readonly [WorkflowRole, source: string, regions: readonly string[]])[] = [
  ['drift', 'root-guard.drift', ['us-east-1']],
  ['drill', 'root-guard.drill', ['us-east-1', 'ap-northeast-2', 'us-west-2']],
]
const SOURCES = ['root-guard.drift', 'root-guard.drill', 'root-guard', 'aws.signin', 'aws.config', 'payroll']

for (const name of workflowRoles) {
  jobs(`${name}: puts events of its own source alone, where it may`, async () => {
    const [, own = '', regions = []] = PUTS.find(([one]) => one === name) ?? []
    for (const source of SOURCES) {
      for (const region of ['us-east-1', 'ap-northeast-2', 'us-west-2']) {
        const puts = await may(WORKFLOW[name], 'events:PutEvents', bus(region), { 'events:source': [source] })
        assert.is(puts, source === own && regions.includes(region), `${source} in ${region}`)
      }
      const elsewhere = [
        arn('events', 'us-east-1', 'event-bus/payroll'),
        'arn:aws:events:us-east-1:444455556666:event-bus/default',
      ]
      for (const resource of elsewhere) {
        assert.not.ok(await may(WORKFLOW[name], 'events:PutEvents', resource, { 'events:source': [source] }), resource)
      }
    }
  })
}

jobs('drift: puts nothing where root-guard.yaml does not want that', async () => {
  const holder = roleIn(bootstrapOf({ ...settings, driftAlert: false }), 'DriftRole', 'ap-northeast-2')
  assert.not.ok(await may(holder, 'events:PutEvents', bus('us-east-1'), { 'events:source': ['root-guard.drift'] }))
})

jobs('what is read of everything is what AWS knows no resource for, or has its reason', async () => {
  for (const { actions, why } of readOfEverything) {
    for (const action of actions) {
      const { resourceTypes } = await awsAction(action)
      assert.is(resourceTypes.length === 0, why === 'AWS knows no resource for it', `${action}: ${why}`)
    }
  }
})

jobs('every key that the trust of a role asks for is one that AWS lists', async () => {
  const { conditionKeys } = await awsAction('sts:AssumeRoleWithWebIdentity')
  for (const name of workflowRoles) {
    const trust = propertiesIn(bootstrap, idOf(name), 'ap-northeast-2').AssumeRolePolicyDocument
    const wanted = statements({ trust }).flatMap(({ Condition = {} }) =>
      Object.values(Condition as object).flatMap((each) => Object.keys(each)),
    )
    // Of every provider, and listed as such.
    const further = wanted.filter((key) => !/:(aud|sub)$/.test(key))
    assert.ok(further.length > 0)
    for (const key of further) assert.ok(conditionKeys.includes(key), key)
  }
})

jobs.run()
