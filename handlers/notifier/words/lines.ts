// Lines of labelled rows, and the limit they are held to: fields shrink, the least telling first, until all fits.
import { fieldLimit, foreign } from './foreign.ts'
import { type Line, plainText, type Span } from './message.ts'
import type { Phrase } from './phrases.ts'

/** Discord takes 2,000 characters, and markup needs some of them. */
export const linesLimit = 1_700

/** What a field shrinks to, and the name within a title at once. */
const shrunk = 60
const titleLimit = 100

/** Makes a span of what the event says in a field. */
export type Quote<Field extends string> = (field: Field, text: string) => Span

/** The lines with as many of the fields shrunk, in order, as it takes. */
export function fitting<Field extends string>(
  shrinkOrder: readonly Field[],
  make: (quote: Quote<Field>) => readonly Line[],
): readonly Line[] {
  for (let count = 0; ; count++) {
    const small = new Set(shrinkOrder.slice(0, count))
    const lines = make((field, text) => foreign(text, small.has(field) ? shrunk : fieldLimit))
    if (count === shrinkOrder.length || plainText(lines).length <= linesLimit) return lines
  }
}

/** Without a name it is one span: two of the same style side by side would be signs that markup reads as something else. */
export function phraseLine(opening: string, { before, name, after }: Phrase, style?: 'bold'): Line {
  const own = (text: string): Span => (style === undefined ? { text } : { text, style })
  if (name === '') return [own(opening + before + after)]
  return [own(opening + before), foreign(name, titleLimit), own(after)].filter(({ text }) => text !== '')
}

/** `Label: value`, or no line where nothing is to be said. */
export function row(label: string, value: readonly (Span | string)[]): readonly Line[] {
  const spans = value
    .map((part) => (typeof part === 'string' ? { text: part } : part))
    .filter(({ text }) => text !== '')
  return spans.length === 0 ? [] : [[{ text: `${label}: ` }, ...spans]]
}
