// What Telegram is asked and what its answers mean.
import type { Case, Said } from './case.ts'

const body = {
  chat_id: '-1000000000000',
  text:
    '루트 콘솔 로그인 🚨\n' +
    '누가: `x` [root-guard] *all* <!here> @everyone _is_ [well](http://example.com)\n' +
    '할 일: https://example.com/a_b#c 에서 [확인] & *비밀번호*',
  entities: [
    { type: 'bold', offset: 0, length: 10 },
    { type: 'code', offset: 17, length: 72 },
  ],
  link_preview_options: { is_disabled: true },
}
const { entities: _, ...plain } = body

export const telegram: Case = {
  secret: { token: '1111:sample-token_A', chatId: -1000000000000 },
  refused: [
    { token: undefined },
    { token: '' },
    { token: 'sample' },
    { token: '1111:sample/../getMe' },
    { token: '1111:sample\r\nx-header: 1' },
    { chatId: undefined },
    { chatId: '' },
    { chatId: 'sample chat' },
    { chatId: 1.5 },
  ],
  recipients: ['-1000000000000'],
  request: {
    url: 'https://api.telegram.org/bot1111:sample-token_A/sendMessage',
    headers: { 'content-type': 'application/json' },
    body,
  },
  amended: (amend) => {
    if (amend.plain) return { body: plain }
    return amend.chatId ? { body: { ...body, chat_id: amend.chatId } } : undefined
  },
  taken: { body: { ok: true, result: { message_id: 1 } }, code: '200' },
  doubtful: [{ ok: 'true' }, { ok: 1 }, { ok: null }, { result: { message_id: 1 } }, { OK: true }],
  broken: { 500: 'retryable', 502: 'retryable', 503: 'retryable', 504: 'retryable' },
  answers: {
    retryable: [
      says(429, 'Too Many Requests: retry after 3', { parameters: { retry_after: 3 } }, { again: { afterMs: 3000 } }),
      says(429, 'Too Many Requests', {}, { retryAfter: '2', again: { afterMs: 2000 } }),
      says(429, 'Too Many Requests', {}, { retryAfter: 'Thu, 01 Jan 2026 00:00:10 GMT' }),
      says(500, 'Internal Server Error'),
      says(502, 'Bad Gateway'),
      says(
        400,
        'Bad Request: group chat was upgraded to a supergroup chat',
        { parameters: { migrate_to_chat_id: -1009999999999 } },
        {
          again: { amend: { chatId: '-1009999999999' } },
          reason:
            'Bad Request: group chat was upgraded to a supergroup chat; its new id ends in 9999: put that into the secret',
        },
      ),
      ...["can't parse entities: entity ends outside", 'ENTITY_BOUNDS_INVALID'].map((words) =>
        says(400, `Bad Request: ${words}`, {}, { again: { amend: { plain: true } } }),
      ),
    ],
    permanent: [
      says(400, 'Bad Request: chat not found'),
      says(401, 'Unauthorized'),
      says(403, 'Forbidden: bot was blocked by the user'),
      says(403, 'Forbidden: bot was kicked from the group chat'),
      { ...says(403, 'Forbidden: said inside a 200'), status: 200 },
      { status: 200, body: { ok: false, description: 'no, and no code' }, code: 200, reason: 'no, and no code' },
    ],
  },
  refusal: (words) => says(400, words),
}

function says(status: number, description: string, more: object = {}, rest: Partial<Said> = {}): Said {
  const body = { ok: false, error_code: status, description, ...more }
  return { status, body, code: status, reason: description, ...rest }
}
