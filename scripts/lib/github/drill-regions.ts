// From which Regions a workflow drills: the alarm's, the posture's, and relays, so that none of them is silent for long.
import { alarmRegion, postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { stackSetClient } from '../stackset/aws-client.ts'

/** The notifier carries out thirty checks a day (handlers/notifier/drills.ts): a night and two deploys are to fit. */
const mostRelays = 8

/** Regions with a relay, sorted: the list of root-guard.yaml; for all-enabled those that hold a stack of the relay's StackSet. */
export async function relayedRegions({ homeRegion, name, relayRegions }: Settings): Promise<readonly string[]> {
  if (relayRegions !== 'all-enabled') return [...relayRegions].sort()
  const instances = await stackSetClient(homeRegion).instances(`${name}-relay`)
  return instances.map(({ region }) => region).sort()
}

/** Pure. Where there are more relays than a run drills, each `day` (counted since 1970) goes on where the last one stopped. */
export function drillRegions(relays: readonly string[], day: number): readonly string[] {
  const further = relays.filter((region) => region !== alarmRegion && region !== postureRegion)
  const start = further.length <= mostRelays ? 0 : (day * mostRelays) % further.length
  const inTurn = [...further.slice(start), ...further.slice(0, start)].slice(0, mostRelays)
  return [alarmRegion, postureRegion, ...inTurn]
}
