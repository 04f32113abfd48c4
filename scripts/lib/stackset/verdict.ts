// What a StackSet's states mean for a deploy. Pure functions: no call, no clock.
import type { Definition, StackSetState } from './client.ts'

/** As DescribeStackSetOperation gives it: RUNNING, SUCCEEDED, FAILED, STOPPING, STOPPED, QUEUED. */
export type OperationStatus = string

export interface InstanceState {
  readonly account: string
  readonly region: string
  /** CURRENT, OUTDATED or INOPERABLE. */
  readonly status: string
  /** PENDING, RUNNING, SUCCEEDED, FAILED, CANCELLED, …; '' when AWS gives none. */
  readonly detail: string
  readonly reason: string
  /** '' for an instance whose stack was never begun. */
  readonly stackId: string
  /** The stack's own status, as ROLLBACK_COMPLETE; only looked up of instances that are not CURRENT. */
  readonly stackStatus?: string
}

export type OperationVerdict = 'going' | 'succeeded' | 'failed'

/** A status that is new to us counts as going: the wait ends by its own limit rather than on a guess. */
export function operationVerdict(status: OperationStatus): OperationVerdict {
  if (status === 'SUCCEEDED') return 'succeeded'
  return status === 'FAILED' || status === 'STOPPED' ? 'failed' : 'going'
}

/**
 * - `fine`: as the StackSet has it
 * - `behind`: an update brings it up to date
 * - `half-made`: its first creation failed, and CloudFormation can only delete such a stack
 * - `stuck`: only a person can mend it; AWS leaves it out of updates, or refuses them
 */
export type InstanceVerdict = 'fine' | 'behind' | 'half-made' | 'stuck'

export function instanceVerdict({ status, stackStatus = '' }: InstanceState): InstanceVerdict {
  if (status === 'CURRENT') return 'fine'
  if (status === 'INOPERABLE' || stuckStacks.has(stackStatus)) return 'stuck'
  return halfMadeStacks.has(stackStatus) ? 'half-made' : 'behind'
}

const halfMadeStacks = new Set(['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'])
const stuckStacks = new Set(['UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED'])

export interface Desired extends Definition {
  readonly regions: readonly string[]
  /** Regions whose stack is never taken away merely because it is no longer wished for. */
  readonly keptRegions: readonly string[]
}

export interface Observed {
  readonly stackSet: StackSetState | undefined
  readonly instances: readonly InstanceState[]
}

export type Step =
  | { readonly step: 'create-stack-set' }
  | { readonly step: 'delete-instances'; readonly regions: readonly string[]; readonly why: string }
  | { readonly step: 'update'; readonly why: string }
  | { readonly step: 'create-instances'; readonly regions: readonly string[] }

/**
 * The writes that bring a StackSet from what is observed to what is desired, in order; none when it is there already.
 * An update that failed leaves the new template on the StackSet and instances OUTDATED: it is done again.
 */
export function stepsTo(desired: Desired, observed: Observed): readonly Step[] {
  const { stackSet, instances } = observed
  const halfMade = instances.filter((one) => instanceVerdict(one) === 'half-made').map(({ region }) => region)
  const missing = desired.regions.filter(
    (region) => halfMade.includes(region) || !instances.some((instance) => instance.region === region),
  )
  const creation: Step[] = missing.length > 0 ? [{ step: 'create-instances', regions: missing }] : []
  if (stackSet === undefined) return desired.regions.length === 0 ? [] : [{ step: 'create-stack-set' }, ...creation]

  const surplus = surplusRegions(desired, observed).filter((region) => !desired.keptRegions.includes(region))
  const stays = instances.filter(({ region }) => !surplus.includes(region) && !halfMade.includes(region))
  return [
    ...deletion(surplus, 'no longer configured'),
    ...deletion(
      halfMade.filter((region) => !surplus.includes(region)),
      'their creation failed',
    ),
    // A StackSet that keeps no stack needs no new template before it gets one.
    ...(stays.length > 0 || creation.length > 0 ? updateOf(desired, stackSet, stays) : []),
    ...creation,
  ]
}

/** Instances that only a person can mend. */
export function stuck({ instances }: Observed): readonly InstanceState[] {
  return instances.filter((instance) => instanceVerdict(instance) === 'stuck')
}

/** Regions that have an instance and are no longer wished for; what is stuck there cannot be taken away either. */
export function surplusRegions(
  desired: Pick<Desired, 'regions'>,
  { instances }: Pick<Observed, 'instances'>,
): readonly string[] {
  return instances
    .filter((instance) => instanceVerdict(instance) !== 'stuck')
    .map(({ region }) => region)
    .filter((region) => !desired.regions.includes(region))
}

/** What differs between the StackSet's definition and the one wished for, by name; empty when nothing does. */
export function definitionChanges(desired: Definition, found: StackSetState): readonly string[] {
  return [
    ...(sameTemplate(found.body, desired.body) ? [] : ['the template']),
    ...(sameRecord(found.parameters, desired.parameters) ? [] : ['the parameters']),
    ...(sameRecord(found.tags, desired.tags) ? [] : ['the tags']),
    ...(found.administrationRoleArn === desired.administrationRoleArn ? [] : ['the administration role']),
    ...(found.executionRoleName === desired.executionRoleName ? [] : ['the execution role']),
    ...(found.managedExecution ? [] : ['managed execution']),
  ]
}

function deletion(regions: readonly string[], why: string): readonly Step[] {
  return regions.length === 0 ? [] : [{ step: 'delete-instances', regions, why }]
}

function updateOf(desired: Definition, found: StackSetState, instances: readonly InstanceState[]): readonly Step[] {
  const behind = instances
    .filter((instance) => instanceVerdict(instance) === 'behind')
    .map(({ region, status }) => `${region} is ${status}`)
  const changed = definitionChanges(desired, found)
  const why = changed.length > 0 ? `${changed.join(', ')} changed` : behind.join(', ')
  return why === '' ? [] : [{ step: 'update', why }]
}

function sameTemplate(deployed: string, desired: string): boolean {
  return deployed === desired || canonical(deployed) === canonical(desired)
}

/** Spacing is not a change; what is not JSON is compared as it is. */
function canonical(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return body
  }
}

function sameRecord(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => one[key] === other[key])
}
