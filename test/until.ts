// Waits for what comes sooner or later: uvu has no patience of its own, so this has.
import { setTimeout as pause } from 'node:timers/promises'

const patienceMs = 60_000

/** Throws what `otherwise` says when it does not hold within a minute. */
export async function until(holds: () => boolean, otherwise = () => 'it never came'): Promise<void> {
  const last = Date.now() + patienceMs
  while (!holds()) {
    if (Date.now() > last) throw new Error(`after ${patienceMs / 1000} s: ${otherwise()}`)
    await pause(20)
  }
}
