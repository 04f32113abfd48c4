import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emulatedAws } from '../../scripts/rehearsal/aws.ts'
import { corpus } from '../../scripts/rehearsal/records.ts'
import { type Providers, putSecrets, startProviders } from '../../scripts/rehearsal/stage.ts'
import { parseSettings } from '../../templates-src/config/load.ts'
import { checkout } from '../checkout.ts'
import { invokeFunction } from '../function-process.ts'
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
  const client = clientConfig(aws)
  const deployed = await new LambdaClient(client).send(new GetFunctionCommand({ FunctionName: 'root-guard-notifier' }))
  assert.is(deployed.Configuration?.Runtime, 'nodejs24.x')
  // AWS would answer a zip with index.js inside; fakecloud answers the inline text as it was deployed.
  const code = await (await fetch(deployed.Code?.Location ?? '')).text()

  const record = corpus().find(({ name }) => name === 'root-console-login-without-mfa')
  const { statusCode, body } = await invokeFunction(
    code,
    {
      ...deployed.Configuration?.Environment?.Variables,
      ...aws.environment,
      AWS_REGION: 'us-east-1',
      TELEGRAM_URL: providers.telegram.url,
      NHN_SMS_URL: providers['nhn-sms'].url,
      SOLAPI_URL: providers['solapi-sms'].url,
    },
    { body: JSON.stringify(record?.event), isBase64Encoded: false },
  )
  assert.is(statusCode, 202, body)
  const text = '[root-guard] 루트 콘솔 로그인 성공, MFA 없음 01/01 09:00 203.0.113.24 계정 111122223333'
  assert.equal(providers['nhn-sms'].received, [{ provider: 'nhn-sms', recipient: '01000000000', text, bytes: 87 }])
  assert.is(providers.telegram.received.length, 1)
  assert.equal(providers['solapi-sms'].received, [])

  const { Items = [] } = await new DynamoDBClient(client).send(new ScanCommand({ TableName: 'root-guard-deliveries' }))
  const records = Items.map(({ channel, outcome, recipient }) => [channel?.S, outcome?.S, recipient?.S].join(' '))
  assert.equal(records.sort(), ['nhn-sms accepted 010****0000', 'telegram accepted -10****0001'])
})

test.run()

function clientConfig({ endpoint }: Fakecloud) {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
}
