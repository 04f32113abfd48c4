// What a StackSet shall be, from the settings and the template: what plan compares with and deploy brings about.
import { alarmRegion, postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import type { StackSetTemplate } from '../generated.ts'
import type { Goal } from './converge.ts'
import { stackSetRoles } from './roles.ts'

/** `removable`: Regions whose stacks may be taken away although the guard lives in them. */
export function goalOf(
  settings: Settings,
  { stackSet, regions, body }: StackSetTemplate,
  removable: readonly string[] = [],
): Goal {
  const { administrationRoleName, executionRoleName } = stackSetRoles(settings)
  return {
    stackSet,
    regions,
    body,
    account: settings.account,
    // The templates have no parameters, and nothing of ours is found by a tag.
    parameters: {},
    tags: {},
    administrationRoleArn: `arn:aws:iam::${settings.account}:role/${administrationRoleName}`,
    executionRoleName,
    keptRegions: livedIn.filter((region) => !removable.includes(region)),
    preferences: { failureTolerance: settings.stackSets?.failureTolerance ?? 0 },
  }
}

/** The alarm and the posture. No change of a file takes their stacks away; a person must say so. */
export const livedIn: readonly string[] = [alarmRegion, postureRegion]
