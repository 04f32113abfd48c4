// Has people told that there is drift, by an event for the notifier: handlers/notifier/drift-news.ts reads it.
import { randomUUID } from 'node:crypto'
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { driftSource } from '../../../templates-src/own-events.ts'
import { CommandError } from '../command.ts'
import type { Finding } from '../live/stack.ts'
import { putEvent } from '../put-event.ts'
import { differing } from '../report/findings.ts'

/** Throws before anything is looked at when root-guard.yaml does not want it: the role may not put the event then. */
export function wantsAlert(alert: boolean, { driftAlert }: Settings): boolean {
  if (!alert || driftAlert) return alert
  throw new CommandError(
    'root-guard.yaml: driftAlert: found false; --alert needs true',
    'set driftAlert: true, npm run generate, npm run bootstrap',
    2,
  )
}

/** Puts the event where something differs, and answers a sentence about it: a refusal must not keep back what was found. */
export async function alertOf(findings: readonly Finding[]): Promise<string> {
  const found = differing(findings).length
  if (found === 0) return ''
  const eventID = randomUUID()
  const event = { source: driftSource, detailType: 'Root Guard Drift', detail: { eventID, found } }
  try {
    await putEvent(event, alarmRegion)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    return `it could not be sent to the routes: ${error.message}\n  → ${error.hint}`
  }
  return `sent to every route, as ${driftSource}~${eventID}`
}
