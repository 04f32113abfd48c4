import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bundleNotifier } from '../../../scripts/lib/bundle.ts'
import { invokeFunction } from '../../function-process.ts'

const ENVIRONMENT = {
  SETTINGS: JSON.stringify({ name: 'root-guard', locale: 'ko', timeZone: 'Asia/Seoul', routes: {} }),
  DELIVERIES_TABLE: 'root-guard-deliveries',
  SECRETS_PATH: '/root-guard/channels',
  // Nothing listens there.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'SAMPLE',
  AWS_SECRET_ACCESS_KEY: 'SAMPLE',
}

const test = suite<{ code: string }>('the bundle of the notifier')

test.before(async (context) => {
  context.code = await bundleNotifier()
})

test('has no control characters but line ends and tabs, and none that line ends are mistaken for', ({ code }) => {
  const odd = code.match(/[^\P{Cc}\n\t]|[\u2028\u2029\uFEFF\uFFFD]/gu) ?? []
  assert.equal(
    odd.map((character) => character.codePointAt(0)?.toString(16)),
    [],
  )
})

test('carries Korean as letters, which take half the room of their escapes', ({ code }) => {
  assert.match(code, /\p{Script=Hangul}/u)
  assert.not.match(code, /\\uac00|\\u[ab][0-9a-f]{3}/i)
})

test('made again is the same, and says nothing of the machine it was made on', async ({ code }) => {
  assert.is(await bundleNotifier(), code)
  assert.not.match(code, fileURLToPath(new URL('../../..', import.meta.url)))
})

test('exports its handler to Node as CommonJS, which answers 400 to what is not an event', async ({ code }) => {
  const { statusCode, body, log } = await invokeFunction(code, ENVIRONMENT, {
    body: 'not JSON',
    isBase64Encoded: false,
  })
  assert.is(statusCode, 400)
  assert.equal(JSON.parse(body), { error: 'the body is not JSON' })
  assert.equal(log, ['{"level":"error","refused":"the body is not JSON"}'])
})

test('needs nothing beside it: an event is taken without node_modules, and without AWS', async ({ code }) => {
  const event = { 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.iam', detail: { eventID: 'sample' } }
  const request = { body: JSON.stringify(event), isBase64Encoded: false }
  const { body } = await invokeFunction(code, ENVIRONMENT, request)
  assert.is(JSON.parse(body).alert, 'sample')
})

test.run()
