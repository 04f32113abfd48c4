// When the channels' secrets are read from SSM, for how long they are kept, and what is said when they are not usable.
// SSM is the function that the reader is given; the clock is, too.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { AwsCall } from '../../../handlers/notifier/aws.ts'
import { channels } from '../../../handlers/notifier/channels/registry.ts'
import { secretReader } from '../../../handlers/notifier/secrets.ts'

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

reading('asks SSM once for all that lies below the path, decrypted, within a time limit', async () => {
  const { read, calls } = reader([page({ telegram: TELEGRAM, 'nhn-sms': NHN })])
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  assert.equal(await read(channels['nhn-sms']), { secret: NHN_READ })
  assert.is(calls.length, 1)
  assert.is(calls[0]?.service, 'ssm')
  assert.is(calls[0]?.target, 'AmazonSSM.GetParametersByPath')
  assert.equal(calls[0]?.input, { Path: PATH, WithDecryption: true })
  assert.ok((calls[0]?.timeoutMs ?? 0) > 0)
})

reading('follows NextToken to the last page', async () => {
  const { read, calls } = reader([
    { ...page({ telegram: TELEGRAM }), NextToken: 'second' },
    { ...page({}), NextToken: 'third' },
    { ...page({ 'nhn-sms': NHN }), NextToken: null },
  ])
  assert.equal(await read(channels['nhn-sms']), { secret: NHN_READ })
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  const tokens = calls.map(({ input }) => (input as { NextToken?: string }).NextToken)
  assert.equal(tokens, [undefined, 'second', 'third'])
})

reading('is one call for two channels that ask at the same time', async () => {
  const { read, calls } = reader([page({ telegram: TELEGRAM, 'nhn-sms': NHN })])
  const both = await Promise.all([read(channels.telegram), read(channels['nhn-sms'])])
  assert.equal(both, [{ secret: TELEGRAM }, { secret: NHN_READ }])
  assert.is(calls.length, 1)
})

reading('is one failed call for two channels that ask at the same time', async () => {
  const { read, calls } = reader([new Error('ThrottlingException')])
  const both = await Promise.all([read(channels.telegram), read(channels['nhn-sms'])])
  for (const state of both) assert.is('outcome' in state && state.outcome, 'retryable')
  assert.is(calls.length, 1)
})
reading.run()

const keeping = suite('keeping secrets')

keeping('asks again after minutes and not before, and takes what is there then', async () => {
  const rotated = { ...TELEGRAM, token: '1111:rotated' }
  const { read, calls, clock } = reader([page({ telegram: TELEGRAM }), page({ telegram: rotated })])
  await read(channels.telegram)
  clock.at += MINUTE
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  assert.is(calls.length, 1)
  clock.at += 10 * MINUTE
  assert.equal(await read(channels.telegram), { secret: rotated })
  assert.is(calls.length, 2)
  clock.at += MINUTE
  assert.equal(await read(channels.telegram), { secret: rotated })
  assert.is(calls.length, 2)
})

keeping('forgets a secret that was taken away', async () => {
  const { read, clock } = reader([page({ telegram: TELEGRAM }), page({})])
  await read(channels.telegram)
  clock.at += 10 * MINUTE
  assert.is(codeOf(await read(channels.telegram)), 'secret-missing')
})

for (const [what, failure] of [
  ['fails', new Error('AmazonSSM.GetParametersByPath: no answer in 1000 ms')],
  ['answers something else', { Parameters: 'none' }],
  ['answers nothing', undefined],
] as const) {
  keeping(`holds on to the last good ones for as long as SSM ${what}`, async () => {
    const rotated = { ...TELEGRAM, token: '1111:rotated' }
    const { read, clock } = reader([page({ telegram: TELEGRAM }), failure, failure, page({ telegram: rotated })])
    await read(channels.telegram)
    for (const minutes of [10, 24 * 60]) {
      clock.at += minutes * MINUTE
      assert.equal(await read(channels.telegram), { secret: TELEGRAM })
    }
    clock.at += 10 * MINUTE
    assert.equal(await read(channels.telegram), { secret: rotated })
  })

  keeping(`is worth another try where SSM ${what} at the first question, and works at a later one`, async () => {
    const { read, clock } = reader([failure, page({ telegram: TELEGRAM })])
    const state = await read(channels.telegram)
    assert.is('outcome' in state && state.outcome, 'retryable')
    assert.is(codeOf(state), 'secrets-unreadable')
    clock.at += 10 * MINUTE
    assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  })
}

keeping('takes no half of an answer: a second page that fails leaves the last good ones', async () => {
  const { read, calls, clock } = reader([
    page({ telegram: TELEGRAM, 'nhn-sms': NHN }),
    { ...page({ telegram: { ...TELEGRAM, token: '1111:rotated' } }), NextToken: 'second' },
    new Error('ThrottlingException'),
  ])
  await read(channels.telegram)
  clock.at += 10 * MINUTE
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  assert.is(calls.length, 3)
})
keeping('leaves an SSM that failed alone for seconds, so that an alert waits for it once', async () => {
  const { read, calls, clock } = reader([new Error('no answer'), page({ telegram: TELEGRAM })])
  for (const channel of [channels.telegram, channels['nhn-sms'], channels['solapi-sms']]) await read(channel)
  assert.is(calls.length, 1)
  clock.at += 10_000
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
})

keeping('does not follow pages that never end', async () => {
  const { read, calls } = reader(Array(1000).fill({ ...page({ telegram: TELEGRAM }), NextToken: 'again' }))
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
  assert.ok(calls.length <= 10)
})

keeping('gives slow pages one second in all, not one each', async () => {
  const { read, calls, clock } = reader(Array(10).fill({ ...page({ telegram: TELEGRAM }), NextToken: 'again' }), 400)
  const started = clock.at
  assert.is(codeOf(await read(channels.telegram)), 'secrets-unreadable')
  assert.is(calls.length, 3)
  assert.ok(clock.at - started <= 1_200)
  assert.equal(
    calls.map(({ timeoutMs }) => timeoutMs),
    [1000, 600, 200],
  )
})

keeping('does not say what SSM answered where that is not of its form', async () => {
  const state = await reader([{ Parameters: 'sample-leak' }]).read(channels.telegram)
  assert.not.match(JSON.stringify(state), 'sample-leak')
})
keeping.run()

const unusable = suite('a secret that cannot be used')

unusable('is named where it is missing', async () => {
  const state = await reader([page({ telegram: TELEGRAM })]).read(channels['solapi-sms'])
  const reason = `SSM has no parameter ${PATH}/solapi-sms`
  assert.equal(state, { outcome: 'permanent', code: 'secret-missing', reason })
})

for (const [what, written, says] of [
  ['is not JSON', 'sample-leak', 'is not JSON'],
  ['is cut', '{"appKey":"sample-leak"', 'is not JSON'],
  ['is a text', '"sample-leak"', 'the whole'],
  ['is null', 'null', 'the whole'],
  ['lacks a field', JSON.stringify({ ...NHN, secretKey: undefined }), 'secretKey'],
  ['has a wrong key', JSON.stringify({ ...NHN, appKey: 'sample/leak' }), 'appKey'],
  ['has a wrong number', JSON.stringify({ ...NHN, recipients: ['010-0000-0000', '+1 202-555-0100'] }), 'recipients.1'],
  ['has two wrong fields', JSON.stringify({ ...NHN, appKey: 7, sender: 'leak' }), 'appKey, sender'],
] as const) {
  unusable(`is told by its fields and not by its values where it ${what}`, async () => {
    const { read } = reader([{ Parameters: [{ Name: `${PATH}/nhn-sms`, Value: written }] }])
    const state = await read(channels['nhn-sms'])
    assert.is('outcome' in state && state.outcome, 'permanent')
    assert.is(codeOf(state), 'secret-malformed')
    const reason = 'reason' in state ? state.reason : ''
    assert.ok(reason.startsWith(`${PATH}/nhn-sms `) && reason.endsWith(says), reason)
    assert.not.match(reason, /leak|sample|555|0000/)
  })
}

unusable('does not keep another channel from its own', async () => {
  const broken = { Name: `${PATH}/nhn-sms`, Value: '{' }
  const { read } = reader([{ Parameters: [broken, ...page({ telegram: TELEGRAM }).Parameters] }])
  assert.equal(await read(channels.telegram), { secret: TELEGRAM })
})
unusable.run()

/** A reader of an SSM that gives these answers in turn, and after them nothing that can be read. An Error is thrown. */
function reader(answers: readonly unknown[], msPerCall = 0) {
  const calls: AwsCall[] = []
  const clock = { at: Date.parse('2026-01-01T00:00:00Z') }
  const callAws = async (call: AwsCall): Promise<unknown> => {
    const answer = answers[calls.length]
    calls.push(call)
    clock.at += msPerCall
    await new Promise(setImmediate)
    if (answer instanceof Error) throw answer
    return answer
  }
  return { read: secretReader(callAws, PATH, () => clock.at), calls, clock }
}

function page(secrets: Readonly<Record<string, object>>) {
  const Parameters = Object.entries(secrets).map(([name, secret]) => {
    return { Name: `${PATH}/${name}`, Type: 'SecureString', Value: JSON.stringify(secret), Version: 1 }
  })
  return { Parameters }
}

function codeOf(state: object): unknown {
  return 'code' in state ? state.code : undefined
}
