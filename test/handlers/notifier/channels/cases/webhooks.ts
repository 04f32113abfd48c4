// What Slack and Discord are asked and what their answers mean.
import type { Case, Said } from './case.ts'

const headers = { 'content-type': 'application/json' }
const broken = { 500: 'ambiguous', 502: 'ambiguous', 503: 'ambiguous', 504: 'ambiguous' } as const

export const slack: Case = {
  secret: { webhookUrl: 'https://hooks.slack.com/services/T0000000/B0000000/sampleWebhook' },
  refused: [
    undefined,
    '',
    'https://hooks.slack.com/services/T0000000/B0000000',
    'http://hooks.slack.com/services/T0000000/B0000000/sampleWebhook',
    'https://hooks.slack.com.example.com/services/T0000000/B0000000/sampleWebhook',
    'https://hooks.slack.com/services/T0000000/B0000000/../x',
    'https://hooks.slack.com/services/T0000000/B0000000/sampleWebhook?x=1',
    'https://hooks.slack.com/services/T0000000/B0000000/sampleWebhook\r\n',
    ['https://hooks.slack.com/services/T0000000/B0000000/sampleWebhook'],
  ].map((webhookUrl) => ({ webhookUrl })),
  recipients: ['webhook'],
  request: {
    url: 'https://hooks.slack.com/services/T0000000/B0000000/sampleWebhook',
    headers,
    body: {
      text:
        '*루트 콘솔 로그인* 🚨\n' +
        "누가: `'x' [root-guard] *all* &lt;!here&gt; @everyone _is_ [well](http://example.com)`\n" +
        '할 일: https://example.com/a_b#c 에서 [확인] &amp; *비밀번호*',
      unfurl_links: false,
      unfurl_media: false,
    },
  },
  taken: { body: 'ok', code: 'ok' },
  doubtful: ['OK', 'ok ', '"ok"', 'okay', { ok: true }],
  broken,
  answers: {
    retryable: [
      { ...word(429, 'rate_limited'), retryAfter: '2', again: { afterMs: 2000 } },
      word(429, 'rate_limited'),
      { status: 429, body: '<h1>busy</h1>', code: 429, reason: 'the answer does not parse' },
    ],
    permanent: [
      word(400, 'invalid_payload'),
      word(403, 'action_prohibited'),
      word(404, 'no_service'),
      word(404, 'channel_not_found'),
      word(410, 'channel_is_archived'),
    ],
    ambiguous: [word(200, 'channel_not_found'), word(201, 'ok'), word(302, 'ok'), word(500, 'rollup_error')],
  },
  refusal: (words) => ({ status: 403, body: words }),
}

export const discord: Case = {
  secret: { webhookUrl: 'https://discord.com/api/webhooks/100000000000000000/sample-Webhook_1' },
  refused: [
    undefined,
    '',
    'https://discord.com/api/webhooks/100000000000000000',
    'http://discord.com/api/webhooks/100000000000000000/sample',
    'https://discord.com.example.com/api/webhooks/100000000000000000/sample',
    'https://discord.com/api/webhooks/sample/sample',
    'https://discord.com/api/webhooks/100000000000000000/sample/slack',
    'https://discord.com/api/webhooks/100000000000000000/sample?wait=false',
    'https://discord.com/api/webhooks/100000000000000000/sample\n',
    7,
  ].map((webhookUrl) => ({ webhookUrl })),
  recipients: ['webhook'],
  request: {
    url: 'https://discord.com/api/webhooks/100000000000000000/sample-Webhook_1?wait=true',
    headers,
    body: {
      content:
        '**루트 콘솔 로그인** 🚨\n' +
        "누가: `'x' [root-guard] *all* <!here> @everyone _is_ [well](http://example.com)`\n" +
        '할 일: https://example.com/a_b#c 에서 \\[확인\\] & \\*비밀번호\\*',
      allowed_mentions: { parse: [] },
      flags: 4,
    },
  },
  taken: { body: { id: '1000', type: 0 }, code: '1000' },
  doubtful: [{ id: 1000 }, { id: '' }, { id: null }, { type: 0 }, [{ id: '1000' }]],
  broken,
  answers: {
    retryable: [
      limited({ retry_after: 0.5 }, { again: { afterMs: 500 } }),
      limited({ retry_after: 0.5 }, { retryAfter: '9', again: { afterMs: 500 } }),
      limited({}, { retryAfter: '9', again: { afterMs: 9000 } }),
      limited({}, {}),
    ],
    permanent: [fails(400, 'Invalid Form Body'), fails(401, 'Invalid Webhook Token'), fails(404, 'Unknown Webhook')],
    ambiguous: [fails(500, '500: Internal Server Error'), fails(200, 'Unknown Webhook')],
  },
  refusal: (words) => fails(404, words),
}

function word(status: number, body: string): Said {
  return { status, body, code: status, reason: body }
}

function fails(status: number, message: string): Said {
  return { status, body: { message, code: 10015 }, code: status, reason: message }
}

function limited(more: object, rest: Partial<Said>): Said {
  const message = 'You are being rate limited.'
  return { status: 429, body: { message, global: false, ...more }, code: 429, reason: message, ...rest }
}
