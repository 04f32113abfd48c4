// What stands in the way of a write, found before it: all of it at once, each with what to do.
import { CommandError } from './command.ts'

export interface Problem {
  readonly what: string
  readonly hint: string
}

/** Throws a CommandError (exit 2) that tells all of them; nothing when there are none. */
export function refuse(problems: readonly Problem[]): void {
  const [first, ...more] = problems
  if (first === undefined) return
  if (more.length === 0) throw new CommandError(first.what, `${first.hint}; nothing was written`, 2)
  throw new CommandError(
    problems.map(problemText).join('\n'),
    `mend these ${problems.length}, then run the command again; nothing was written`,
    2,
  )
}

export function problemText({ what, hint }: Problem): string {
  return `${what}\n  → ${hint}`
}
