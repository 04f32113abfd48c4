// What a suite cannot go without: said with its remedy, before the suite runs. What a hook throws, uvu swallows.
import { CommandError } from '../scripts/lib/command.ts'

/** What the work comes to; ends the run when it fails. */
export async function orEnd<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const told = error instanceof CommandError
    const { message, stack } = error as Error
    process.stderr.write(told ? `${message}\n  → ${error.hint}\n` : `${stack ?? message}\n`)
    process.exit(told ? error.exitCode : 1)
  }
}
