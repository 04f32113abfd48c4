import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ChannelName } from '../../../handlers/notifier/settings.ts'
import { type BundledFor, bundleNotifier, type NotifierBundle } from '../../../scripts/lib/bundle.ts'
import { invokeFunction } from '../../function-process.ts'

const SETTINGS: BundledFor = { locale: 'ko', routes: { telegram: ['telegram'], sms: ['nhn-sms', 'solapi-sms'] } }
const ENVIRONMENT = {
  SETTINGS: JSON.stringify({
    name: 'root-guard',
    timeZone: 'Asia/Seoul',
    ...SETTINGS,
    sms: { long: false, dailyCap: 100 },
  }),
  DELIVERIES_TABLE: 'root-guard-deliveries',
  SECRETS_PATH: '/root-guard/channels',
  // Nothing listens there.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'SAMPLE',
  AWS_SECRET_ACCESS_KEY: 'SAMPLE',
}

/** A piece of the address or the URL that only the channel's own code has. */
const MARKS: Readonly<Partial<Record<ChannelName, string>>> = {
  telegram: 'api.telegram.org',
  'nhn-sms': 'sms.api.nhncloudservice.com',
  'nhn-alimtalk': 'kakaotalk-bizmessage.api.nhncloudservice.com',
  'solapi-sms': 'api.solapi.com',
  slack: 'hooks.slack.com',
  discord: 'discord.com',
}

const test = suite<{ bundle: NotifierBundle }>('the bundle of the notifier')

test.before(async (context) => {
  context.bundle = await bundleNotifier(SETTINGS)
})

/** What the template's code runs when it has unpacked it. */
function unpacked({ code }: NotifierBundle): string {
  const unpacking = code.slice(0, code.lastIndexOf('new Function('))
  return new Function('require', `${unpacking}\nreturn code`)(createRequire(import.meta.url))
}

test('is carried as a few short lines of code around one packed string', ({ bundle }) => {
  const [packed, ...more] = bundle.code.split('\n').filter((line) => line.length > 200)
  assert.match(packed ?? '', /^const packed = '[ !#-&(-[\]-z|}~]+'$/)
  assert.equal(more, [])
})

test('unpacks to the code that people read, without its spaces and long names', ({ bundle }) => {
  const minified = unpacked(bundle)
  assert.ok(minified.length < bundle.readable.length)
  const texts = (code: string) => new Set(code.match(/\p{Script=Hangul}[\p{Script=Hangul} ]+/gu))
  assert.ok(texts(minified).size > 50)
  assert.equal([...texts(minified)].sort(), [...texts(bundle.readable)].sort())
})

test('has no control characters but line ends and tabs, and none that line ends are mistaken for', ({ bundle }) => {
  for (const code of [bundle.code, bundle.readable]) {
    const odd = code.match(/[^\P{Cc}\n\t]|[\u2028\u2029\uFEFF\uFFFD]/gu) ?? []
    assert.equal(
      odd.map((character) => character.codePointAt(0)?.toString(16)),
      [],
    )
  }
})

test('carries Korean as letters where people read it', ({ bundle: { readable } }) => {
  assert.match(readable, /\p{Script=Hangul}/u)
  assert.not.match(readable, /\\uac00|\\u[ab][0-9a-f]{3}/i)
})

test('made again is the same, and says nothing of the machine it was made on', async ({ bundle }) => {
  assert.equal(await bundleNotifier(SETTINGS), bundle)
  const checkout = fileURLToPath(new URL('../../..', import.meta.url))
  for (const code of [bundle.readable, unpacked(bundle)]) assert.not.match(code, checkout)
})

const CHOICES: readonly BundledFor[] = [
  SETTINGS,
  { locale: 'en', routes: { chat: ['slack'], other: ['discord'] } },
  { locale: 'ko', routes: { kakao: ['nhn-alimtalk', 'nhn-sms'] } },
]

for (const choice of CHOICES) {
  const used: readonly string[] = Object.values(choice.routes).flat()
  test(`for ${used.join(', ')} in ${choice.locale} has these and no others`, async () => {
    const code = unpacked(await bundleNotifier(choice))
    for (const [channel, mark] of Object.entries(MARKS)) {
      assert.is(code.includes(mark), used.includes(channel), `${channel}: ${mark}`)
    }
    // Every message names the account, in its language.
    assert.is(code.includes('계정'), choice.locale === 'ko')
    assert.is(/\bAccount\b/.test(code), choice.locale === 'en')
  })
}

test('with every channel is larger than with one', async ({ bundle }) => {
  const all: ChannelName[] = [...(Object.keys(MARKS) as ChannelName[]), 'solapi-alimtalk']
  const whole = await bundleNotifier({ locale: 'ko', routes: { all } })
  const one = await bundleNotifier({ locale: 'ko', routes: { one: ['slack'] } })
  assert.ok(one.code.length < bundle.code.length && bundle.code.length < whole.code.length)
})

for (const form of ['code', 'readable'] as const) {
  test(`its ${form} exports a handler to Node as CommonJS, which answers 400 to what is no event`, async ({
    bundle,
  }) => {
    const request = { body: 'not JSON', isBase64Encoded: false }
    const { statusCode, body, log } = await invokeFunction(bundle[form], ENVIRONMENT, request)
    assert.is(statusCode, 400)
    assert.equal(JSON.parse(body), { error: 'the body is not JSON' })
    assert.equal(log, ['{"level":"error","refused":"the body is not JSON"}'])
  })

  test(`its ${form} needs nothing beside it: an event is taken without node_modules, and without AWS`, async ({
    bundle,
  }) => {
    const event = { 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.iam', detail: { eventID: 'sample' } }
    const request = { body: JSON.stringify(event), isBase64Encoded: false }
    const { body } = await invokeFunction(bundle[form], ENVIRONMENT, request)
    assert.is(JSON.parse(body).alert, 'sample')
  })
}

test.run()
