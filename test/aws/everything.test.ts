// Everything that root-guard.yaml can turn on deploys. fakecloud takes types that it does not know and makes nothing of
// them, so those are named here: what a deploy to it shows nothing about, and what checks them instead.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CloudFormationClient, DescribeStackResourcesCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'

interface Context {
  aws: Fakecloud
  repository: Checkout
}

const settings = readFileSync(fileURLToPath(new URL('../everything.yaml', import.meta.url)), 'utf8')
const SCHEMA = "cfn-lint's schema of the type in its Region, and AWS's own in test/templates-src/service-spec.test.ts"

const NOT_KNOWN: Readonly<Record<string, string>> = {
  'AWS::CloudTrail::Trail': `${SCHEMA}; what it must be in test/checkers/guard`,
  'AWS::Notifications::ChannelAssociation': SCHEMA,
  'AWS::Notifications::EventRule': SCHEMA,
  'AWS::Notifications::NotificationConfiguration': SCHEMA,
  'AWS::Notifications::NotificationHub': SCHEMA,
  'AWS::NotificationsContacts::EmailContact': SCHEMA,
}

const test = suite<Context>('everything that can be turned on, against fakecloud')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  writeFileSync(`${context.repository.folder}/root-guard.yaml`, settings)
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('all four templates deploy, with all of it', async ({ repository }) => {
  const { exitCode, stdout, stderr } = await repository.run('deploy', '--json')
  const { stackSets, findings } = JSON.parse(stdout) as Deployed
  // fakecloud does not keep what a recorder records: that alone is not as it was deployed.
  const differing = findings.filter(({ state }) => state === 'differs').map(({ resource }) => resource)
  assert.equal([...new Set(differing)], ['Recorder'], stderr)
  assert.is(exitCode, 1)
  const states = stackSets.flatMap(({ instances }) => instances.map(({ status }) => status))
  assert.equal([...new Set(states)], ['CURRENT'])
  assert.equal(
    stackSets.map(({ stackSet }) => stackSet),
    ['notifier', 'us-east-1', 'operations', 'ap-northeast-2', 'relay'].map((part) => `root-guard-${part}`),
  )
})

interface Deployed {
  readonly stackSets: readonly {
    readonly stackSet: string
    readonly instances: readonly { readonly status: string }[]
  }[]
  readonly findings: readonly { readonly resource: string; readonly state: string }[]
}

test('what fakecloud makes nothing of is what is listed here, and no more', async ({ aws }) => {
  const resources = (
    await Promise.all(['us-east-1', 'ap-northeast-2', 'us-west-2'].map((region) => resourcesIn(aws, region)))
  ).flat()
  assert.ok(resources.length > 80, `${resources.length}`)
  // Of a type it does not know it gives the logical id back.
  const unknown = resources.filter(
    ({ LogicalResourceId, PhysicalResourceId }) => LogicalResourceId === PhysicalResourceId,
  )
  assert.equal([...new Set(unknown.map(({ ResourceType }) => ResourceType))].sort(), Object.keys(NOT_KNOWN).sort())
})

test.run()

async function resourcesIn({ endpoint }: Fakecloud, region: string) {
  const client = new CloudFormationClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({}))
  const stacks = await Promise.all(
    StackSummaries.map(({ StackId = '' }) => client.send(new DescribeStackResourcesCommand({ StackName: StackId }))),
  )
  return stacks.flatMap(({ StackResources = [] }) => StackResources)
}
