// The two voices that tests speak with, and what holds of every message whatever was told.
import * as assert from 'uvu/assert'
import { type Message, plainText } from '../../../../handlers/notifier/words/message.ts'
import { eucKrBytes } from '../../../../scripts/rehearsal/providers/euc-kr-bytes.ts'

export const ko = { name: 'root-guard', locale: 'ko', timeZone: 'Asia/Seoul' } as const
export const en = { ...ko, locale: 'en' } as const
export const voices = [ko, en]

/** Line breaks, controls, bidi and invisible characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Bytes are counted as the carriers count, not with the notifier's own counter. */
export function assertWithinLimits(message: Message): void {
  const { short, subject, lines, template } = message
  const bytes = [short, subject].map(eucKrBytes)
  assert.ok((bytes[0] ?? 91) <= 90 && short !== '', `${bytes[0]} bytes: ${short}`)
  assert.ok((bytes[1] ?? 41) <= 40 && subject !== '', `${bytes[1]} bytes: ${subject}`)
  assert.ok(plainText(lines).length <= 1_700, `${plainText(lines).length} characters`)
  assert.ok(plainText(lines).isWellFormed(), 'half a surrogate pair, which Telegram refuses')
  const said = [short, subject, ...lines.flat().map(({ text }) => text), ...Object.values(template)]
  for (const text of said) assert.not.match(text, unprintable)
  for (const span of lines.flat()) assert.ok(span.style !== 'foreign' || span.text.length <= 300)
  for (const [name, value] of Object.entries(template)) {
    assert.ok(value.trim() !== '' && value.length <= 200, `${name}: ${value}`)
    assert.ok(value.isWellFormed(), name)
  }
  // Kakao takes 1,000 characters, of which the template's own words need some.
  assert.ok(Object.values(template).join('').length <= 800)
}

export function linesOf(message: Message): readonly string[] {
  return plainText(message.lines).split('\n')
}
