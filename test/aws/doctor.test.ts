// secrets and doctor, with the strict local providers in the providers' place: nothing may be sent to a phone.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnosis } from '../../scripts/lib/doctor/diagnosis.ts'
import { type Providers, sampleSecrets, startProviders } from '../../scripts/rehearsal/stage.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { denied, deniedJson, type Fakecloud, startFakecloud, writes } from './fakecloud.ts'

interface Context {
  aws: Fakecloud
  providers: Providers
  repository: Checkout
  environment: Readonly<Record<string, string>>
}

const secrets = {
  ROOT_GUARD_TELEGRAM: JSON.stringify(sampleSecrets.telegram),
  ROOT_GUARD_NHN_SMS: JSON.stringify(sampleSecrets['nhn-sms']),
  ROOT_GUARD_SOLAPI_SMS: JSON.stringify(sampleSecrets['solapi-sms']),
}
/** Whatever must never be printed. A template's code is no secret: it is the guard's name here. */
const values = Object.values(sampleSecrets)
  .flatMap((secret) => Object.values(secret).flat().map(String))
  .filter((value) => value !== 'root-guard')

const test = suite<Context>('secrets and doctor')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.providers = await startProviders()
  context.environment = {
    ...context.aws.environment,
    TELEGRAM_URL: context.providers.telegram.url,
    NHN_SMS_URL: context.providers['nhn-sms'].url,
    SOLAPI_URL: context.providers['solapi-sms'].url,
  }
  context.repository = checkout(context.environment)
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(async ({ aws, providers, repository }) => {
  repository?.remove()
  for (const provider of Object.values(providers ?? {})) await provider.close()
  aws?.stop()
})

test('the doctor of an empty account says what is missing, why it matters, how to mend it', async ({ repository }) => {
  const { exitCode, stdout } = await repository.run('doctor')
  assert.is(exitCode, 1)
  assert.match(stdout, /✗ root +root has no MFA/)
  assert.match(stdout, '→ sign in as root, «Security credentials», assign MFA')
  assert.match(stdout, /✗ secrets +SSM has no \/root-guard\/channels\/telegram/)
  assert.match(stdout, '→ set ROOT_GUARD_TELEGRAM and npm run secrets')
  assert.match(
    stdout,
    /✗ posture +not deployed: root-guard-notifier, root-guard-us-east-1, root-guard-operations, root-guard-ap-northeast-2/,
  )
})

test('a secret that is not well-formed is named by field, and keeps no other one back', async ({
  aws,
  repository,
  environment,
}) => {
  aws.calls.length = 0
  const wrong = {
    ROOT_GUARD_TELEGRAM: '{"token":"s3cr3t-of-telegram"}',
    ROOT_GUARD_NHN_SMS: secrets.ROOT_GUARD_NHN_SMS,
    ROOT_GUARD_SLACK: 's3cr3t-of-slack',
  }
  const here = repository.as({ ...environment, ...wrong })
  const { exitCode, stdout, stderr } = await here.run('secrets')
  assert.is(exitCode, 1, stderr)
  assert.match(
    stdout,
    "ROOT_GUARD_TELEGRAM has wrong fields: token (a bot's token is expected, as 000000:letters), chatId (missing); it takes token, chatId, messageThreadId: it is not written, no alert goes that way",
  )
  assert.match(stdout, '/root-guard/channels/nhn-sms  created')
  assert.match(stdout, 'ROOT_GUARD_SLACK is of no route in root-guard.yaml: nothing is sent by it')
  assert.match(stdout, 'ROOT_GUARD_SLACK is not JSON: it is not written')
  assert.not.match(stdout + stderr, 's3cr3t')
  assert.equal(writes(aws.calls), ['PutParameter'])
  const { stdout: onGitHub } = await repository.as({ ...environment, ...wrong, GITHUB_ACTIONS: 'true' }).run('secrets')
  assert.match(onGitHub, '→ gh secret set ROOT_GUARD_TELEGRAM --env production with the JSON on one line')
})

test('secrets are put once; a channel without one is named', async ({ aws, repository, environment }) => {
  const two = { ROOT_GUARD_TELEGRAM: secrets.ROOT_GUARD_TELEGRAM, ROOT_GUARD_NHN_SMS: secrets.ROOT_GUARD_NHN_SMS }
  const first = await repository.as({ ...environment, ...two }).run('secrets')
  assert.is(first.exitCode, 1)
  assert.match(first.stdout, '/root-guard/channels/telegram  created')
  assert.match(first.stdout, '/root-guard/channels/solapi-sms is missing: no alert goes that way')

  const all = await repository.as({ ...environment, ...secrets }).run('secrets')
  assert.is(all.exitCode, 0, all.stderr)
  assert.match(all.stdout, '/root-guard/channels/telegram  unchanged')
  assert.match(all.stdout, '/root-guard/channels/solapi-sms  created')

  aws.calls.length = 0
  const again = await repository.as({ ...environment, ...secrets }).run('secrets', '--json')
  assert.is(again.exitCode, 0)
  assert.equal(JSON.parse(again.stdout).parameters, {
    '/root-guard/channels/telegram': 'unchanged',
    '/root-guard/channels/nhn-sms': 'unchanged',
    '/root-guard/channels/solapi-sms': 'unchanged',
  })
  assert.equal(writes(aws.calls), [])

  const moved = JSON.stringify({ ...sampleSecrets.telegram, chatId: '-1000000000002' })
  const changed = await repository.as({ ...environment, ROOT_GUARD_TELEGRAM: moved }).run('secrets')
  assert.match(changed.stdout, '/root-guard/channels/telegram  changed')
  assert.match(changed.stdout, '/root-guard/channels/nhn-sms  left as it is')
  await repository.as({ ...environment, ...secrets }).run('secrets')
  for (const value of values) {
    for (const { stdout, stderr } of [first, all, again, changed]) assert.not.match(stdout + stderr, value)
  }
})

test('the doctor of a deployed account finds every channel ready, and sends nothing', async ({
  aws,
  repository,
  providers,
}) => {
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  aws.calls.length = 0
  const diagnoses = await diagnosed(repository)
  assert.equal(
    diagnoses.filter(({ state }) => state === 'ill').map(({ what }) => what),
    ['root has no MFA'],
  )
  const wellOf = (area: Diagnosis['area']) =>
    diagnoses.filter((one) => one.area === area && one.state === 'well').length
  assert.equal([wellOf('secrets'), wellOf('channels'), wellOf('posture'), wellOf('e-mail')], [3, 3, 1, 1])
  assert.equal(
    Object.values(providers).flatMap(({ received }) => received),
    [],
  )
  assert.equal(writes(aws.calls), [])
})

test('the doctor who may not look at one thing tells of all the others', async ({ aws, repository }) => {
  aws.answer = (name) => {
    if (name === 'GetAccountSummary') return denied
    return name === 'GetParameters' ? deniedJson : undefined
  }
  const diagnoses = await diagnosed(repository)
  aws.answer = () => undefined
  const ill = diagnoses.filter(({ state }) => state === 'ill')
  assert.equal(
    ill.map(({ area, mend }) => `${area}: ${mend}`),
    [
      'root: arn:aws:iam::111122223333:user/tester needs iam:GetAccountSummary',
      'channels: arn:aws:iam::111122223333:user/tester needs ssm:GetParameters',
    ],
  )
  assert.ok(diagnoses.some(({ area, state }) => area === 'posture' && state === 'well'))
})

// biome-ignore format: a row a line
const SICK: readonly (readonly [what: string, variable: keyof typeof secrets, secret: object, found: string, mend: string])[] = [
  ['a token that is nobody’s', 'ROOT_GUARD_TELEGRAM', { ...sampleSecrets.telegram, token: '1:nobody' }, 'telegram: 401 Unauthorized', 'take the token from @BotFather'],
  ['a chat the bot is not in', 'ROOT_GUARD_TELEGRAM', { ...sampleSecrets.telegram, chatId: '-5' }, 'telegram: 400 Bad Request: chat not found', 'add the bot to the chat'],
  ['a wrong key of NHN Cloud', 'ROOT_GUARD_NHN_SMS', { ...sampleSecrets['nhn-sms'], appKey: 'other' }, 'nhn-sms: -1000 Invalid appKey.', 'take appKey and secretKey from the console'],
  ['a sender NHN Cloud does not know', 'ROOT_GUARD_NHN_SMS', { ...sampleSecrets['nhn-sms'], sender: '02-000-0001' }, 'nhn-sms: sender the sender is not registered', 'register the number'],
  ['a wrong secret of SOLAPI', 'ROOT_GUARD_SOLAPI_SMS', { ...sampleSecrets['solapi-sms'], apiSecret: 'other' }, 'solapi-sms: SignatureDoesNotMatch', 'take apiKey and apiSecret from the console'],
  ['a sender SOLAPI does not know', 'ROOT_GUARD_SOLAPI_SMS', { ...sampleSecrets['solapi-sms'], sender: '02-000-0001' }, 'solapi-sms: sender the sender is not registered', 'register the number'],
]

// Of each channel one at a time: the sick secrets of three channels are put together and found together.
for (const rows of [SICK.filter((_, index) => index % 2 === 0), SICK.filter((_, index) => index % 2 === 1)]) {
  test(`the doctor finds ${rows.map(([what]) => what).join(', ')}`, async ({ repository, environment }) => {
    const sick = Object.fromEntries(rows.map(([, variable, secret]) => [variable, JSON.stringify(secret)]))
    await repository.as({ ...environment, ...sick }).run('secrets')
    const ill = (await diagnosed(repository)).filter((one) => one.state === 'ill' && one.area === 'channels')
    await repository.as({ ...environment, ...secrets }).run('secrets')
    assert.is(ill.length, rows.length, JSON.stringify(ill))
    for (const [, , , found, mend] of rows) {
      const named = ill.find(({ what }) => what.includes(found))
      assert.match(named?.mend ?? `nothing was said of: ${found}`, mend)
      assert.ok(named?.why)
    }
  })
}

test('the doctor says of a provider that does not answer that it does not', async ({ repository, environment }) => {
  // fetch itself refuses the ports that nothing else would listen on, so it is one that nobody was given.
  const nobody = 'http://127.0.0.1:65530'
  const offline = { ...environment, TELEGRAM_URL: nobody, SOLAPI_URL: nobody }
  const ill = (await diagnosed(repository.as(offline))).filter(
    ({ area, state }) => area === 'channels' && state === 'ill',
  )
  assert.equal(
    ill.map((one) => one.what),
    ['telegram does not answer: unreachable ECONNREFUSED', 'solapi-sms does not answer: unreachable ECONNREFUSED'],
  )
})

test.run()

async function diagnosed(repository: Checkout): Promise<readonly Diagnosis[]> {
  const { stdout, stderr } = await repository.run('doctor', '--json')
  for (const value of values.filter((one) => one.length > 8)) assert.not.match(stdout + stderr, value)
  return JSON.parse(stdout).diagnoses
}
