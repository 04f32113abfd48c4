// An alert in words, before any channel gave it its form. The words are made once an alert; a channel takes the part that
// fits it and only marks it up.

export interface Message {
  /** At most 90 EUC-KR bytes, of characters that encoding has: an SMS. */
  readonly short: string
  /** At most 40 EUC-KR bytes: the title of an LMS. */
  readonly subject: string
  /** Every detail, a line each: for messengers, and for an LMS. At most 1,900 characters, so that each fits. */
  readonly lines: readonly Line[]
  /** The variables of the KakaoTalk template (docs/channels.md): one line each, never empty, no control characters. */
  readonly template: Readonly<Record<TemplateVariable, string>>
}

export type TemplateVariable = 'title' | 'what' | 'who' | 'from' | 'when' | 'account' | 'todo'

export type Line = readonly Span[]

export interface Span {
  readonly text: string
  /** `foreign` was written by whoever acts or by AWS: shown as it is, and never as markup, a link or a mention. */
  readonly style?: 'bold' | 'foreign'
}

/** The lines without any markup. */
export function plainText(lines: readonly Line[]): string {
  return lines.map((line) => line.map(({ text }) => text).join('')).join('\n')
}
