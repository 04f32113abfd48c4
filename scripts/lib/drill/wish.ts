// What is asked of a drill, read from the command's options: what contradicts root-guard.yaml or itself is said before
// anything is put.
import {
  alarmRegion,
  type ChannelName,
  channelsOf,
  postureRegion,
  type Settings,
} from '../../../templates-src/config/schema.ts'
import { CommandError } from '../command.ts'
import { type DrillKind, drillKinds, isDrillKind } from './kinds.ts'

export interface Wish {
  readonly mode: 'check' | 'send'
  readonly way: 'event' | 'api' | 'cloudtrail'
  /** The Region in which root seems to act. */
  readonly from: string
  readonly kind: DrillKind
  /** These alone; all when empty. */
  readonly channels: readonly ChannelName[]
  /** The routes that the drill takes, with their channels. */
  readonly routes: Readonly<Record<string, readonly ChannelName[]>>
  readonly seconds: number
  /** How long to wait for what CloudWatch counts of the mail; 0 where there is none to look for. */
  readonly mailSeconds: number
}

export type Options = Readonly<Record<string, string | boolean | undefined>>

/** CloudTrail hands a record on within seconds mostly, and within minutes at worst. */
const seconds = { event: 30, api: 30, cloudtrail: 300 } as const
/** Figures of SNS and EventBridge come within one to five minutes mostly. */
const mailSeconds = 60

export function wishOf(options: Options, settings: Settings): Wish {
  const way = options.api ? 'api' : options['through-cloudtrail'] ? 'cloudtrail' : 'event'
  const from = String(options.from ?? alarmRegion)
  refuseContradictions(options, way, from)
  const channels = wanted(options.channel, settings)
  return {
    mode: options.send ? 'send' : 'check',
    way,
    from: watched(from, settings),
    kind: kindOf(options.kind),
    channels,
    routes: routesWith(channels, settings),
    seconds: secondsOf('wait', options.wait ?? seconds[way], 1),
    mailSeconds: mailSecondsOf(options, way),
  }
}

function refuseContradictions(options: Options, way: Wish['way'], from: string): void {
  const flag = way === 'api' ? '--api' : '--through-cloudtrail'
  const not = (other: string, why: string) => wrong(`${flag} and ${other} do not go together`, why)
  if (options.api && options['through-cloudtrail'])
    throw not('--through-cloudtrail', 'each is a way of its own: run two drills')
  if (way === 'api' && from !== alarmRegion) throw not('--from', `the API is in ${alarmRegion} alone`)
  if (way !== 'cloudtrail') return
  const [other] = ['send', 'channel', 'kind'].filter((name) => options[name] !== undefined)
  if (other !== undefined)
    throw not(`--${other}`, "CloudTrail's record says what was called, and no more: it is a check of all channels")
}

function wanted(channel: Options[string], settings: Settings): readonly ChannelName[] {
  if (channel === undefined) return []
  const known = channelsOf(settings)
  const found = known.filter((name) => name === channel)
  if (found.length > 0) return found
  throw wrong(`no route of root-guard.yaml has the channel ${channel}`, `one of ${known.join(', ')}`)
}

function routesWith(channels: readonly ChannelName[], { routes }: Settings): Wish['routes'] {
  if (channels.length === 0) return routes
  const kept = Object.entries(routes).map(
    ([route, names]) => [route, names.filter((name) => channels.includes(name))] as const,
  )
  return Object.fromEntries(kept.filter(([, names]) => names.length > 0))
}

function watched(region: string, { relayRegions }: Settings): string {
  // Which Regions are enabled the account knows; a Region that is not there has no bus to put on.
  if (relayRegions === 'all-enabled') return region
  const regions: readonly string[] = [alarmRegion, postureRegion, ...relayRegions]
  if (regions.includes(region)) return region
  throw wrong(`nothing watches ${region}`, `a Region of root-guard.yaml: ${regions.join(', ')}`)
}

function kindOf(kind: Options[string]): DrillKind {
  const wanted = String(kind ?? 'console-login')
  if (isDrillKind(wanted)) return wanted
  throw wrong(
    `${wanted} is no kind of activity that a drill can look like`,
    `one of ${Object.keys(drillKinds).join(', ')}`,
  )
}

/** A drill of one channel waits for that one; the mail goes out all the same. */
function mailSecondsOf(options: Options, way: Wish['way']): number {
  const wait = options['mail-wait']
  if (wait === undefined) return options.send && way === 'event' && options.channel === undefined ? mailSeconds : 0
  const found = secondsOf('mail-wait', wait, 0)
  if (options.send && way === 'event') return found
  throw wrong(
    'there is no mail for --mail-wait to wait for',
    'with --send, and without --api: only a sent event makes one',
  )
}

function secondsOf(option: string, wait: string | boolean | number, least: number): number {
  const found = wait === '' ? Number.NaN : Number(wait)
  if (Number.isInteger(found) && found >= least && found <= 3600) return found
  throw wrong(
    `--${option} ${wait} is not a number of seconds`,
    `a whole number from ${least} to 3600, as --${option} 60`,
  )
}

function wrong(message: string, hint: string): CommandError {
  return new CommandError(message, hint, 2)
}
