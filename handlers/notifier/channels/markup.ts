// What messengers' markups have in common: where a style's signs may stand, and how foreign text is kept from being any.
import type { Line } from '../words/message.ts'

/** The lines with foreign text that stays in its line: it can begin no other one, nor turn the direction of writing. */
export function flat(lines: readonly Line[]): readonly Line[] {
  return lines.map((line) =>
    line.map((span) => (span.style === 'foreign' ? { ...span, text: oneLine(span.text) } : span)),
  )
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
}

/** The text between the signs of a style, which must touch it: «*word* », never «*word *». */
export function marked(text: string, sign: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? []
  return inner === '' ? text : `${before}${sign}${inner}${sign}${after}`
}

/** As code, in one line and without the sign that would end it: nothing in there is markup, a link or a mention. */
export function asCode(text: string): string {
  return marked(oneLine(text).replaceAll('`', "'"), '`')
}

/** At most so many UTF-16 units, and no half characters, which JSON can carry: for one Telegram refuses the whole text. */
export function cutTo(text: string, limit: number): string {
  return text.slice(0, limit).toWellFormed()
}
