// What a StackSet's states mean for a deploy. Pure functions: no call, no clock.

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
  readonly stackId: string
}

export type OperationVerdict = 'going' | 'succeeded' | 'failed'

/** A status that is new to us counts as going: the wait ends by its own limit rather than on a guess. */
export function operationVerdict(status: OperationStatus): OperationVerdict {
  if (status === 'SUCCEEDED') return 'succeeded'
  return status === 'FAILED' || status === 'STOPPED' ? 'failed' : 'going'
}

export interface Desired {
  readonly body: string
  readonly regions: readonly string[]
}

export interface Observed {
  /** The StackSet's template; undefined when there is no StackSet. */
  readonly body: string | undefined
  readonly instances: readonly InstanceState[]
}

export type Step =
  | { readonly step: 'create-stack-set' }
  | { readonly step: 'update'; readonly why: string }
  | { readonly step: 'create-instances'; readonly regions: readonly string[] }

/**
 * The writes that bring a StackSet from what is observed to what is desired; none when it is there already.
 * An update that failed leaves the new template on the StackSet and instances OUTDATED: it is done again.
 */
export function stepsTo(desired: Desired, { body, instances }: Observed): readonly Step[] {
  const missing = desired.regions.filter((region) => !instances.some((instance) => instance.region === region))
  const creation: Step[] = missing.length > 0 ? [{ step: 'create-instances', regions: missing }] : []
  if (body === undefined) return desired.regions.length === 0 ? [] : [{ step: 'create-stack-set' }, ...creation]
  const behind = instances
    .filter(({ status }) => !settled.has(status))
    .map(({ region, status }) => `${region} is ${status}`)
  if (!sameTemplate(body, desired.body)) return [{ step: 'update', why: 'the template changed' }, ...creation]
  if (behind.length > 0) return [{ step: 'update', why: behind.join(', ') }, ...creation]
  return creation
}

/** An INOPERABLE instance is left out of updates by AWS itself: doing one again and again would not mend it. */
const settled = new Set(['CURRENT', 'INOPERABLE'])

/** Instances that only a person can mend. */
export function inoperable({ instances }: Observed): readonly InstanceState[] {
  return instances.filter(({ status }) => status === 'INOPERABLE')
}

/** Regions that have an instance and are no longer wished for. */
export function surplusRegions(desired: Desired, { instances }: Observed): readonly string[] {
  return instances.map(({ region }) => region).filter((region) => !desired.regions.includes(region))
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
