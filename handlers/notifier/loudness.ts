// Which activities share a window, how long it is, and which may use what the SMS cap keeps for real trouble. The reasons are
// in docs/decisions/0006-windows.md; all of it is about who can cause an event: root, AWS, a stranger, a forger.
import type { Activity } from './activity.ts'
import type { Collected } from './digest.ts'

export interface Gathering {
  /** The window's name: activities of one name share it. */
  readonly name: string
  /** What its digest is of. */
  readonly of: Collected
  readonly lengthMs: number
}

const minute = 60_000

/** Undefined for a drill: it is told whatever is going on, and must not keep what really happens from being told. */
export function gatheringOf(activity: Activity): Gathering | undefined {
  const { drill, official, severity, kind, name, failure } = activity
  if (drill) return undefined
  if (!official) return { name: 'not from AWS', of: 'notable', lengthMs: 10 * minute }
  if (byStranger(activity)) return { name: kind, of: kind, lengthMs: 10 * minute }
  if (failedByOthers(activity)) return { name: 'failures', of: 'failures', lengthMs: 10 * minute }
  if (severity === 'notable') return { name: severity, of: severity, lengthMs: 10 * minute }
  // Each call by itself: tagging a rule must not hide that it is deleted a moment later.
  if (kind === 'guard-touched') return { name: `${kind} ${name.slice(0, 60)}`, of: kind, lengthMs: minute }
  return { name: failure === undefined ? kind : `${kind} failed`, of: kind, lengthMs: minute }
}

/** Whether the activity may use the second half of the daily SMS. */
export function mayUseReserve(activity: Activity): boolean {
  const { drill, official, severity } = activity
  return severity === 'critical' && official && !drill && !byStranger(activity) && !failedByOthers(activity)
}

/** Anybody who knows the account's address can cause it. Who failed with MFA knows the password, and is no stranger. */
function byStranger({ kind, severity }: Activity): boolean {
  return kind === 'password-recovery' || (kind === 'console-login-failed' && severity === 'notable')
}

/**
 * A principal without a single right can have any call refused, as often as it likes. Failed sign-ins are told apart before; of who is
 * not known nobody can say that it was not root.
 */
function failedByOthers({ actor, failure, kind }: Activity): boolean {
  return actor === 'other' && failure !== undefined && kind !== 'console-login-failed'
}
