// Fits a text into the bytes of an SMS: what can be left out is left out in order, the name is cut next, and the time
// stays whatever happens: without it a second alert could be the same bytes as the first, and NHN Cloud's guard against
// duplicates would drop it after accepting it.
import { cutToBytes, eucKrBytes, sendable, smsLimit, subjectLimit } from './euc-kr.ts'
import { oneLine, unlinked } from './foreign.ts'
import type { Phrase } from './phrases.ts'

export interface ShortParts {
  /** Marks and the guard's name. */
  readonly opening: string
  readonly title: Phrase
  /** Stands before the time; the last to be left out. */
  readonly result: string
  readonly time: string
  /** What follows the time, fullest first: the first that fits is taken. */
  readonly endings: readonly (readonly string[])[]
}

export function shortText({ opening, title, result, time, endings }: ShortParts): string {
  const parts = [opening + title.before, unlinked(title.name), title.after]
  const [before, name, after] = parts.map(plain) as [string, string, string]
  const [when, came] = [` ${plain(time).trim()}`, plain(result)]
  const head = (before + name + after).trimEnd()
  for (const ending of [...endings, []]) {
    const whole = [head + came + when, ...ending.map((part) => plain(part).trim())].filter(Boolean).join(' ')
    if (eucKrBytes(whole) <= smsLimit) return whole
  }
  const room = smsLimit - eucKrBytes(when)
  if (eucKrBytes(head) <= room) return head + when
  const roomForName = room - eucKrBytes(before + after)
  const cut = roomForName < 0 ? cutToBytes(before + after, room) : before + cutToBytes(name, roomForName) + after
  return cut.trimEnd() + when
}

/** The title of an LMS. */
export function subjectText(opening: string, { before, name, after }: Phrase): string {
  return cutToBytes(plain(opening + before + unlinked(name) + after), subjectLimit).trim()
}

/** Spaces at its ends stay: they part it from its neighbours. */
function plain(text: string): string {
  const line = sendable(oneLine(text.slice(0, 4 * smsLimit)))
  return `${/^\s/.test(text) ? ' ' : ''}${line}${/\s$/.test(text) && line !== '' ? ' ' : ''}`
}
