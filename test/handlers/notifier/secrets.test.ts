// When the channels' secrets are read from SSM, for how long they are kept, and what is said when they are not usable.
// SSM is the function that the reader is given; the clock is, too.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { AwsCall, AwsError } from '../../../handlers/notifier/aws.ts'
import { channels } from '../../../handlers/notifier/channels/registry.ts'
import { secrets } from '../../../handlers/notifier/secrets.ts'

const PATH = '/root-guard/channels'
const TELEGRAM = { token: '1111:sample-token', chatId: '-1111' }
const NHN = {
  appKey: 'sampleAppKey',
  secretKey: 'sampleSecretKey',
  sender: '02-000-0000',
  recipients: ['010-0000-0000'],
}
const NHN_READ = { ...NHN, sender: '020000000', recipients: ['01000000000'] }
const MINUTE = 60_000

const reading = suite('reading secrets')

reading('asks SSM for the one parameter, decrypted, within a time limit', async () => {
  const { read, calls } = reader({ telegram: [TELEGRAM], 'nhn-sms': [NHN] })
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  assert.equal(await read(channels['nhn-sms']), { secret: NHN_READ })
  assert.equal(
    calls.map(({ service, target, input }) => [service, target, input]),
    ['telegram', 'nhn-sms'].map((name) => [
      'ssm',
      'AmazonSSM.GetParameter',
      { Name: `${PATH}/${name}`, WithDecryption: true },
    ]),
  )
  for (const { timeoutMs } of calls) assert.ok(timeoutMs > 0 && timeoutMs <= 1_000)
})

reading('is one call for two routes that ask for a channel at the same time', async () => {
  const { read, calls } = reader({ telegram: [TELEGRAM] })
  const both = await Promise.all([read(channels.telegram), read(channels.telegram)])
  assert.equal(both, [{ secret: TELEGRAM }, { secret: TELEGRAM }])
  assert.is(calls.length, 1)
})

reading('of a parameter that is denied keeps no other channel from its own', async () => {
  const { read } = reader({ telegram: [failure('AccessDeniedException')], 'nhn-sms': [NHN] })
  assert.is(codeOf(await read(channels.telegram)), 'secrets-unreadable')
  assert.equal(await read(channels['nhn-sms']), { secret: NHN_READ })
})
reading.run()

const keeping = suite('keeping secrets')
const ROTATED = { ...TELEGRAM, token: '1111:rotated' }

keeping('asks again after minutes and not before, and takes what is there then', async () => {
  const { read, calls, clock } = reader({ telegram: [TELEGRAM, ROTATED] })
  await read(channels.telegram)
  clock.at += MINUTE
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  assert.is(calls.length, 1)
  clock.at += 10 * MINUTE
  assert.equal(await read(channels.telegram), { secret: ROTATED })
  clock.at += MINUTE
  assert.equal(await read(channels.telegram), { secret: ROTATED })
  assert.is(calls.length, 2)
})

for (const [what, answer, stale] of [
  ['was taken away', failure('ParameterNotFound'), `SSM has no parameter ${PATH}/telegram`],
  ['was garbled', '{"token":', `${PATH}/telegram is not JSON`],
] as const) {
  keeping(`uses the last good one where it ${what}, and says so`, async () => {
    const { read, clock } = reader({ telegram: [TELEGRAM, answer] })
    await read(channels.telegram)
    clock.at += 10 * MINUTE
    assert.equal(await read(channels.telegram), { secret: TELEGRAM, stale })
  })
}

for (const [what, answer] of [
  ['fails', failure(undefined)],
  ['is slowed down', failure('ThrottlingException')],
  ['answers something else', { Parameters: 'none' }],
] as const) {
  keeping(`holds on to the last good one for as long as SSM ${what}, and says so`, async () => {
    const { read, clock } = reader({ telegram: [TELEGRAM, answer, answer, ROTATED] })
    await read(channels.telegram)
    for (const minutes of [10, 24 * 60]) {
      clock.at += minutes * MINUTE
      const state = await read(channels.telegram)
      assert.equal('secret' in state && state.secret, TELEGRAM)
      assert.match(('stale' in state && state.stale) || '', 'AmazonSSM.GetParameter')
    }
    clock.at += 10 * MINUTE
    assert.equal(await read(channels.telegram), { secret: ROTATED })
  })

  keeping(`is worth another try where SSM ${what} at the first question, and works at a later one`, async () => {
    const { read, clock } = reader({ telegram: [answer, TELEGRAM] })
    const state = await read(channels.telegram)
    assert.is('outcome' in state && state.outcome, 'retryable')
    assert.is(codeOf(state), 'secrets-unreadable')
    clock.at += 10 * MINUTE
    assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  })
}

keeping('leaves an SSM that failed alone for seconds, so that an alert waits for it once', async () => {
  const { read, calls, clock } = reader({ telegram: [failure(undefined), TELEGRAM] })
  for (let n = 0; n < 3; n++) await read(channels.telegram)
  assert.is(calls.length, 1)
  clock.at += 10_000
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
})

keeping('does not say what SSM answered where that is not of its form', async () => {
  const state = await reader({ telegram: [{ Parameter: { Value: ['sample-leak'] } }] }).read(channels.telegram)
  assert.not.match(JSON.stringify(state), 'sample-leak')
})
keeping.run()

const rereading = suite('reading a secret again, after it was refused')

rereading('answers the one that took its place', async () => {
  const { read, reread, clock } = reader({ telegram: [TELEGRAM, ROTATED] })
  await read(channels.telegram)
  clock.at += MINUTE
  assert.equal(await reread(channels.telegram), { secret: ROTATED })
})

rereading('answers nothing where it is the same, or was read only now', async () => {
  const { read, reread, calls, clock } = reader({ telegram: [TELEGRAM, TELEGRAM] })
  await read(channels.telegram)
  assert.is(await reread(channels.telegram), undefined)
  assert.is(calls.length, 1)
  clock.at += MINUTE
  assert.is(await reread(channels.telegram), undefined)
  assert.is(calls.length, 2)
})
rereading.run()

const unusable = suite('a secret that cannot be used')

unusable('is named where it is missing', async () => {
  const state = await reader({}).read(channels['solapi-sms'])
  const reason = `SSM has no parameter ${PATH}/solapi-sms`
  assert.equal(state, { outcome: 'permanent', code: 'secret-missing', reason })
})

for (const [what, written, says] of [
  ['is not JSON', 'sample-leak', 'is not JSON'],
  ['is cut', '{"appKey":"sample-leak"', 'is not JSON'],
  ['is a text', '"sample-leak"', 'the whole (Object expected)'],
  ['is null', 'null', 'the whole (Object expected)'],
  ['lacks a field', JSON.stringify({ ...NHN, secretKey: undefined }), 'secretKey (missing)'],
  [
    'has a wrong key',
    JSON.stringify({ ...NHN, appKey: 'sample/leak' }),
    'appKey (an app key is expected: letters and digits)',
  ],
  [
    'has a wrong number',
    JSON.stringify({ ...NHN, recipients: ['010-0000-0000', '+1 202-555-0100'] }),
    'recipients.1 (a Korean phone number is expected',
  ],
  [
    'has two wrong fields',
    JSON.stringify({ ...NHN, appKey: 7, sender: 'leak' }),
    'appKey (string expected), sender (a Korean phone number is expected',
  ],
] as const) {
  unusable(`is told by its fields and not by its values where it ${what}`, async () => {
    const { read } = reader({ 'nhn-sms': [written] })
    const state = await read(channels['nhn-sms'])
    assert.is('outcome' in state && state.outcome, 'permanent')
    assert.is(codeOf(state), 'secret-malformed')
    const reason = 'reason' in state ? state.reason : ''
    assert.ok(reason.startsWith(`${PATH}/nhn-sms `) && reason.includes(says), reason)
    assert.not.match(reason, /leak|sample|555/)
  })
}

unusable('does not keep another channel from its own', async () => {
  const { read } = reader({ 'nhn-sms': ['{'], telegram: [TELEGRAM] })
  assert.is(codeOf(await read(channels['nhn-sms'])), 'secret-malformed')
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
})
unusable.run()

type Written = object | string | Error

/**
 * A reader of an SSM that holds these of each channel in turn, and nothing after them. A string is a parameter's value as it
 * is, an object with a Parameter the whole answer, an Error is thrown.
 */
function reader(parameters: Readonly<Record<string, readonly Written[]>>) {
  const calls: AwsCall[] = []
  const clock = { at: Date.parse('2026-01-01T00:00:00Z') }
  const left = eachList(parameters)
  const callAws = async (call: AwsCall): Promise<unknown> => {
    calls.push(call)
    await new Promise(setImmediate)
    const { Name } = call.input as { Name: string }
    const written = left[Name.split('/').at(-1) ?? '']?.shift() ?? failure('ParameterNotFound')
    if (written instanceof Error) throw written
    if (typeof written === 'object' && ('Parameter' in written || 'Parameters' in written)) return written
    return { Parameter: { Name, Value: typeof written === 'string' ? written : JSON.stringify(written) } }
  }
  return { ...secrets(callAws, PATH, 1_000, () => clock.at), calls, clock }
}

function eachList(parameters: Readonly<Record<string, readonly Written[]>>): Record<string, Written[]> {
  return Object.fromEntries(Object.entries(parameters).map(([name, list]) => [name, [...list]]))
}

/** An error as handlers/notifier/aws.ts throws it; without a type it is no answer at all. */
function failure(type: string | undefined): AwsError {
  return Object.assign(new Error(`AmazonSSM.GetParameter: ${type ?? 'no answer in 1000 ms'}`), { type })
}

function codeOf(state: object): unknown {
  return 'code' in state ? state.code : undefined
}
