// The records of the corpus (test/records), ready to be fired as if they happened now.
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Event } from './event-bridge.ts'

const folder = fileURLToPath(new URL('../../test/records/', import.meta.url))

export interface CorpusRecord {
  /** The file's name, which no other folder of the corpus has. */
  readonly name: string
  /** The folder: sign-in, credentials, guard, … */
  readonly group: string
  /** Whether people must be told, must not, or reasonable people differ; `about` then says what ours does and why. */
  readonly label: 'alert' | 'silent' | 'decide'
  /** A sentence about what happened. */
  readonly about: string
  /** What the notifier tells it as. */
  readonly kind: string
  readonly event: Event
}

export function corpus(): readonly CorpusRecord[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: basename(file, '.json'),
      group: file.split(/[\\/]/)[0] ?? '',
      ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<CorpusRecord, 'name' | 'group'>),
    }))
}

/** The id that the guard's API has in test/records; it is the one resource whose id CloudFormation makes up and a pattern refers to. */
export const corpusApi = 'a1b2c3d4e5'

/** The event as it would be of the guard whose API has the id. */
export function ofApi(event: Event, api: string): Event {
  return JSON.parse(JSON.stringify(event).replaceAll(corpusApi, api)) as Event
}

/**
 * The corpus for a guard that trusts these roles (`trustedRoles`): the sample's trusted role goes by the first one's name, and
 * where there is none, its records are left out.
 */
export function corpusTrusting([role]: readonly string[]): readonly CorpusRecord[] {
  const ofTrusted = ({ event }: CorpusRecord) => JSON.stringify(event).includes(sampleTrusted)
  if (role === undefined) return corpus().filter((record) => !ofTrusted(record))
  return corpus().map((record) => ({
    ...record,
    event: JSON.parse(JSON.stringify(record.event).replaceAll(sampleTrusted, role)) as Event,
  }))
}

/** As test/records/README.md says. */
const sampleTrusted = 'platform-admin'

/** The record of the name. */
export function corpusRecord(name: string): CorpusRecord {
  const found = corpus().find((record) => record.name === name)
  if (found === undefined) throw new Error(`test/records has no ${name}.json`)
  return found
}

/**
 * The event with ids of its own, happening now, in the account where it is the sample's: fired twice it is two events. One that says
 * neither an id nor a time (a Region's opt-in, a sign-in anomaly) is the same again within an hour, as it would be on AWS.
 */
export function happeningNow(event: Event, account: string): Event {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const own = JSON.parse(JSON.stringify(event).replaceAll('111122223333', account)) as Event
  return { ...own, id: randomUUID(), time, detail: detailNow(own.detail as Event, time) }
}

/** A record delivered late keeps the time it tells of; an event that is not CloudTrail's gets no further fields, and new times in those it has. */
function detailNow(detail: Event, time: string): Event {
  if (detail.eventID === undefined) {
    const times = /\d{4}-\d\d-\d\dT[\d:.]+Z/g
    return JSON.parse(JSON.stringify(detail).replace(times, new Date().toISOString())) as Event
  }
  return { ...detail, eventID: randomUUID(), ...(detail.addendum === undefined ? { eventTime: time } : {}) }
}
