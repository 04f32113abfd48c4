// What the guard stands on and no stack of ours holds: the StackSets themselves, a trail or recorder that is reused, and
// the Regions of the account that nobody watches.
import { alarmRegion, postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { attempt, type Refusal, refusalsOf, resultsOf } from '../attempt.ts'
import type { StackSetTemplate } from '../generated.ts'
import type { Finding } from '../live/stack.ts'
import { configState, recorderProblems } from '../preflight/recorder.ts'
import { accountRegions, isEnabled, type RegionState } from '../preflight/regions.ts'
import { hintOfUnknown, type TrailState, trailProblems, trails, unknownTrails, unreadText } from '../preflight/trail.ts'
import { takesNone } from '../preflight/trail-selectors.ts'
import type { Problem } from '../problem.ts'
import type { Observed } from '../stackset/verdict.ts'

/** A StackSet or an instance that is missing, or not CURRENT. Pure. */
export function stackSetFindings(
  { stackSet, regions }: Pick<StackSetTemplate, 'stackSet' | 'regions'>,
  { stackSet: found, instances }: Observed,
): readonly Finding[] {
  const deploy = 'npm run plan says what a deploy would change, npm run deploy does it'
  if (found === undefined) {
    if (regions.length === 0) return []
    return [{ ...general, stackSet, what: 'the StackSet', wished: 'there', found: 'not there', hint: deploy }]
  }
  const missing = regions.filter((region) => !instances.some((instance) => instance.region === region))
  return [
    ...missing.map((region) => ({
      ...general,
      stackSet,
      region,
      what: 'the stack',
      wished: 'there',
      found: 'not there',
      hint: deploy,
    })),
    ...instances
      .filter(({ status }) => status !== 'CURRENT')
      .map(({ region, status, reason }) => ({
        ...general,
        stackSet,
        region,
        what: 'the stack',
        wished: 'CURRENT',
        found: reason === '' ? status : `${status}: ${reason}`,
        hint: deploy,
      })),
  ]
}

/** What is reused must still be good. What could not be looked at is a finding, and keeps none of the others back. */
export async function reusedFindings(settings: Settings): Promise<readonly Finding[]> {
  const known = { deployed: true, secondTrail: true }
  const looks = [
    ...(settings.trail === 'reuse'
      ? [attempt('the trail that is reused', async () => trailFindings(settings, await trails(settings)))]
      : []),
    ...(settings.recorder === 'reuse'
      ? [
          attempt('the recorder that is reused', async () =>
            recorderProblems(settings, await configState(), known).map(asFinding),
          ),
        ]
      : []),
  ]
  const looked = await Promise.all(looks)
  return [...resultsOf(looked).flat(), ...refusalsOf(looked).map(notLookedAt)]
}

/** Of the trails that `trail: reuse` relies on. Pure. */
export function trailFindings(settings: Settings, found: readonly TrailState[]): readonly Finding[] {
  // A trail of this account that was stopped or narrowed may be the one that was relied on.
  const isRestKnown = !found.some(({ account, lacks }) => account === settings.account && takesLessThanItCould(lacks))
  return [
    ...trailProblems(settings, found, { deployed: true, secondTrail: true }).map(asFinding),
    ...unknownTrails(settings, found).map((trail) => ({
      ...general,
      stackSet: '',
      region: trail.homeRegion,
      resource: trail.name,
      type: 'AWS::CloudTrail::Trail',
      what: 'what it hands on',
      wished: 'all management events',
      found: `not known: ${unreadText(trail)}`,
      state: 'unknown' as const,
      ...(trail.unread?.isRefused === true && isRestKnown ? { isLasting: true as const } : {}),
      hint: hintOfUnknown(trail),
    })),
  ]
}

/** One of data events alone was never relied on. */
function takesLessThanItCould(lacks: readonly string[]): boolean {
  return lacks.length > 0 && !lacks.includes(takesNone)
}

export async function unwatchedRegions(watched: readonly string[]): Promise<readonly Finding[]> {
  return unwatched(await accountRegions(), watched)
}

/** Enabled Regions in which root could act unseen by the guard. Told, not failed: it is what root-guard.yaml says. Pure. */
export function unwatched(regions: readonly RegionState[], watched: readonly string[]): readonly Finding[] {
  const blind = regions.filter((region) => isEnabled(region) && !watched.includes(region.name)).map(({ name }) => name)
  if (blind.length === 0) return []
  return [
    {
      ...general,
      stackSet: '',
      what: `${blind.length} enabled ${blind.length === 1 ? 'Region' : 'Regions'}`,
      wished: 'watched',
      found: `not watched, ${blind.join(', ')}`,
      state: 'waiting',
      hint: 'put them into relayRegions of root-guard.yaml',
    },
  ]
}

/** The Regions in which root's calls are seen: the two the guard lives in, and those with a relay. */
export function watchedRegions(templates: readonly Pick<StackSetTemplate, 'regions'>[]): readonly string[] {
  return [...new Set([alarmRegion, postureRegion, ...templates.flatMap(({ regions }) => regions)])]
}

const general = {
  region: '',
  resource: '',
  type: 'AWS::CloudFormation::StackSet',
  state: 'differs',
} as const satisfies Partial<Finding>

function asFinding({ what, hint }: Problem): Finding {
  return {
    ...general,
    type: 'account',
    stackSet: '',
    region: postureRegion,
    what,
    wished: 'as root-guard.yaml says',
    found: 'not so',
    hint,
  }
}

function notLookedAt({ part, message, hint }: Refusal): Finding {
  return {
    ...general,
    type: 'account',
    stackSet: '',
    region: postureRegion,
    what: part,
    wished: 'looked at',
    found: message,
    state: 'unknown',
    hint,
  }
}
