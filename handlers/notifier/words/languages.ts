// Every language an alert can be told in. A new one is its file and a line here.
import type { Locale } from '../settings.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'
import type { Words } from './words.ts'

export const languages: Readonly<Record<Locale, Words>> = { ko, en }
