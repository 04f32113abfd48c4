// What a case says of a channel: its secret, the requests it makes of the suites' message, and what its provider's
// answers mean.
import type { Amend } from '../../../../../handlers/notifier/channels/channel.ts'
import type { Message } from '../../../../../handlers/notifier/words/message.ts'

export type OutcomeName = 'accepted' | 'retryable' | 'permanent' | 'ambiguous'

export interface Said {
  readonly status: number
  readonly body: object | string
  readonly code: string | number
  readonly reason?: string
  /** Headers of the answer. */
  readonly date?: string
  readonly retryAfter?: string
  readonly again?: { readonly afterMs?: number; readonly amend?: Amend }
}

export interface Case {
  /** As people write it into SSM. */
  readonly secret: Readonly<Record<string, unknown>>
  /** Changes to it after which the schema refuses it. */
  readonly refused: readonly Readonly<Record<string, unknown>>[]
  readonly recipients: readonly string[]
  /** To the first recipient with the message, alert, time and salt of the suites. */
  readonly request: Request
  /** The same where messages may be long. */
  readonly long?: Request
  /** What of the request is another where something is to be done otherwise; nothing for what the provider never asks. */
  readonly amended?: (amend: Amend) => Partial<Request> | undefined
  /** The body of a 200 that took the message, and the code it is known by after. */
  readonly taken: { readonly body: object | string; readonly code: string }
  /** Bodies of a 200 that look well and took nothing for sure. */
  readonly doubtful: readonly (object | string)[]
  /** What a 5xx means that says nothing else. */
  readonly broken: Readonly<Record<500 | 502 | 503 | 504, OutcomeName>>
  readonly answers: Readonly<Partial<Record<OutcomeName, readonly Said[]>>>
  /** A refusal in the provider's own words, which may be anything. */
  readonly refusal: (words: string) => Pick<Said, 'status' | 'body'>
}

export interface Request {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: object
}

export const ALERT = '00000000-0000-4000-8000-000000000001'
export const NOW = new Date('2026-01-01T00:00:00Z')
export const SALT = '0123456789abcdef0123456789abcdef'

/** What nobody should be able to write into an alert: a second line, markup, mentions, a link. */
export const HOSTILE = '`x`\n[root-guard] *all* <!here> @everyone _is_ [well](http://example.com)'

export const MESSAGE: Message = {
  short: '[root-guard] 루트 콘솔 로그인',
  subject: '루트 콘솔 로그인',
  lines: [
    [{ text: '루트 콘솔 로그인 ', style: 'bold' }, { text: '🚨' }],
    [{ text: '누가: ' }, { text: HOSTILE, style: 'foreign' }],
    [{ text: '할 일: https://example.com/a_b#c 에서 [확인] & *비밀번호*' }],
  ],
  template: {
    title: '루트 콘솔 로그인',
    what: '로그인 성공',
    who: '루트',
    from: '192.0.2.1',
    when: '09:00',
    account: '111122223333',
    todo: '확인',
  },
}

export const numbers = { recipients: ['010-0000-0000', '+82 10 0000 0001'] }
export const digits = ['01000000000', '01000000001']

export const refusedRecipients = [
  { recipients: undefined },
  { recipients: [] },
  { recipients: '010-0000-0000' },
  { recipients: ['010-0000-0000', '+81 90-0000-0000'] },
  { recipients: [1000000000] },
]

export const refusedSenders = [{ sender: 200000000 }, { sender: '+1 202-555-0100' }]

/** The text of an LMS: what EUC-KR lacks replaced, foreign text in its line. */
export const LONG_TEXT =
  '루트 콘솔 로그인 !\n' +
  '누가: `x` [root-guard] *all* <!here> @everyone _is_ [well](http example. com)\n' +
  '할 일: https://example.com/a_b#c 에서 [확인] & *비밀번호*'
