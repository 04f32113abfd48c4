// The ways to watch root that the corpus is held against: ours, and what is usually recommended.
import { Fn } from 'cloudform'
import { alarmRegion, type Settings } from '../../templates-src/config/schema.ts'
import { activityRules, deployedPattern, type Pattern } from '../../templates-src/parts/activity-rule.ts'
import type { Event } from '../rehearsal/event-bridge.ts'

export interface Watch {
  readonly name: string
  /** The patterns that must let an event through, one after the other; at each stop any of a list will do. */
  readonly stops: (event: Event) => readonly (readonly Pattern[])[]
}

/** The id that API Gateway gives our API, in the corpus. */
const sampleApi = 'a1b2c3d4e5'

/** Ours first. */
export function watches(settings: Settings): readonly Watch[] {
  const relay = activityRules(settings).map(({ pattern }) => pattern)
  const alarm = alarmPatterns(settings)
  return [
    { name: 'Root Guard', stops: ({ region }) => (region === alarmRegion ? [alarm] : [relay, alarm]) },
    { name: 'ConsoleLogin only, us-east-1', stops: (event) => hiding(event, consoleLogin) },
    { name: 'API + sign-in, us-east-1', stops: (event) => hiding(event, apiAndSignIn) },
    // A metric filter on the log of a multi-Region trail: it sees every Region, and reads.
    { name: 'CIS filter', stops: () => [[cisFilter]] },
  ]
}

/** The patterns in us-east-1, as they are there: with the id of the API. */
export function alarmPatterns(settings: Settings): readonly Pattern[] {
  return activityRules(settings, Fn.Ref('Api')).map(({ pattern }) => deployedPattern(pattern, sampleApi))
}

/** A rule in us-east-1 with the state ENABLED, which is the default: no other Region and no read-only call reaches it. */
function hiding({ region, detail }: Event, pattern: Pattern): readonly (readonly Pattern[])[] {
  const { readOnly } = detail as { readOnly?: unknown }
  return region === alarmRegion && readOnly !== true && readOnly !== 'true' ? [[pattern]] : [[]]
}

const consoleLogin: Pattern = {
  'detail-type': ['AWS Console Sign In via CloudTrail'],
  detail: { eventName: ['ConsoleLogin'], userIdentity: { type: ['Root'] } },
}

const apiAndSignIn: Pattern = {
  'detail-type': ['AWS API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'],
  detail: { userIdentity: { type: ['Root'] } },
}

/** CIS AWS Foundations Benchmark, "usage of the root user": its metric filter, as a pattern. It reads a trail's log alone. */
const cisFilter: Pattern = {
  source: [{ prefix: 'aws.' }],
  'detail-type': [{ suffix: ' via CloudTrail' }],
  detail: {
    userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] },
    eventType: [{ 'anything-but': 'AwsServiceEvent' }],
  },
}
