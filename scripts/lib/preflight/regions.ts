// Do the configured Regions exist, and are they enabled in the account?
import { ListRegionsCommand, type Region } from '@aws-sdk/client-account'
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { aws, pages } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { Problem } from '../problem.ts'

export interface RegionState {
  readonly name: string
  /** ENABLED, ENABLED_BY_DEFAULT, ENABLING, DISABLED, DISABLING. */
  readonly status: string
}

/** Pure. `where` says which setting names the Regions. */
export function regionProblems(
  where: string,
  regions: readonly string[],
  known: readonly RegionState[],
): readonly Problem[] {
  return regions.flatMap((region) => {
    const found = known.find(({ name }) => name === region)
    if (found === undefined) {
      return [
        { what: `${where}: AWS has no Region ${region}`, hint: `one of ${known.map(({ name }) => name).join(', ')}` },
      ]
    }
    if (isEnabled(found)) return []
    const hint = `enable it (aws account enable-region --region-name ${region}; it takes minutes), or take it out`
    return [{ what: `${where}: the Region ${region} is ${found.status} in this account`, hint }]
  })
}

/** What is wrong with the Regions that root-guard.yaml names; the account is asked only where it names some. */
export async function namedRegionProblems({ relayRegions }: Settings): Promise<readonly Problem[]> {
  if (relayRegions === 'all-enabled' || relayRegions.length === 0) return []
  return regionProblems('relayRegions', relayRegions, await accountRegions())
}

export function isEnabled({ status }: RegionState): boolean {
  return status === 'ENABLED' || status === 'ENABLED_BY_DEFAULT'
}

/** Every Region of the partition with its state in the account. */
export async function accountRegions(): Promise<readonly RegionState[]> {
  const found = await explaining('account:ListRegions', () =>
    pages<{ Regions?: Region[] | undefined; NextToken?: string | undefined }, Region>(
      (NextToken) => aws.account(alarmRegion).send(new ListRegionsCommand(NextToken ? { NextToken } : {})),
      ({ Regions }) => Regions,
      ({ NextToken }) => NextToken,
    ),
  )
  return found.map(({ RegionName = '', RegionOptStatus = '' }) => ({ name: RegionName, status: RegionOptStatus }))
}
