// The records of the corpus (test/records), ready to be fired as if they happened now.
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Event } from './event-bridge.ts'

const folder = fileURLToPath(new URL('../../test/records/', import.meta.url))

export interface CorpusRecord {
  readonly name: string
  readonly label: 'alert' | 'silent'
  /** A sentence about what happened. */
  readonly about: string
  readonly event: Event
}

export function corpus(): readonly CorpusRecord[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: file.replace('.json', ''),
      ...(JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as Omit<CorpusRecord, 'name'>),
    }))
}

/** The event with ids of its own, happening now in the account: fired twice it is two events. */
export function happeningNow(event: Event, account: string): Event {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const own = JSON.parse(JSON.stringify(event).replaceAll('111122223333', account)) as Event
  const detail = { ...(own.detail as object), eventID: randomUUID(), eventTime: time }
  return { ...own, id: randomUUID(), time, account, detail }
}
