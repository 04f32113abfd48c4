// The event by which `npm run drift -- --alert` has people told that the account is not as deployed. Anybody with
// PutEvents can put one, and no TEST or NOT FROM AWS stands in front: so nothing of it is told but a number and an id.
import { type Fields, text } from './fields.ts'

export const driftSource = 'root-guard.drift'

/** The event's detail, `{eventID: UUID, found: 3}`, as a record's; without whatever else is in it. */
export function driftNews({ eventID, found }: Fields): Fields {
  return {
    eventSource: driftSource,
    eventName: 'DriftFound',
    eventID: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text(eventID)) ? eventID : '',
    found: /^\d{1,6}$/.test(text(found)) ? found : '',
  }
}
