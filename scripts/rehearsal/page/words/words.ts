// What the page says, by language.
import type { CorpusRecord } from '../../records.ts'
import type { Language } from '../languages.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'

export type Words = typeof en

/** What the record tells of. */
export function aboutOf({ name, about }: CorpusRecord, { records }: Words): string {
  return records[name] ?? about
}

export const words: Readonly<Record<Language, Words>> = { en, ko }
