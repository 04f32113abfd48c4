// What the page says, by language.
import type { Language } from '../languages.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'

export type Words = typeof en

export const words: Readonly<Record<Language, Words>> = { en, ko }
