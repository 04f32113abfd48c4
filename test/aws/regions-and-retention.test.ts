// What a deploy asks the account for, and sets where CloudFormation cannot.
import { AccountClient, EnableRegionCommand } from '@aws-sdk/client-account'
import { CloudFormationClient, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation'
import { ConfigServiceClient, DescribeRetentionConfigurationsCommand } from '@aws-sdk/client-config-service'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'
import { trustCloudFormation } from './what-fakecloud-leaves-out.ts'

interface Context {
  aws: Fakecloud
  repository: Checkout
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const test = suite<Context>('Regions and retention against fakecloud')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', 'relayRegions: all-enabled')
  context.repository.edit('logDays: 2557', 'logDays: 400')
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('all-enabled: every further Region that the account has enabled gets the relay', async ({ aws, repository }) => {
  const { exitCode, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stderr)
  const regions = await relayRegions(aws)
  assert.ok(regions.length >= 10, regions.join())
  assert.ok(regions.includes('us-west-2') && !regions.includes('us-east-1') && !regions.includes('ap-northeast-2'))
  assert.not.ok(regions.includes('af-south-1'), 'not enabled')
})

test('AWS Config is told to keep what it records for as long as the logs stay', async ({ aws }) => {
  const client = new ConfigServiceClient({ endpoint: aws.endpoint, region: 'ap-northeast-2', credentials })
  const { RetentionConfigurations = [] } = await client.send(new DescribeRetentionConfigurationsCommand({}))
  assert.equal(
    RetentionConfigurations.map(({ RetentionPeriodInDays }) => RetentionPeriodInDays),
    [400],
  )
})

test('a second deploy sets nothing again', async ({ aws, repository }) => {
  aws.calls.length = 0
  const { exitCode } = await repository.run('deploy')
  assert.is(exitCode, 0)
  // A REST call goes by its path.
  const asked = (call: string) => /ListRegions$/i.test(call)
  assert.ok(aws.calls.some(asked) && aws.calls.includes('DescribeRetentionConfigurations'), 'it looked')
  assert.equal(writes(aws.calls.filter((call) => !asked(call))), [])
})

test('a Region enabled later gets the relay with the next deploy', async ({ aws, repository }) => {
  const client = new AccountClient({ endpoint: aws.endpoint, region: 'us-east-1', credentials })
  await client.send(new EnableRegionCommand({ RegionName: 'ap-east-1' }))
  // CloudFormation comes into a Region that is opted into under that Region's own name.
  const refused = await repository.run('deploy')
  assert.is(refused.exitCode, 2)
  assert.match(refused.stderr, 'does not trust cloudformation.ap-east-1.amazonaws.com')
  await trustCloudFormation(aws.endpoint, ['cloudformation.amazonaws.com', 'cloudformation.ap-east-1.amazonaws.com'])
  const { exitCode, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stderr)
  assert.ok((await relayRegions(aws)).includes('ap-east-1'))
})

test.run()

async function relayRegions({ endpoint }: Fakecloud): Promise<string[]> {
  const client = new CloudFormationClient({ endpoint, region: 'ap-northeast-2', credentials })
  const { Summaries = [] } = await client.send(new ListStackInstancesCommand({ StackSetName: 'root-guard-relay' }))
  return Summaries.flatMap(({ Region }) => (Region === undefined ? [] : [Region]))
}
