// What messages are made of in words. Each language is one table of this shape; `{}` is where what the event says goes.
import type { Activity } from '../activity.ts'
import type { Kind } from '../kinds.ts'
import type { NotifierSettings } from '../settings.ts'

/** Whose words, and by which clock. */
export type Voice = Pick<NotifierSettings, 'name' | 'locale' | 'timeZone'>

export interface Words {
  /** Opens every message of a drill. */
  readonly test: string
  /** Opens every message about an event that AWS did not send. */
  readonly notAws: string
  /** Each kind in few words, for SMS and titles, and in a sentence. */
  readonly kinds: Readonly<Record<Kind, readonly [title: string, sentence: string]>>
  /** Who did it, as it opens a title and a sentence; kinds of `withoutActor` go without. */
  readonly who: Readonly<Record<Activity['actor'], readonly [title: string, sentence: string]>>
  readonly root: string
  readonly assumed: string
  readonly anonymous: string
  readonly mfa: Readonly<Record<Activity['mfa'], string>>
  readonly succeeded: string
  readonly failed: string
  /** Closes the title, and opens the sentence, of what was tried in vain. */
  readonly failing: readonly [title: string, sentence: string]
  readonly unknown: string
  /** A late record: in a title, in a sentence around the reason, and AWS's reasons. */
  readonly late: readonly [title: string, sentence: string]
  readonly lateReasons: Readonly<Record<string, string>>
  readonly forged: string
  readonly todo: Readonly<Record<Todo, string>>
  readonly labels: Readonly<
    Record<
      | 'who'
      | 'what'
      | 'subject'
      | 'result'
      | 'from'
      | 'when'
      | 'account'
      | 'region'
      | 'record'
      | 'link'
      | 'todo'
      | 'total'
      | 'span',
      string
    >
  >
  readonly digest: {
    readonly title: string
    readonly sentence: string
    /** What a window of everything notable counts. */
    readonly notable: string
    /** What a window of others' failed calls counts. */
    readonly failures: string
    readonly count: (count: number) => string
    readonly failed: (count: number) => string
    readonly told: (count: number) => string
    /** Around a count that is only the least. */
    readonly more: (count: string) => string
    readonly others: string
    /** Where each activity of a digest says something else. */
    readonly various: string
  }
  readonly cap: {
    readonly title: (cap: number) => string
    /** While there is a reserve for what is critical, and when that is used up too. */
    readonly left: readonly [short: string, sentence: string]
    readonly none: readonly [short: string, sentence: string]
    readonly todo: string
  }
}

export type Todo =
  | 'sign-in'
  | 'failed-sign-in'
  | 'app'
  | 'sign-in-policy'
  | 'password-known'
  | 'take-over'
  | 'key'
  | 'mfa'
  | 'credentials'
  | 'assume'
  | 'account'
  | 'region'
  | 'contacts'
  | 'guard'
  | 'rule'
  | 'settled'
  | 'call'
  | 'tried'
  | 'drill'
  | 'forged'

/** What to do first about each kind. */
export const firstSteps = {
  'console-login': 'sign-in',
  'console-login-failed': 'failed-sign-in',
  'password-changed': 'take-over',
  'password-recovery': 'take-over',
  'email-changed': 'take-over',
  'access-key-created': 'key',
  'access-key-activated': 'key',
  'access-key-deactivated': 'call',
  'access-key-deleted': 'call',
  'mfa-added': 'mfa',
  'mfa-removed': 'mfa',
  'cli-login': 'sign-in',
  'app-authorized': 'app',
  'token-renewed': 'call',
  'sign-in-restricted': 'sign-in-policy',
  'sign-in-policy-changed': 'sign-in-policy',
  'temporary-credentials': 'credentials',
  'assume-root': 'assume',
  'assume-root-session': 'assume',
  'account-closed': 'account',
  'region-enabled': 'region',
  'region-disabled': 'region',
  'contacts-changed': 'contacts',
  'guard-touched': 'guard',
  'drift-found': 'guard',
  'sign-in-anomaly': 'sign-in',
  noncompliant: 'rule',
  compliant: 'settled',
  'call-read': 'call',
  'call-write': 'call',
  other: 'call',
} as const satisfies Record<Kind, Todo>

/** Told without who did it: AWS itself says them, or the kind says whose session it is. */
export const withoutActor: ReadonlySet<Kind> = new Set([
  'assume-root',
  'assume-root-session',
  'drift-found',
  'sign-in-anomaly',
  'noncompliant',
  'compliant',
  'other',
])
