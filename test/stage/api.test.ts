// Who reaches the function through the deployed API: each way in, tried by each role that has a session on the stage.
import * as assert from 'uvu/assert'
import { signedFetch } from '../../scripts/lib/drill/signed-fetch.ts'
import { corpusRecord, happeningNow } from '../../scripts/rehearsal/records.ts'
import { told } from '../handlers/notifier/guard.ts'
import { guardedSuite } from './guarded.ts'

const test = guardedSuite("the stage's API")

const event = happeningNow(corpusRecord('root-console-login-without-mfa').event, '111122223333')
const WAYS = {
  'POST /alerts': { method: 'POST', path: '', body: JSON.stringify(event) },
  'POST /alerts/{id}': { method: 'POST', path: '/sample', body: JSON.stringify(event) },
  'GET /alerts/{id}': { method: 'GET', path: '/sample' },
} as const
type Way = keyof typeof WAYS

/** What the function answers to the ways that are open; all others are answered 403 before it. */
const OPEN: Readonly<Record<string, Partial<Record<Way, number>>>> = {
  'root-guard-rule-to-api': { 'POST /alerts': 202 },
  // What is posted there and is no drill of that id, the function refuses.
  'root-guard-drill': { 'POST /alerts/{id}': 400, 'GET /alerts/{id}': 404 },
  'root-guard-notifier': {},
  administrator: {},
}

for (const [role, open] of Object.entries(OPEN)) {
  for (const [way, { path, ...request }] of Object.entries(WAYS)) {
    const expected = open[way as Way] ?? 403
    test(`${way} by ${role}: ${expected}`, async ({ as, url, providers }) => {
      const session = await as(role)
      const credentials = async () => ({
        accessKeyId: session.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: session.AWS_SECRET_ACCESS_KEY ?? '',
        sessionToken: session.AWS_SESSION_TOKEN,
      })
      const { status, text } = await signedFetch(`${url}${path}`, request, credentials, 30_000)
      assert.is(status, expected, text)
      assert.equal(told(providers), expected === 202 ? { telegram: 1, 'nhn-sms': 1 } : {})
    })
  }
}

test('nobody without a signature', async ({ url, providers }) => {
  for (const { path, ...request } of Object.values(WAYS)) {
    assert.is((await fetch(`${url}${path}`, request)).status, 403)
  }
  assert.equal(told(providers), {})
})

test.run()
