// Regions that an account has to be opted into, where StackSets come as a service of the Region's own name.
import type { Settings } from '../config/schema.ts'

/** Enabled in every account. The list is closed: what AWS has opened since March 2019 is opted into. */
const byDefault: ReadonlySet<string> = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
])

/** For `all-enabled`, since a template cannot ask which the account has. As of November 2026; a later one has to be listed. */
export const knownOptInRegions: readonly string[] = [
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
  ...['ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-1', 'eu-south-2', 'il-central-1'],
  ...['me-central-1', 'me-south-1', 'mx-central-1'],
]

/** The Regions of the settings that are opted into: those of relays, and the one of the StackSets themselves. */
export function optInRegions({ homeRegion, relayRegions }: Settings): readonly string[] {
  const relays = relayRegions === 'all-enabled' ? knownOptInRegions : relayRegions
  return [...new Set([homeRegion, ...relays])].filter((region) => !byDefault.has(region)).sort()
}

/**
 * Whom the administration role trusts for a Region that is opted into, beside cloudformation.amazonaws.com: AWS's
 * prerequisites of self-managed StackSets ask for it.
 */
export function regionalPrincipal(region: string): string {
  return `cloudformation.${region}.amazonaws.com`
}
