// What `relayRegions: all-enabled` comes to: the account is asked, so a Region enabled later is one that is not deployed to.
import { alarmRegion, postureRegion, type Settings } from '../../templates-src/config/schema.ts'
import { accountRegions, isEnabled } from './preflight/regions.ts'

/** The settings with `all-enabled` spelled out as a list. Needs account:ListRegions, and only where it says so. */
export async function withEnabledRegions(settings: Settings): Promise<Settings> {
  if (settings.relayRegions !== 'all-enabled') return settings
  return {
    ...settings,
    relayRegions: [...furtherRegions((await accountRegions()).filter(isEnabled).map(({ name }) => name))],
  }
}

/** Of the Regions of an account, those that need a relay: a Region that records an event has to hand it on. */
export function furtherRegions(enabled: readonly string[]): readonly string[] {
  return enabled.filter((region) => region !== alarmRegion && region !== postureRegion).sort()
}
