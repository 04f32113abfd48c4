// A deploy may look at the account while another run writes. What that run is just making has the guard's names and no
// stack yet, and must not be refused as something left over.
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError, type Notes } from '../command.ts'
import { type Problem, refuse } from '../problem.ts'

/** What one look at the account found. */
export interface Look {
  readonly problems: readonly Problem[]
  /** What is to be known and is in nobody's way. */
  readonly warnings: readonly Problem[]
  /** The StackSets and their stacks as text: where it changed between two looks, another run wrote. */
  readonly stacks: string
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
  for (let time = 1; time <= mostLooks; time++) {
    const found = await look()
    if (found.problems.length === 0) return found
    const isBusyNow = await isBusy()
    const now = JSON.stringify(found)
    if (!isBusyNow && now === before) refuse(found.problems)
    if (isBusyNow || before !== '') notes.note('another run of the guard is at work; looking at the account again')
    before = now
    if (isBusyNow) await untilQuiet()
    await pause(pauseMs)
  }
  throw new CommandError(
    `the stacks of the guard changed at each of ${mostLooks} looks at the account`,
    'let the other runs end (npm run deploy and npm run destroy, by people and by workflows), then run this one again; nothing was written',
  )
}

const mostLooks = 60
