// What CloudFormation itself calls drift. It sees resources changed or deleted behind a stack's back, and is blind to
// policies, subscriptions and recorders: those are the live checks'.
import type { Notes } from '../command.ts'
import { liveChecks } from '../live/checks.ts'
import type { Finding } from '../live/stack.ts'
import type { ResourceDrift, StackSetClient } from '../stackset/client.ts'
import { unlessOvertaken } from '../stackset/overtaken.ts'
import { type InstanceState, operationVerdict } from '../stackset/verdict.ts'
import { operationEnded, quiet } from '../stackset/wait.ts'

/** Detects the drift of every instance, which takes AWS a minute or so. Writes nothing but that it was detected. */
export async function detectedDrift(
  client: StackSetClient,
  stackSet: string,
  instances: readonly InstanceState[],
  notes: Notes,
): Promise<readonly Finding[]> {
  if (instances.length === 0) return []
  const id = await begin(client, stackSet, notes)
  const { status, reason } = await operationEnded(client, stackSet, id, notes)
  const failed = operationVerdict(status) === 'failed' ? [undetected(stackSet, status, reason)] : []
  const found = await Promise.all(
    instances.map(async (instance) => {
      const drifts = await client.resourceDrifts(stackSet, id, instance)
      return drifts.filter(counts).map((drift) => finding(stackSet, instance.region, drift))
    }),
  )
  return [...failed, ...found.flat()]
}

/** Where a live check has found the same resource to differ, it says it better. */
export function withoutDoubles(detected: readonly Finding[], live: readonly Finding[]): readonly Finding[] {
  const told = new Set(live.filter(({ state }) => state === 'differs').map(place))
  return detected.filter((one) => !told.has(place(one)))
}

/** Types of which CloudFormation reports drift where there is none. Pure data: the live check is what counts there. */
export const noisyTypes: readonly string[] = [
  // A target with dead letters is MODIFIED from the first day on.
  'AWS::Events::Rule',
]

function counts({ type, status }: ResourceDrift): boolean {
  if (status === 'DELETED') return true
  return status === 'MODIFIED' && !(noisyTypes.includes(type) && type in liveChecks)
}

function begin(client: StackSetClient, stackSet: string, notes: Notes): Promise<string> {
  return unlessOvertaken(stackSet, notes, async () => {
    await quiet(client, stackSet, notes)
    return client.detectDrift(stackSet, { failureTolerance: 0 })
  })
}

function finding(stackSet: string, region: string, { logicalId, type, status, differences }: ResourceDrift): Finding {
  const [first] = differences
  const more = differences.length > 1 ? `, and ${differences.length - 1} more` : ''
  return {
    stackSet,
    region,
    resource: logicalId,
    type,
    what: first === undefined ? 'the resource' : first.path,
    wished: first?.expected ?? 'as deployed',
    found: first === undefined ? status : `${first.actual}${more}`,
    state: 'differs',
    hint:
      status === 'DELETED'
        ? 'it was deleted behind the stack: find out who did (CloudTrail), then delete and make the stack anew, or restore the resource by hand'
        : 'find out who changed it (CloudTrail), then put it back by hand: a deploy does not write what the template does not change',
  }
}

function undetected(stackSet: string, status: string, reason: string): Finding {
  return {
    stackSet,
    region: '',
    resource: '',
    type: 'AWS::CloudFormation::StackSet',
    what: "CloudFormation's drift detection",
    wished: 'SUCCEEDED',
    found: reason === '' ? status : `${status}: ${reason}`,
    state: 'differs',
    hint: 'the live checks were made all the same; run npm run drift again',
  }
}

function place({ stackSet, region, resource }: Finding): string {
  return `${stackSet} ${region} ${resource}`
}
