// What the event says, made fit for a message. User agents, names and error messages are written by whoever acts: no
// line break, control, bidi or invisible character of theirs, and no tower of combining marks, gets into a message.
import type { Span } from './message.ts'

/** What is longer than this in one field is not news. */
export const fieldLimit = 300

export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim()
}

/** One line of at most so many characters; half a surrogate pair, which Telegram refuses, is never left over. */
export function shortened(text: string, limit: number): string {
  const line = oneLine(text.slice(0, 4 * fieldLimit)).toWellFormed()
  if (line.length <= limit) return line
  return `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Phones make a link of what looks like an address, and it would come from the guard's own number: broken at its joints. */
export function unlinked(text: string): string {
  return text.replace(/:\/\//g, ' ').replace(/\.(?=\p{L})/gu, '. ')
}

export function foreign(text: string, limit = fieldLimit): Span {
  return { text: shortened(text, limit), style: 'foreign' }
}
