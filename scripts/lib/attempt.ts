// Work of which one part may be refused while the others are still worth telling.
import { awsFailure } from './aws-failure.ts'

/** Why a part came to nothing. */
export interface Refusal {
  /** The part, as the StackSet's name. */
  readonly part: string
  readonly message: string
  readonly hint: string
}

export type Attempt<Result> = { readonly result: Result } | { readonly refusal: Refusal }

/** What the part came to, or why it came to nothing; throws nothing. */
export async function attempt<Result>(part: string, work: () => Promise<Result>): Promise<Attempt<Result>> {
  try {
    return { result: await work() }
  } catch (error) {
    const { message, hint } = awsFailure(error, part)
    return { refusal: { part, message, hint } }
  }
}

export function resultsOf<Result>(attempts: readonly Attempt<Result>[]): readonly Result[] {
  return attempts.flatMap((one) => ('result' in one ? [one.result] : []))
}

export function refusalsOf(attempts: readonly Attempt<unknown>[]): readonly Refusal[] {
  return attempts.flatMap((one) => ('refusal' in one ? [one.refusal] : []))
}

/** The refusal as lines for a person. What AWS refused mostly names its part already. */
export function refusalText({ part, message, hint }: Refusal): string {
  return `${message.includes(part) ? message : `${part}: ${message}`}\n  → ${hint}`
}
