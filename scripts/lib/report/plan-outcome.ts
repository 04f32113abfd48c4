// What a plan came to: what a deploy would change, and what would make it refuse. Pure.
import type { Outcome } from '../command.ts'
import type { Blocked } from '../plan/blockers.ts'
import { isNothing, type StackSetPlan } from '../plan/stackset.ts'
import { type Problem, problemText } from '../problem.ts'
import { planMarkdown, planText } from './plan.ts'

export interface Planned extends Blocked {
  readonly plans: readonly StackSetPlan[]
  /** Days for which AWS Config keeps what it records, where a deploy would set others. */
  readonly retention: { readonly from: number; readonly to: number } | undefined
}

/** With a blocker it is not ok, whatever else it found: the deploy after it would refuse. */
export function planOutcome(planned: Planned, { failOnChanges }: { readonly failOnChanges: boolean }): Outcome {
  const { plans, retention, blockers, warnings } = planned
  const changes = !plans.every(isNothing) || retention !== undefined
  return {
    ok: blockers.length === 0 && !(changes && failOnChanges),
    text: [
      ...retentionText(planned),
      planText(plans, retention !== undefined),
      ...refusal(blockers),
      ...warnings.map(problemText),
    ].join('\n'),
    json: { changes, blockers, warnings, stackSets: plans, ...(retention === undefined ? {} : { retention }) },
    markdown: planMarkdown(plans, {
      top: refusalMarkdown(blockers),
      also: [...retentionText(planned), ...warnings.map(({ what, hint }) => `${what} → ${hint}`)].map(item),
      changesBeside: retention !== undefined,
    }),
  }
}

export const refuses = 'A deploy would refuse, and write nothing, until this is done:'

function refusal(blockers: readonly Problem[]): readonly string[] {
  return blockers.length === 0 ? [] : ['', refuses, ...blockers.map(problemText)]
}

/** The sign begins the lines that a job's sentence on top repeats: scripts/lib/github/sentences.ts. */
export const blockerSign = '⛔'

function refusalMarkdown(blockers: readonly Problem[]): readonly string[] {
  if (blockers.length === 0) return []
  return [`**${refuses}**`, '', ...blockers.map(({ what, hint }) => item(`${blockerSign} ${what} → ${hint}`)), '']
}

function retentionText({ retention }: Pick<Planned, 'retention'>): readonly string[] {
  if (retention === undefined) return []
  return [`AWS Config would keep what it records for ${retention.to} days, and keeps it for ${retention.from} now`]
}

function item(text: string): string {
  return `- ${text.replaceAll(/\s*\n\s*/g, ' ')}`
}
