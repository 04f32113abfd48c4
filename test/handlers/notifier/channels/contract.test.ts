// What every channel of the registry promises: a pure request, and an answer read as one of four outcomes with failure
// as the default. What differs between the channels is in cases.ts, what goes over the wire in contract-over-http.test.ts.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as v from 'valibot'
import type { Amend, Channel, ChannelDelivery } from '../../../../handlers/notifier/channels/channel.ts'
import { channels } from '../../../../handlers/notifier/channels/registry.ts'
import { redactCode, redactReason } from '../../../../handlers/notifier/redact.ts'
import type { ChannelName } from '../../../../handlers/notifier/settings.ts'
import { ALERT, type Case, MESSAGE, NOW, SALT } from './cases/case.ts'
import { cases } from './cases.ts'

for (const [name, known] of Object.entries(cases) as [ChannelName, Case][]) {
  const channel: Channel = channels[name]
  const secret = v.parse(channel.secret, known.secret)
  const says = (status: number, body: unknown, headers: { date?: string; retryAfter?: string } = {}) =>
    channel.classify({ status, body: asText(body), ...headers })
  const delivery: ChannelDelivery<unknown> = {
    ...{ url: channel.url, secret, recipient: known.recipients[0] ?? '', message: MESSAGE, long: false },
    ...{ alertId: ALERT, now: NOW, salt: SALT, amend: {} },
  }

  const requests = suite(`a request of ${name}`)

  requests('is the one that the provider documents', () => {
    const { body = '', ...rest } = channel.request(delivery)
    assert.equal({ ...rest, body: JSON.parse(body) }, known.request)
  })

  requests('is a long message only on the SMS bill, and only where the settings say so', () => {
    assert.is(channel.sms, known.long !== undefined)
    const { body = '', ...rest } = channel.request({ ...delivery, long: true })
    assert.equal({ ...rest, body: JSON.parse(body) }, known.long ?? known.request)
  })

  requests('goes where it is told', () => {
    const { url } = channel.request({ ...delivery, url: 'http://127.0.0.1:1' })
    assert.is(url, known.request.url.replace(channel.url, 'http://127.0.0.1:1'))
  })

  for (const long of [false, true]) {
    requests(
      `is the same bytes for the same delivery, and the same body in a later try (${long ? 'long' : 'short'})`,
      () => {
        const first = channel.request({ ...delivery, long })
        assert.equal(channel.request({ ...delivery, long }), first)
        const later = { now: new Date('2026-01-01T01:00:00Z'), salt: 'f'.repeat(32) }
        assert.is(channel.request({ ...delivery, long, ...later }).body, first.body)
      },
    )
  }

  requests('carries any text as JSON and nothing of it elsewhere', () => {
    const text = '"\\\u0000 루트 </script>'
    const { title, ...template } = MESSAGE.template
    const message = { short: text, subject: text, lines: [[{ text }]], template: { title: text, ...template } }
    const { url, headers, body = '' } = channel.request({ ...delivery, message })
    assert.match(JSON.stringify(JSON.parse(body)), / 루트 .*\/script/)
    const plain = channel.request(delivery)
    assert.equal({ url, headers }, { url: plain.url, headers: plain.headers })
  })

  requests('does otherwise what it is asked to, and nothing else', () => {
    const plain = channel.request(delivery)
    for (const amend of [{ chatId: '-1001' }, { plain: true }, { now: new Date(0) }] satisfies Amend[]) {
      const amended = channel.request({ ...delivery, amend })
      const changes = known.amended?.(amend)
      if (!changes) assert.equal(amended, plain)
      else assert.equal({ ...amended, body: JSON.parse(amended.body ?? '') }, { ...known.request, ...changes })
    }
  })
  requests.run()

  const secrets = suite(`a secret of ${name}`)

  secrets('names whom it reaches in one form, however they were written', () => {
    assert.equal(channel.recipients(secret), known.recipients)
  })

  for (const change of known.refused) {
    secrets(`is refused with ${JSON.stringify(change, (_, value) => value ?? 'nothing')}`, () => {
      assert.is(v.is(channel.secret, known.secret), true)
      assert.is(v.is(channel.secret, { ...known.secret, ...change }), false)
    })
  }

  secrets('is refused when it is no object', () => {
    for (const wrong of [null, undefined, 7, '', [], {}]) assert.is(v.is(channel.secret, wrong), false)
  })

  secrets('is not told by what a provider says, nor are the numbers it reaches', () => {
    const inside = [...strings(known.secret), ...strings(secret)]
    for (const words of [...inside, inside.join(' '), '+82 10-0000-0000', '010.0000.0000']) {
      const { status, body } = known.refusal(words)
      const outcome = says(status, body)
      assert.is.not(outcome.outcome, 'accepted')
      const told = `${redactCode(outcome.code, secret)} ${'reason' in outcome ? redactReason(outcome.reason, secret) : ''}`
      for (const value of strings(secret)) assert.not.ok(told.includes(value), `${told} has ${value}`)
      assert.not.match(told, /\d[\d .-]{7,}\d/)
    }
  })
  secrets.run()

  const answers = suite(`an answer to ${name}`)

  answers('that took the message is accepted, and known by its code', () => {
    assert.equal(says(200, known.taken.body), { outcome: 'accepted', code: known.taken.code })
  })

  for (const [outcome, table] of Object.entries(known.answers)) {
    for (const { status, body, code, reason, again, ...headers } of table) {
      const what = JSON.stringify({ body, ...headers })
      answers(`is ${outcome} at ${status} with ${code}, in the provider's own words: ${what}`, () => {
        const expected = {
          outcome,
          code: String(code),
          ...(outcome !== 'accepted' && { reason }),
          ...(again && { again }),
        }
        assert.equal(says(status, body, headers), expected)
      })
    }
  }

  answers('that never came is retryable where nothing was sent and ambiguous where it may have been', () => {
    const unanswered = (how: 'refused' | 'lost') => channel.classify({ unanswered: how, reason: 'sample reason' })
    assert.equal(unanswered('refused'), { outcome: 'retryable', code: 'unreachable', reason: 'sample reason' })
    assert.equal(unanswered('lost'), { outcome: 'ambiguous', code: 'no-answer', reason: 'sample reason' })
  })

  for (const body of known.doubtful) {
    answers(`is not accepted where a 200 says ${JSON.stringify(body)}`, () => {
      assert.is.not(says(200, body).outcome, 'accepted')
    })
  }

  for (const [what, body] of Object.entries(unreadable(known))) {
    answers(`is ambiguous where a 2xx is ${what}`, () => {
      for (const status of [200, 201, 202, 204]) assert.is(says(status, body).outcome, 'ambiguous', String(status))
    })

    answers(`is retryable where a 429 is ${what}`, () => {
      assert.is(says(429, body).outcome, 'retryable')
    })

    answers(`is permanent where another 4xx is ${what}`, () => {
      for (const status of [400, 401, 403, 404, 410, 413]) assert.is(says(status, body).outcome, 'permanent')
    })

    answers(`is ${Object.values(known.broken).join(', ')} where a 500, 502, 503, 504 is ${what}`, () => {
      for (const [status, outcome] of Object.entries(known.broken)) {
        assert.is(says(Number(status), body).outcome, outcome, status)
      }
    })

    answers(`is never accepted, and says why, where it is ${what}`, () => {
      for (let status = 200; status < 600; status++) {
        const outcome = says(status, body)
        assert.ok(outcome.outcome !== 'accepted' && outcome.reason !== '', String(status))
        assert.is(outcome.code, String(status))
      }
    })
  }
  answers.run()
}

/** What a provider, or something on the way to it, answers on a bad day. */
function unreadable({ taken }: Case): Readonly<Record<string, string>> {
  const whole = JSON.stringify(taken.body)
  return {
    empty: '',
    'a page': '<html><body><h1>We will be back soon</h1></body></html>',
    'a word': 'hello',
    null: 'null',
    'a number': '0',
    'a text': '"ok"',
    'an empty list': '[]',
    'the right answer in a list': `[${whole}]`,
    'an empty object': '{}',
    'cut in the middle': whole.slice(0, -1),
    'two at once': whole + whole,
    'huge and cut': `{"padding":"${'x'.repeat(65_536)}`,
    'too deep': '['.repeat(65_536),
    'not UTF-8': '\ufffd\ufffd\u0000',
  }
}

function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** Every text in there that is long enough to give something away. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length > 3 ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}
