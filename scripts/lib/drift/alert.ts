// Has people told that there is drift, by an event for the notifier: handlers/notifier/drift-news.ts reads it.
import { randomUUID } from 'node:crypto'
import { alarmRegion, postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
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
  return handedOver(findings, `${driftSource}~${eventID}`)
}

/** Pure. That the bus took it says nothing of what comes behind, where something of that is itself not as deployed. */
export function handedOver(findings: readonly Finding[], alertId: string): string {
  const said = `handed to the bus of ${alarmRegion} for every route, as ${alertId}`
  const way = findings.filter(isOnItsWay).map(({ resource, type }) => resource || type)
  if (way.length === 0) return said
  const named = [...new Set(way)]
  const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : ''
  return `${said}; it may have reached nobody, since its way is among the findings: ${named.slice(0, mostNamed).join(', ')}${more}`
}

const mostNamed = 3

/** Relays are on the way of other Regions' events alone. */
const beside = new RegExp(`-(relay|operations|${postureRegion})$`)

/** Rule, API, function, records and roles of the notifier, or their whole stack. */
function isOnItsWay({ stackSet, type, state }: Finding): boolean {
  if (state === 'waiting' || stackSet === '' || beside.test(stackSet)) return false
  return /^AWS::(Events::Rule$|ApiGateway::|Lambda::|DynamoDB::Table$|IAM::Role$|CloudFormation::Stack)/.test(type)
}
