// What `relayRegions: all-enabled` comes to: the account is asked, so a Region enabled later is one that is not deployed to.
import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account'
import { alarmRegion, postureRegion, type Settings } from '../../templates-src/config/schema.ts'
import { awsFailure } from './aws-failure.ts'

/** The settings with `all-enabled` spelled out as a list. Needs account:ListRegions, and only where it says so. */
export async function withEnabledRegions(settings: Settings): Promise<Settings> {
  if (settings.relayRegions !== 'all-enabled') return settings
  return { ...settings, relayRegions: [...furtherRegions(await enabledRegions())] }
}

/** Of the Regions of an account, those that need a relay: a Region that records an event has to hand it on. */
export function furtherRegions(enabled: readonly string[]): readonly string[] {
  return enabled.filter((region) => region !== alarmRegion && region !== postureRegion).sort()
}

async function enabledRegions(): Promise<readonly string[]> {
  const client = new AccountClient({ region: alarmRegion })
  const found: string[] = []
  let NextToken: string | undefined
  do {
    try {
      const page = await client.send(
        new ListRegionsCommand({
          RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
      )
      found.push(...(page.Regions ?? []).flatMap(({ RegionName }) => (RegionName === undefined ? [] : [RegionName])))
      NextToken = page.NextToken
    } catch (error) {
      throw awsFailure(error, 'account:ListRegions')
    }
  } while (NextToken !== undefined)
  return found
}
