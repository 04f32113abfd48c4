// What an alert is made of in words. Each language is one table of this shape.
import type { Activity, Kind } from '../activity.ts'

export interface Words {
  /** Opens every message of a drill. */
  readonly test: string
  readonly headlines: Readonly<Record<Kind, (activity: Activity) => string>>
  readonly mfa: Readonly<Record<Activity['mfa'], string>>
  readonly succeeded: string
  readonly failed: string
  readonly root: string
  readonly unknown: string
  readonly labels: Readonly<
    Record<'who' | 'what' | 'result' | 'from' | 'when' | 'account' | 'region' | 'record', string>
  >
}
