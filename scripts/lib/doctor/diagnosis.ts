// What the doctor says of one thing it looked at.
import { attempt, type Refusal } from '../attempt.ts'

export interface Diagnosis {
  readonly area: 'root' | 'clock' | 'secrets' | 'channels' | 'posture' | 'e-mail' | 'alarms' | 'github'
  /** `ill`: alerts are lost or late. `note`: worth knowing, nothing is broken. */
  readonly state: 'well' | 'note' | 'ill'
  /** What was found. */
  readonly what: string
  /** Why it matters; '' where all is well. */
  readonly why: string
  /** How to mend it; '' where there is nothing to mend. */
  readonly mend: string
}

export function well(area: Diagnosis['area'], what: string): Diagnosis {
  return { area, state: 'well', what, why: '', mend: '' }
}

export function ill(area: Diagnosis['area'], what: string, why: string, mend: string): Diagnosis {
  return { area, state: 'ill', what, why, mend }
}

export function noted(area: Diagnosis['area'], what: string, why: string, mend: string): Diagnosis {
  return { area, state: 'note', what, why, mend }
}

/** What was found in an area. That it could not be looked at is a finding, too, and keeps no other area's back. */
export async function examined(
  area: Diagnosis['area'],
  look: () => Promise<readonly Diagnosis[]>,
): Promise<readonly Diagnosis[]> {
  const looked = await attempt(area, look)
  return 'result' in looked ? looked.result : [unexamined(area, looked.refusal)]
}

export function unexamined(area: Diagnosis['area'], { message, hint }: Refusal): Diagnosis {
  return ill(area, message, 'it was not looked at: nobody knows whether it is well', hint)
}
