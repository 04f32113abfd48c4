// What a drill asks for: to stop short of sending or not, and by which channels. And the one record of CloudTrail's that is
// a drill, which proves the way from the trail to the rule as no event of our own can.
import { type Fields, objectAt, text } from './fields.ts'

export interface DrillWish {
  /** Everything is done but the sending. */
  readonly check: boolean
  /** By these channels alone; by all when empty. */
  readonly channels: readonly string[]
  /** The Region whose EventBridge took it in, which whoever puts an event cannot choose; '' when it came another way. */
  readonly tookIn: string
}

/** Seoul's, through which a drill comes every night; the alarm on it is in templates-src/parts/alarms.ts. */
export const relayWithDrills = 'ap-northeast-2'

export const drillSource = 'root-guard.drill'

/** What the event's `detail.drill` says, `{mode: 'check' | 'send', channels: []}`; what cannot be read is sent, to all. */
export function drillWish(event: Fields, detail: Fields): DrillWish | undefined {
  if (event.source !== drillSource) return undefined
  const { mode, channels } = objectAt(detail, 'drill')
  return {
    check: mode === 'check',
    channels: Array.isArray(channels) ? channels.map(text) : [],
    tookIn: text(event.region),
  }
}

/**
 * The drill role's call of DescribeTrails, which it makes for nothing else. Its id is made of the request's, which
 * whoever called was answered with, while the record's own is known to CloudTrail alone. '' for every other event.
 */
export function trailDrillId(event: Fields, detail: Fields, guardName: string): string {
  const requestId = text(detail.requestID)
  const isCall = event.source === 'aws.cloudtrail' && detail.eventName === 'DescribeTrails'
  const isDrillRole = text(objectAt(detail, 'userIdentity').arn).includes(`:assumed-role/${guardName}-drill/`)
  return isCall && isDrillRole && /^[\w-]{1,64}$/.test(requestId) ? `${drillSource}~${requestId}` : ''
}
