// What would make a deploy refuse, found by the plan: the pull request is where somebody reads it before it is merged.
import type { Settings } from '../../../templates-src/config/schema.ts'
import { attempt, type Refusal } from '../attempt.ts'
import type { StackSetTemplate } from '../generated.ts'
import { bootstrapProblems } from '../preflight/bootstrap.ts'
import { isBusy, look, type PreflightOptions } from '../preflight.ts'
import type { Problem } from '../problem.ts'
import type { StackSetClient } from '../stackset/client.ts'

export interface Blocked {
  /** A deploy refuses until these are done; empty where it would go on. */
  readonly blockers: readonly Problem[]
  /** What is to be known and stops no deploy. */
  readonly warnings: readonly Problem[]
}

/**
 * Asks the preflight once. While another run writes, what it finds may be half-made: then it is a warning, since the deploy
 * waits for that run and looks again. What AWS does not let the plan look at is a blocker: nobody knows that a deploy would
 * go on.
 */
export async function blocked(
  settings: Settings,
  templates: readonly StackSetTemplate[],
  client: StackSetClient,
  options: PreflightOptions,
): Promise<Blocked> {
  const found = await attempt('the preflight', () => look(settings, templates, client, options))
  if ('refusal' in found) return { blockers: await unread(settings, options, found.refusal), warnings: [] }
  const { problems, warnings } = found.result
  if (problems.length === 0) return { blockers: [], warnings }
  const stackSets = templates.map(({ stackSet }) => stackSet)
  if (await isBusy(client, stackSets)) return { blockers: [], warnings: [...warnings, ...problems.map(provisional)] }
  return { blockers: problems, warnings }
}

/** The refused look names one action; that the bootstrap's stack is out of date mostly explains it, and is asked by itself. */
async function unread(
  settings: Settings,
  { bootstrap }: PreflightOptions,
  refusal: Refusal,
): Promise<readonly Problem[]> {
  const older = await attempt('the bootstrap', () => bootstrapProblems(settings, bootstrap))
  const causes = 'result' in older ? older.result : []
  return [
    ...causes,
    { what: `whether a deploy would refuse cannot be read: ${refusal.message}`, hint: hintOf(settings, refusal) },
  ]
}

function hintOf({ github }: Settings, { hint }: Refusal): string {
  return github === undefined
    ? hint
    : `${hint}; where an older bootstrap gave no right to it: npm run bootstrap, as an administrator`
}

function provisional({ what, hint }: Problem): Problem {
  return { what: `another run of the guard is at work; now ${what}`, hint: `let it end; where it stays so: ${hint}` }
}
