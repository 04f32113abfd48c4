// What CloudFormation itself calls drift. It is blind to policies, subscriptions and recorders, and calls what AWS writes in
// other words MODIFIED for ever, so that of a type with a live check of its own only DELETED counts.
import { attempt } from '../attempt.ts'
import type { Notes } from '../command.ts'
import { isCovered, type LiveCheck } from '../live/check.ts'
import { liveChecks } from '../live/checks.ts'
import type { Finding } from '../live/stack.ts'
import type { ResourceDrift, StackSetClient } from '../stackset/client.ts'
import { unlessOvertaken } from '../stackset/overtaken.ts'
import { type InstanceState, operationVerdict } from '../stackset/verdict.ts'
import { operationEnded, quiet } from '../stackset/wait.ts'

/**
 * Detects the drift of every instance, which takes AWS a minute or so. Writes nothing but that it was detected. Where it
 * could not be detected, that is a finding, and no other Region's is lost by it.
 */
export async function detectedDrift(
  client: StackSetClient,
  stackSet: string,
  instances: readonly InstanceState[],
  notes: Notes,
): Promise<readonly Finding[]> {
  if (instances.length === 0) return []
  return orUndetected(stackSet, '', async () => {
    const id = await begin(client, stackSet, notes)
    const { status, reason } = await operationEnded(client, stackSet, id, notes)
    const failed = (await client.results(stackSet, id)).filter((one) => one.status !== 'SUCCEEDED')
    const isUnexplained = operationVerdict(status) === 'failed' && failed.length === 0
    const found = await Promise.all(
      instances
        .filter(({ region }) => !failed.some((one) => one.region === region))
        .map((instance) =>
          orUndetected(stackSet, instance.region, async () => {
            const drifts = await client.resourceDrifts(stackSet, id, instance)
            return drifts.flatMap(counting).map((drift) => finding(stackSet, instance.region, drift))
          }),
        ),
    )
    return [
      ...failed.map((one) => undetected(stackSet, one.region, saying(one.status, one.reason))),
      ...(isUnexplained ? [undetected(stackSet, '', saying(status, reason))] : []),
      ...found.flat(),
    ]
  })
}

/** Where a live check has found the same resource to differ, it says it better. */
export function withoutDoubles(detected: readonly Finding[], live: readonly Finding[]): readonly Finding[] {
  const told = new Set(live.filter(({ state }) => state === 'differs').map(place))
  return detected.filter((one) => !told.has(place(one)))
}

/** What of it counts: of a property that a live check compares, CloudFormation's word adds nothing but noise. */
function counting(drift: ResourceDrift): readonly ResourceDrift[] {
  const { type, status } = drift
  const check: LiveCheck | undefined = liveChecks[type]
  if (status === 'DELETED') return [drift]
  if (check === undefined) return status === 'MODIFIED' || status === 'UNKNOWN' ? [drift] : []
  const differences = drift.differences.filter(({ path }) => !isCovered(check, path))
  return status === 'MODIFIED' && differences.length > 0 ? [{ ...drift, differences }] : []
}

function begin(client: StackSetClient, stackSet: string, notes: Notes): Promise<string> {
  return unlessOvertaken(stackSet, notes, async () => {
    await quiet(client, stackSet, notes)
    // A Region that fails does not keep the others from being looked at.
    return client.detectDrift(stackSet, { failureTolerance: 1 })
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
    state: status === 'UNKNOWN' ? 'unknown' : 'differs',
    hint: hints[status] ?? changed,
  }
}

const changed =
  'find out who changed it (CloudTrail), then put it back by hand: a deploy does not write what the template does not change'

const hints: Readonly<Record<string, string>> = {
  DELETED:
    'it was deleted behind the stack: find out who did (CloudTrail), then delete and make the stack anew, or restore the resource by hand',
  UNKNOWN:
    'CloudFormation could not read it, and no live check does: run npm run drift again, or look at it in the console',
}

async function orUndetected(
  stackSet: string,
  region: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const looked = await attempt(stackSet, look)
  return 'result' in looked
    ? looked.result
    : [undetected(stackSet, region, looked.refusal.message, looked.refusal.hint)]
}

/** Nobody knows whether anything differs there. `region` is '' for the whole StackSet. */
function undetected(stackSet: string, region: string, found: string, hint = again): Finding {
  return {
    stackSet,
    region,
    resource: '',
    type: 'AWS::CloudFormation::StackSet',
    what: "CloudFormation's drift detection",
    wished: 'SUCCEEDED',
    found,
    state: 'unknown',
    hint,
  }
}

const again = 'the live checks were made all the same; run npm run drift again'
const saying = (status: string, reason: string) => (reason === '' ? status : `${status}: ${reason}`)

function place({ stackSet, region, resource }: Finding): string {
  return `${stackSet} ${region} ${resource}`
}
