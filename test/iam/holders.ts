// Who holds the rights that the bootstrap gives, and whether they may do a thing: asked of the simulator.
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { type WorkflowRole, workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { deployed, everything, github, type settings } from '../templates-src/references.ts'
import { propertiesIn, roleIn } from './deployed.ts'
import { account, allows, type Call, type Policies } from './simulate.ts'

/** The bootstrap's template by those settings, with a repository's workflows. */
export const bootstrapOf = (of: typeof settings) => deployed(bootstrapTemplate({ ...of, github }))
export const bootstrap = bootstrapOf({ ...everything, trail: 'create', driftAlert: true })
/** A workflow's role in it. */
export const idOf = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}Role`

interface Holder extends Policies {
  readonly arn: string
}

export const WORKFLOW = Object.fromEntries(
  workflowRoles.map((name) => [name, roleIn(bootstrap, idOf(name), 'ap-northeast-2')]),
) as unknown as Readonly<Record<WorkflowRole, Holder>>
export const ADMINISTRATION: Holder = roleIn(bootstrap, 'StackSetAdministrationRole', 'ap-northeast-2')
export const EXECUTION: Holder = {
  ...roleIn(bootstrap, 'StackSetExecutionRole', 'ap-northeast-2'),
  boundary: propertiesIn(bootstrap, 'StackSetBoundary', 'ap-northeast-2').PolicyDocument as object,
}

/** Whether the holder may make that call, by all that the bootstrap says of it. */
export const may = (holder: Holder, action: string, resource: string, context: Call['context'] = {}) =>
  allows(
    { principal: holder.arn, action, resource, context },
    {
      identity: (holder.identity ?? []).map(asTheSimulatorReads),
      ...(holder.boundary ? { boundary: holder.boundary } : {}),
      ...(action.startsWith('kms:') ? { resource: ofTheAccount } : {}),
    },
  )

/** What a key says of its own account: that policies of IAM count. */
export const ofTheAccount = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
}

/**
 * Where the simulator is not IAM: it takes no `*` before a path, and holds no plain StringEquals against `events:source`, whose
 * values are as many as the events. EventBridge asks of each event by itself, and AWS's own samples write it so.
 */
function asTheSimulatorReads(policy: object): object {
  const text = JSON.stringify(policy)
    .replaceAll(':*/live/', ':a1b2c3d4e5/live/')
    .replaceAll('"StringEquals":{"events:source"', '"ForAnyValue:StringEquals":{"events:source"')
  return JSON.parse(text) as object
}
