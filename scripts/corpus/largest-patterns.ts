// The settings that make the rules' patterns largest: names and roles as long as they may be, with every way to reuse a trail
// or a recorder and to lend buckets. The patterns' length and their complexity are held in all of them.
import { Fn } from 'cloudform'
import { contradictions } from '../../templates-src/config/contradictions.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { activityRules, deployedPattern, type Pattern } from '../../templates-src/parts/activity-rule.ts'
import { drillMailPattern } from '../../templates-src/parts/drill-mail.ts'
import { relayedAlarms } from '../../templates-src/parts/relay-alarms.ts'

const longName = 'a-name-as-long-as-20'
const either = ['create', 'reuse'] as const
const longBuckets = [{}, ...['trail', 'config', 'accessLogs'].map((bucket) => ({ [bucket]: bucket[0]?.repeat(63) }))]

/** Every way to reuse a trail or a recorder and to lend buckets of the longest name that the settings allow. */
export function reuses(settings: Settings) {
  return either
    .flatMap((trail) =>
      either.flatMap((recorder) =>
        longBuckets.flatMap((one, index) =>
          longBuckets.slice(index).map((other) => ({ trail, recorder, buckets: { ...one, ...other } })),
        ),
      ),
    )
    .filter((reuse) => contradictions({ ...settings, ...reuse }).length === 0)
}

const rolesOf = (length: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${index}`.repeat(length))

/** In root-guard.yaml, before the bootstrap, as it comes; and as long as the names that IAM Identity Center gives. */
export const namings: readonly Pick<Settings, 'name' | 'trustedRoles'>[] = [
  { name: longName, trustedRoles: [] },
  { name: longName, trustedRoles: ['AWSCloudFormationStackSetExecutionRole'] },
  { name: longName, trustedRoles: rolesOf(64, 1) },
  { name: 'root-guard', trustedRoles: rolesOf(51, 5) },
]

/** Every pattern of every rule by those settings and as they are, each once, as deployed. */
export function largestPatterns(settings: Settings): readonly Pattern[] {
  const all = namings
    .flatMap((naming) => reuses(settings).map((reuse) => ({ ...settings, ...naming, ...reuse })))
    .concat(settings)
    .flatMap((of) => [
      ...activityRules(of, Fn.Ref('Api')).map(({ pattern }) => deployedPattern(pattern, 'a1b2c3d4e5')),
      ...activityRules(of).map(({ pattern }) => pattern),
      drillMailPattern(of),
      relayedAlarms(of).pattern,
    ])
  return [...new Set(all.map((pattern) => JSON.stringify(pattern)))].map((text) => JSON.parse(text) as Pattern)
}
