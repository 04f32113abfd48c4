// A deploy may look at the account while another run writes. What that run is just making has the guard's names and no
// stack yet, and must not be refused as something left over.
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError, type Notes } from '../command.ts'
import { type Problem, problemText, refuse } from '../problem.ts'

/** What one look at the account found. */
export interface Look {
  readonly problems: readonly Problem[]
  /** What is to be known and is in nobody's way. */
  readonly warnings: readonly Problem[]
  /** The StackSets and their stacks, in any order: where they changed between two looks, another run wrote. */
  readonly stacks: readonly string[]
}

export interface Others {
  /** Whether an operation of a StackSet of the guard runs or is queued. */
  readonly isBusy: () => Promise<boolean>
  /** Waits until none does; throws a CommandError at the limit of such waits. */
  readonly untilQuiet: () => Promise<void>
  readonly notes: Notes
  readonly pauseMs?: number
}

/** Answers the look that finds no problem. Refuses (exit 2) when two looks find the same ones and no other run is at work. */
export async function settled(look: () => Promise<Look>, others: Others): Promise<Look> {
  const { isBusy, untilQuiet, notes, pauseMs = 1_000 } = others
  let before = ''
  let last: readonly Problem[] = []
  // An operation may take an hour and a whole deploy has many: looks that end in a wait have a limit of their own.
  for (let [restless, waits] = [0, 0]; restless < mostRestless && waits < mostWaits; ) {
    const found = await look()
    if (found.problems.length === 0) return found
    const isBusyNow = await isBusy()
    const now = stateOf(found)
    if (!isBusyNow && now === before) refuse(found.problems)
    if (isBusyNow || before !== '') notes.note('another run of the guard is at work; looking at the account again')
    before = now
    last = found.problems
    if (isBusyNow) {
      waits++
      await untilQuiet()
    } else {
      restless++
    }
    await pause(pauseMs)
  }
  throw new CommandError(
    [
      'the account did not come to rest: other runs of the guard went on while this one looked. The last look found:',
      ...last.map(({ what }) => what),
    ].join('\n'),
    'let the other runs end (npm run deploy and npm run destroy, by people and by workflows), then run this one again; nothing was written',
  )
}

/** Neither AWS's words in a warning nor the order of its answers says that somebody wrote. */
function stateOf({ problems, stacks }: Look): string {
  return JSON.stringify([problems.map(problemText).sort(), [...stacks].sort()])
}

const mostRestless = 10
const mostWaits = 60
