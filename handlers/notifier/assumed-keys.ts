// The access keys of sessions made by AssumeRoot. Such a session shows as `type: Root`, with a temporary key, so a privileged
// task of the organization looks like a person at root's keyboard; the key that AssumeRoot's answer carried tells them apart.
import type { Activity } from './activity.ts'
import { expires, type Table } from './table.ts'

const assumedKey = '#assumed keys'

/** A key of a session. What an event says could be anything, also longer than a key of the table may be. */
const temporaryKey = /^ASIA[A-Z0-9]{12,28}$/

/** Keeps the key that this record's AssumeRoot made, if it made one and the record is AWS's own. */
export async function rememberKey(table: Table, { madeKey, official }: Activity, now: number): Promise<void> {
  if (!official || !temporaryKey.test(madeKey)) return
  await table.put({ alert: { S: assumedKey }, delivery: { S: madeKey }, expires: expires(now) })
}

/** Whether the activity's key is known to come from AssumeRoot. Only temporary keys of AWS's own records are looked up. */
export async function isAssumed(table: Table, { actor, official, accessKey }: Activity): Promise<boolean> {
  if (actor !== 'root' || !official || !temporaryKey.test(accessKey)) return false
  return (await table.get(assumedKey, accessKey)) !== undefined
}
