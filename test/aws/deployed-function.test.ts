import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge'
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findAlertsUrl } from '../../scripts/lib/drill/alerts-url.ts'
import { emulatedAws } from '../../scripts/rehearsal/aws.ts'
import { corpusRecord } from '../../scripts/rehearsal/records.ts'
import { type Providers, putSecrets, startProviders } from '../../scripts/rehearsal/stage.ts'
import { parseSettings } from '../../templates-src/config/load.ts'
import { checkout } from '../checkout.ts'
import { invokeFunction } from '../function-process.ts'
import { settings } from '../templates-src/references.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'

const test = suite<{ aws: Fakecloud; providers: Providers }>('the function read back from where it was deployed')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.providers = await startProviders()
  const repository = checkout(context.aws.environment)
  assert.is((await repository.run('generate')).exitCode, 0)
  assert.is((await repository.run('deploy')).exitCode, 0)
  await putSecrets(
    emulatedAws(context.aws.endpoint),
    parseSettings(repository.read('root-guard.yaml'), 'root-guard.yaml'),
  )
  repository.remove()
})

test.after(async ({ aws, providers }) => {
  for (const provider of Object.values(providers ?? {})) await provider.close()
  aws?.stop()
})

test('sends a correct SMS and a Telegram message, and records both', async ({ aws, providers }) => {
  const { event: signIn } = corpusRecord('root-console-login-without-mfa')
  const request = { body: JSON.stringify(signIn), isBase64Encoded: false }
  const { statusCode, body } = await invokeDeployed(aws, providers, request)
  assert.is(statusCode, 202, body)
  const text = '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00:00 계정 111122223333 203.0.113.24'
  assert.equal(providers['nhn-sms'].received, [
    { provider: 'nhn-sms', recipient: '01000000000', text, kind: 'SMS', bytes: 90 },
  ])
  assert.is(providers.telegram.received.length, 1)
  assert.equal(providers['solapi-sms'].received, [])

  const scan = new ScanCommand({ TableName: 'root-guard-deliveries' })
  const { Items = [] } = await new DynamoDBClient(clientConfig(aws)).send(scan)
  const records = Items.filter(({ route }) => route !== undefined).map(({ channel, outcome, recipient }) =>
    [channel?.S, outcome?.S, recipient?.S].join(' '),
  )
  assert.equal(records.sort(), ['nhn-sms accepted 010****0000', 'telegram accepted -10****0001'])
})

test('tells of it by GET, and asks the carrier', async ({ aws, providers }) => {
  const { event: signIn } = corpusRecord('root-console-login-without-mfa')
  const { statusCode, body } = await invokeDeployed(aws, providers, {
    httpMethod: 'GET',
    pathParameters: { id: (signIn.detail as { eventID: string }).eventID },
    queryStringParameters: { receipts: 'ask' },
    body: null,
    isBase64Encoded: false,
  })
  assert.is(statusCode, 200, body)
  const { deliveries } = JSON.parse(body) as { deliveries: { channel: string; receipt: { receipt: string } }[] }
  assert.equal(deliveries.map(({ channel, receipt }) => `${channel} ${receipt.receipt}`).sort(), [
    'nhn-sms delivered',
    'telegram unknown',
  ])
})

test('sweeps when the deployed rule says so, and has nothing to tell yet', async ({ aws, providers }) => {
  const client = new EventBridgeClient(clientConfig(aws))
  const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: 'root-guard-sweep' }))
  assert.is(Targets.length, 1)
  const swept = await invokeDeployed(aws, providers, JSON.parse(Targets[0]?.Input ?? ''))
  assert.equal([Reflect.get(swept, 'told'), Reflect.get(swept, 'owed')], [[], []])
})

test('has an API whose address a drill finds', async ({ aws }) => {
  const { environment } = aws
  const before = { ...process.env }
  Object.assign(process.env, environment)
  try {
    assert.match(await findAlertsUrl(settings), /\/\w+\/live\/alerts$/)
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name]
    Object.assign(process.env, before)
  }
})

test.run()

/** Runs the code that GetFunction hands out, in the environment it is deployed with. */
async function invokeDeployed(aws: Fakecloud, providers: Providers, event: object) {
  const get = new GetFunctionCommand({ FunctionName: 'root-guard-notify' })
  const deployed = await new LambdaClient(clientConfig(aws)).send(get)
  assert.is(deployed.Configuration?.Runtime, 'nodejs24.x')
  // AWS would answer a zip with index.js inside; fakecloud answers the inline text as it was deployed.
  const code = await (await fetch(deployed.Code?.Location ?? '')).text()
  const environment = {
    ...deployed.Configuration?.Environment?.Variables,
    ...aws.environment,
    AWS_REGION: 'us-east-1',
    TELEGRAM_URL: providers.telegram.url,
    NHN_SMS_URL: providers['nhn-sms'].url,
    SOLAPI_URL: providers['solapi-sms'].url,
  }
  return invokeFunction(code, environment, event)
}

function clientConfig({ endpoint }: Fakecloud) {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
}
