// Holds ways to watch root against the corpus: what each tells, what it misses, what it cries wolf at.
import { drillSource } from '../../templates-src/own-events.ts'
import type { Notes } from '../lib/command.ts'
import { matches, type Question } from '../lib/event-ruler.ts'
import type { CorpusRecord } from '../rehearsal/records.ts'
import type { Watch } from './watches.ts'

export interface Score {
  readonly watch: string
  /** Names of the records that should be told and are. */
  readonly caught: readonly string[]
  readonly missed: readonly string[]
  /** Of those that should be told: what root itself did, which is all that other watches set out to tell. */
  readonly ofRoot: { readonly caught: number; readonly all: number }
  readonly falseAlarms: readonly string[]
  /** Of the records left to decide: those it tells. */
  readonly decidedToTell: readonly string[]
}

export async function scores(
  watches: readonly Watch[],
  records: readonly CorpusRecord[],
  notes: Notes,
): Promise<readonly Score[]> {
  const asked = watches.flatMap(({ name, stops }) =>
    records.flatMap(({ name: record, event }) =>
      stops(event).flatMap((patterns, stop) => patterns.map((pattern) => ({ name, record, stop, pattern, event }))),
    ),
  )
  const answers = await matches(
    asked.map(({ pattern, event }): Question => ({ pattern, event })),
    notes,
  )
  const passed = new Set(
    asked.filter((_, index) => answers[index]).map(({ name, record, stop }) => key(name, record, stop)),
  )
  return watches.map(({ name, stops }) => {
    const told = (record: CorpusRecord) =>
      stops(record.event).every((_, stop) => passed.has(key(name, record.name, stop)))
    return scoreOf(name, records, told)
  })
}

const key = (...parts: readonly (string | number)[]) => parts.join(' / ')

/** What a watch that tells the records of which `told` is true comes to. */
export function scoreOf(
  watch: string,
  records: readonly CorpusRecord[],
  told: (record: CorpusRecord) => boolean,
): Score {
  const names = (label: CorpusRecord['label'], wanted: boolean) =>
    records.filter((record) => record.label === label && told(record) === wanted).map(({ name }) => name)
  const byRoot = records.filter((record) => record.label === 'alert' && isByRoot(record))
  return {
    watch,
    ofRoot: { caught: byRoot.filter(told).length, all: byRoot.length },
    caught: names('alert', true),
    missed: names('alert', false),
    falseAlarms: names('silent', true),
    decidedToTell: names('decide', true),
  }
}

function isByRoot({ event }: CorpusRecord): boolean {
  const { userIdentity } = event.detail as { userIdentity?: { type?: unknown } }
  return userIdentity?.type === 'Root' && event.source !== drillSource
}
