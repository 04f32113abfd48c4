// An alert as an LMS, the long message of Korean carriers: a title of 40 bytes and a body of 2,000, both in EUC-KR.
import { cutToBytes, sendable } from '../words/euc-kr.ts'
import { unlinked } from '../words/foreign.ts'
import { type Line, type Message, plainText, type Span } from '../words/message.ts'
import { flat } from './markup.ts'

export function longMessage({ subject, lines }: Message): { readonly title: string; readonly body: string } {
  return { title: cutToBytes(sendable(subject), 40), body: cutToBytes(sendable(plainText(harmless(lines))), 2000) }
}

function harmless(lines: readonly Line[]): readonly Line[] {
  const unlink = (span: Span) => (span.style === 'foreign' ? { ...span, text: unlinked(span.text) } : span)
  return flat(lines).map((line) => line.map(unlink))
}
