// How complex the rules' patterns are. EventBridge refuses a rule whose pattern has too many wildcards, and does not say from
// which number on: one of 9 was taken and one of 12 refused, by a public report (vals-ai/Valkyrie#278).
import type { Pattern } from '../../templates-src/parts/activity-rule.ts'
import type { Notes } from '../lib/command.ts'
import { complexities } from '../lib/event-ruler.ts'

/** What no pattern of ours comes to. */
export const complexityLimit = 9

export interface Complexity {
  readonly highest: number
  /** The patterns that EventBridge might refuse, as text. */
  readonly over: readonly string[]
}

/** Throws CommandError without Java and Maven, and Error where a pattern is none. */
export async function complexityOf(patterns: readonly Pattern[], notes: Notes): Promise<Complexity> {
  const found = await complexities(patterns, notes)
  return { highest: Math.max(...found), over: overLimit(patterns, found) }
}

export function overLimit(patterns: readonly Pattern[], found: readonly number[]): readonly string[] {
  return patterns.flatMap((pattern, index) => {
    const complexity = found[index] ?? 0
    return complexity < complexityLimit ? [] : [`${complexity}: ${JSON.stringify(pattern).slice(0, 100)}…`]
  })
}
