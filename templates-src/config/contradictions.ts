// What each field allows by itself and several together do not: one of them would silently do nothing, or undo the guard, or
// a rule would have no room for them.
import { patternLimit, patternsPastLimit } from '../parts/activity-rule.ts'
import { ownConfigBucket } from '../parts/recorder.ts'
import { ownTrailBucket } from '../parts/trail.ts'
import type { Settings } from './schema.ts'

export interface Contradiction {
  readonly path: readonly (string | number)[]
  /** What stands at the path. */
  readonly input: unknown
  readonly allowed: string
}

/** The role by which CloudFormation's StackSets work in an account where nobody says otherwise. */
export const defaultExecutionRole = 'AWSCloudFormationStackSetExecutionRole'

export function contradictions(settings: Settings): readonly Contradiction[] {
  const { trail, recorder, buckets, recording, trustedRoles } = settings
  const all: readonly (Contradiction | false)[] = [
    trail === 'reuse' &&
      buckets.trail !== undefined && {
        path: ['buckets', 'trail'],
        input: buckets.trail,
        allowed: 'nothing beside trail: reuse, since that trail has a bucket; or trail: create',
      },
    recorder === 'reuse' &&
      buckets.config !== undefined && {
        path: ['buckets', 'config'],
        input: buckets.config,
        allowed: 'nothing beside recorder: reuse, since its delivery channel has a bucket; or recorder: create',
      },
    recorder === 'reuse' &&
      recording === 'all' && {
        path: ['recording'],
        input: recording,
        allowed: 'iam-users, or nothing, beside recorder: reuse, which records what it is set to; or recorder: create',
      },
    buckets.accessLogs !== undefined &&
      [...ownTrailBucket(settings), ...ownConfigBucket(settings)].length === 0 && {
        path: ['buckets', 'accessLogs'],
        input: buckets.accessLogs,
        allowed:
          'nothing where no log bucket is made: it takes the access logs of those alone; turn them on at the buckets of yours',
      },
    ...trustedRoles.map((role, index) => {
      const allowed = whyNotTrusted(role, settings)
      return allowed !== '' && { path: ['trustedRoles', index], input: role, allowed }
    }),
  ]
  const found = all.filter((one) => one !== false)
  // Once these are mended there may be room.
  return found.length > 0 ? found : withoutRoom(settings)
}

/** Without trusted roles there is room for whatever the other fields allow. */
function withoutRoom(settings: Settings): readonly Contradiction[] {
  const buckets = Object.keys(settings.buckets)
  return patternsPastLimit(settings).map(({ name, length, mentions }) => {
    const others = ['a shorter name', ...(name === 'guard-reached' && buckets.length > 0 ? ['shorter buckets'] : [])]
    return {
      path: ['trustedRoles'],
      input: settings.trustedRoles,
      allowed: `roles whose names together are ${Math.ceil((length - patternLimit) / Math.max(1, mentions))} characters shorter, or fewer, or ${others.join(', or ')}: EventBridge takes ${patternLimit} characters of a rule's pattern, and that of ${settings.name}-${name} would have ${length}`,
    }
  })
}

/** What to do instead; '' where the role may be trusted. */
function whyNotTrusted(role: string, { name, stackSets }: Settings): string {
  if (role.startsWith(`${name}-`)) {
    return `roles of your own: those that deploy the guard are trusted without being named, and no other ${name}-… has to change it`
  }
  if (role === defaultExecutionRole && stackSets?.roles === 'bootstrap') {
    return 'trustedRoles: [] beside stackSets: {roles: bootstrap}: no deploy uses this role any more, and whoever can become it would change the guard unheard'
  }
  return ''
}
