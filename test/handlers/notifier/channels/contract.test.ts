// What every channel of the registry promises: a pure request, and an answer read as one of four outcomes with failure
// as the default. What differs between the channels is in cases.ts.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as v from 'valibot'
import type { Answer, Channel } from '../../../../handlers/notifier/channels/channel.ts'
import { channels } from '../../../../handlers/notifier/channels/registry.ts'
import type { ChannelName } from '../../../../handlers/notifier/settings.ts'
import { ALERT, type Case, cases, NOW, SALT, TEXT } from './cases.ts'

for (const [name, known] of Object.entries(cases) as [ChannelName, Case][]) {
  const channel: Channel = channels[name]
  const secret = v.parse(channel.secret, known.secret)
  const says = (status: number, body: unknown) => channel.classify({ status, body: asText(body) })

  const requests = suite(`a request of ${name}`)

  requests('is the one that the provider documents', () => {
    const { url, headers, body } = channel.request(delivery())
    assert.equal({ url, headers, body: JSON.parse(body) }, known.request)
  })

  requests('goes where it is told', () => {
    const { url } = channel.request({ ...delivery(), url: 'http://127.0.0.1:1' })
    assert.is(url, known.request.url.replace(channel.url, 'http://127.0.0.1:1'))
  })

  requests('is the same bytes for the same delivery, and the same body in a later try', () => {
    assert.equal(channel.request(delivery()), channel.request(delivery()))
    const later = channel.request({ ...delivery(), now: new Date('2026-01-01T01:00:00Z'), salt: 'f'.repeat(32) })
    assert.is(later.body, channel.request(delivery()).body)
  })

  requests('carries any text as JSON and nothing of it elsewhere', () => {
    const text = '"\\\r\n{}\u0000 루트 </script>'
    const { url, headers, body } = channel.request({ ...delivery(), text })
    assert.ok(JSON.stringify(JSON.parse(body)).includes(JSON.stringify(text)))
    const plain = channel.request(delivery())
    assert.equal({ url, headers }, { url: plain.url, headers: plain.headers })
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
  secrets.run()

  const answers = suite(`an answer to ${name}`)

  answers('that took the message is accepted, and known by its code', () => {
    assert.equal(says(200, known.taken.body), { outcome: 'accepted', code: known.taken.code })
  })

  for (const [outcome, table] of Object.entries(known.answers)) {
    for (const { status, body, code, reason } of table) {
      answers(`is ${outcome} at ${status} with ${code}, in the provider's own words: ${JSON.stringify(body)}`, () => {
        assert.equal(says(status, body), { outcome, code: String(code), reason })
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

  function delivery() {
    const [recipient = ''] = known.recipients
    return { url: channel.url, secret, recipient, text: TEXT, alertId: ALERT, now: NOW, salt: SALT }
  }
}

/** What a provider, or something on the way to it, answers on a bad day. */
function unreadable({ taken }: Case): Readonly<Record<string, string>> {
  const whole = JSON.stringify(taken.body)
  return {
    empty: '',
    'a page': '<html><body><h1>We will be back soon</h1></body></html>',
    'a word': 'ok',
    null: 'null',
    'a number': '0',
    'a text': '"ok"',
    'an empty list': '[]',
    'the right object in a list': `[${whole}]`,
    'an empty object': '{}',
    'cut in the middle': whole.slice(0, -1),
    'two at once': whole + whole,
    'huge and cut': `{"padding":"${'x'.repeat(65_536)}`,
    'too deep': '['.repeat(65_536),
    'not UTF-8': '\ufffd\ufffd\u0000',
  }
}

function asText(body: unknown): Extract<Answer, { status: number }>['body'] {
  return typeof body === 'string' ? body : JSON.stringify(body)
}
