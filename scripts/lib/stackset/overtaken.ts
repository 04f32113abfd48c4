// Another run may write between our look and our write; AWS then refuses ours, and what is true must be looked at again.
import { setTimeout as pause } from 'node:timers/promises'
import type { Notes } from '../command.ts'
import { type FaultKind, isFault, type StackSetFault } from './fault.ts'

/** What AWS refuses with when somebody else was faster. */
const races: readonly FaultKind[] = [
  'already-exists',
  'operation-in-progress',
  'out-of-date',
  'no-instances',
  'not-empty',
]

/** AWS may refuse a write for an operation that its listing does not show yet. */
const pauseMs = 1_000
const mostTimes = 60

export function isOvertaken(error: unknown): error is StackSetFault {
  return isFault(error, ...races)
}

/** Says so and pauses, before the n-th look again; throws the fault when a minute of that was in vain. */
export async function lookAgain(stackSet: string, fault: StackSetFault, time: number, { note }: Notes): Promise<void> {
  if (time > mostTimes) throw fault
  note(`${stackSet}: somebody else was faster; looking again`)
  await pause(pauseMs)
}

/** Looks and writes, and does both again as long as somebody else is faster. */
export async function unlessOvertaken<Result>(
  stackSet: string,
  notes: Notes,
  lookAndWrite: () => Promise<Result>,
): Promise<Result> {
  for (let time = 1; ; time++) {
    try {
      return await lookAndWrite()
    } catch (error) {
      if (!isOvertaken(error)) throw error
      await lookAgain(stackSet, error, time, notes)
    }
  }
}
