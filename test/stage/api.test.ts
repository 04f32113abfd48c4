// Who reaches the function through the deployed API, whatever their own policies allow: each way in, tried by roles that may everything.
import * as assert from 'uvu/assert'
import { signedFetch } from '../../scripts/lib/drill/signed-fetch.ts'
import { corpusRecord, happeningNow } from '../../scripts/rehearsal/records.ts'
import { told } from '../handlers/notifier/guard.ts'
import { roleMayEverything } from './breaks.ts'
import { stageSuite } from './stage-suite.ts'

const test = stageSuite("the stage's API")

const event = happeningNow(corpusRecord('root-console-login-without-mfa').event, '111122223333')
const WAYS = {
  'POST /alerts': { method: 'POST', path: '', body: JSON.stringify(event) },
  'POST /alerts/{id}': { method: 'POST', path: '/sample', body: JSON.stringify(event) },
  'GET /alerts/{id}': { method: 'GET', path: '/sample' },
} as const
type Way = keyof typeof WAYS
type Answer = readonly [status: number, said: RegExp]

const refused: Answer = [
  403,
  /"message": ?"User: .* is not authorized .* with an explicit deny in a resource-based policy"/,
]

/** What the function answers to the ways that are open. */
const OPEN: Readonly<Record<string, Partial<Record<Way, Answer>>>> = {
  'root-guard-rule-to-api': {
    'POST /alerts': [202, /"alert":/],
    'GET /alerts/{id}': [404, /"alert":"sample"/],
  },
  'root-guard-drill': {
    // What is posted there and is no drill of that id.
    'POST /alerts/{id}': [400, /"error":"only a drill/],
    'GET /alerts/{id}': [404, /"alert":"sample"/],
  },
  'root-guard-notify': {},
  administrator: {},
}

for (const [role, open] of Object.entries(OPEN)) {
  for (const [way, { path, ...request }] of Object.entries(WAYS)) {
    const [expected, said] = open[way as Way] ?? refused
    test(`${way} by ${role}: ${expected}`, async (deployed) => {
      await roleMayEverything(role)(deployed)
      const { bus, url, providers } = deployed
      const session = await bus.sessionOf(role)
      const credentials = async () => ({
        accessKeyId: session.AWS_ACCESS_KEY_ID,
        secretAccessKey: session.AWS_SECRET_ACCESS_KEY,
        sessionToken: session.AWS_SESSION_TOKEN,
      })
      const { status, text } = await signedFetch(`${url}${path}`, request, credentials, 30_000)
      assert.is(status, expected, text)
      assert.match(text, said)
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
