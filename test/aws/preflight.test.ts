// What is in the way of a deploy is found before it writes: each on an account of its own, with what to do about it.
import { AccountClient, EnableRegionCommand } from '@aws-sdk/client-account'
import { CloudFormationClient, GetTemplateCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation'
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail'
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
} from '@aws-sdk/client-config-service'
import { DeleteRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { denied, type Fakecloud, startFakecloud, writes } from './fakecloud.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

const seoul = ({ endpoint }: Fakecloud) => clientConfig(endpoint, 'ap-northeast-2')
const administration = 'AWSCloudFormationStackSetAdministrationRole'

interface Row {
  readonly given: string
  readonly make: (aws: Fakecloud, repository: Checkout) => Promise<unknown>
  readonly settings?: readonly (readonly [from: string, to: string])[]
  readonly says: readonly string[]
}

const nothing = async () => {}
const otherTrail = async (aws: Fakecloud) => {
  const cloudTrail = new CloudTrailClient(seoul(aws))
  await cloudTrail.send(new CreateTrailCommand({ Name: 'theirs', S3BucketName: 'theirs', IsMultiRegionTrail: true }))
  await cloudTrail.send(new StartLoggingCommand({ Name: 'theirs' }))
}
const trailWithoutKms = async (aws: Fakecloud) => {
  await otherTrail(aws)
  const ExcludeManagementEventSources = ['kms.amazonaws.com']
  aws.answer = (name) =>
    name === 'GetEventSelectors'
      ? { status: 200, body: JSON.stringify({ EventSelectors: [{ ExcludeManagementEventSources }] }) }
      : undefined
}
const otherRecorder = (types: 'AWS::IAM::User' | 'AWS::SQS::Queue') => async (aws: Fakecloud) => {
  await new ConfigServiceClient(seoul(aws)).send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name: 'theirs',
        roleARN: 'arn:aws:iam::111122223333:role/theirs',
        recordingGroup: { allSupported: false, resourceTypes: [types] },
      },
    }),
  )
}

const otherChannel = async (aws: Fakecloud) => {
  await new S3Client({ ...seoul(aws), forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'theirs' }))
  await new ConfigServiceClient(seoul(aws)).send(
    new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'theirs', s3BucketName: 'theirs' } }),
  )
}

const BOOTSTRAP_ROLES = ['relayRegions: []', 'relayRegions: []\nstackSets: {roles: bootstrap}'] as const
const AN_ADMINISTRATOR = '→ npm run bootstrap, as an administrator; nothing was written'
const bootstrapped = async (_aws: Fakecloud, repository: Checkout) => {
  await repository.run('generate')
  const { exitCode, stderr } = await repository.run('bootstrap')
  assert.is(exitCode, 0, stderr)
}
/** As a release without the boundary left it. */
const bootstrappedLongAgo = async (aws: Fakecloud, repository: Checkout) => {
  await bootstrapped(aws, repository)
  const StackName = 'root-guard-bootstrap'
  const cloudFormation = new CloudFormationClient(seoul(aws))
  const template = JSON.parse((await cloudFormation.send(new GetTemplateCommand({ StackName }))).TemplateBody ?? '')
  delete template.Resources.RoleBoundary
  const TemplateBody = JSON.stringify(template)
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const]
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities }))
}
const bootstrappedUnread = async (aws: Fakecloud, repository: Checkout) => {
  await bootstrapped(aws, repository)
  aws.answer = (name) => (name === 'GetTemplate' ? denied : undefined)
}

// biome-ignore format: a row each
const ROWS: readonly Row[] = [
  { given: 'the administration role is missing',
    make: (aws) => new IAMClient(seoul(aws)).send(new DeleteRoleCommand({ RoleName: administration })),
    says: [`the account has no role ${administration}, which StackSets need`, '→ npm run bootstrap makes narrower ones', 'nothing was written'] },
  { given: 'the administration role does not trust CloudFormation',
    make: (aws) => new IAMClient(seoul(aws)).send(new UpdateAssumeRolePolicyCommand({ RoleName: administration, PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}' })),
    says: [`the role ${administration} may not be assumed by whom StackSets need`] },
  { given: 'the administration role does not trust CloudFormation of a Region that the account is opted into',
    make: (aws) => new AccountClient(seoul(aws)).send(new EnableRegionCommand({ RegionName: 'ap-east-1' })), settings: [['relayRegions: []', 'relayRegions: [ap-east-1, us-west-2]']],
    says: [`the role ${administration} does not trust cloudformation.ap-east-1.amazonaws.com, which StackSets need in a Region that an account is opted into`, "→ add it beside cloudformation.amazonaws.com in the role's trust policy", 'nothing was written'] },
  { given: "the bootstrap's roles are wished for and not there", make: nothing, settings: [BOOTSTRAP_ROLES],
    says: ['no role root-guard-stackset-administration', 'no role root-guard-stackset-execution', '→ npm run bootstrap makes it'] },
  { given: "the bootstrap's stack is of a release without the boundary", make: bootstrappedLongAgo, settings: [BOOTSTRAP_ROLES],
    says: ['the stack root-guard-bootstrap is not what root-guard.yaml comes to now: create RoleBoundary', AN_ADMINISTRATOR] },
  { given: "the bootstrap's stack is of other settings", make: bootstrapped, settings: [BOOTSTRAP_ROLES, ['relayRegions: []', 'relayRegions: []\nencryption: customer-key']],
    says: ['the stack root-guard-bootstrap is not what root-guard.yaml comes to now: update StackSetExecutionRole', AN_ADMINISTRATOR] },
  { given: "the bootstrap's stack may not be read", make: bootstrappedUnread, settings: [BOOTSTRAP_ROLES],
    says: ['whether the stack root-guard-bootstrap is up to date cannot be read: User: arn:aws:iam::111122223333:user/tester is not authorized', '→ npm run bootstrap, as an administrator: an older one gave the role of deploys no right'] },
  { given: 'another trail does the work', make: otherTrail,
    says: ['already has a multi-Region trail with management events: theirs (ap-northeast-2); a second one is billed', '→ put trail: reuse into root-guard.yaml, or say npm run deploy -- --second-trail'] },
  { given: 'a trail is to be reused and there is none', make: nothing, settings: [['relayRegions: []', 'relayRegions: []\ntrail: reuse']],
    says: ['trail: reuse, but no other trail of the account will do: there is none', '→ put trail: create'] },
  { given: 'the trail to be reused leaves out KMS', make: trailWithoutKms, settings: [['relayRegions: []', 'relayRegions: []\ntrail: reuse']],
    says: ['trail: reuse, but no other trail of the account will do: theirs leaves out events with eventSource kms.amazonaws.com', '→ put trail: create'] },
  { given: 'another recorder is there', make: otherRecorder('AWS::IAM::User'),
    says: ['ap-northeast-2 already has the AWS Config recorder theirs, and a Region takes one', '→ put recorder: reuse into root-guard.yaml'] },
  { given: 'another delivery channel is there',
    make: otherChannel,
    says: ['already has the AWS Config delivery channel theirs without a recorder', '→ delete the delivery channel: aws configservice delete-delivery-channel --delivery-channel-name theirs --region ap-northeast-2'] },
  { given: 'a recorder is to be reused and there is none', make: nothing, settings: [['relayRegions: []', 'relayRegions: []\nrecorder: reuse']],
    says: ["recorder: reuse, but ap-northeast-2 has no AWS Config recorder other than the guard's own", '→ put recorder: create'] },
  { given: 'a recorder is to be reused and leaves out users', make: otherRecorder('AWS::SQS::Queue'), settings: [['relayRegions: []', 'relayRegions: []\nrecorder: reuse']],
    says: ['theirs in ap-northeast-2 does not record AWS::IAM::User'] },
  { given: 'an earlier guard left its notification hub', make: async (aws) => { aws.hubs = ['us-east-1'] }, settings: [['relayRegions: []', 'relayRegions: []\nuserNotifications: {hub: create}']],
    says: ['us-east-1 already has a notification hub, which no stack of this guard holds', '→ write hub: reuse under userNotifications in root-guard.yaml; nothing was written'] },
  { given: 'a Region does not exist, and another is not enabled', make: nothing, settings: [['relayRegions: []', 'relayRegions: [us-west-9, af-south-1]']],
    says: ['relayRegions: AWS has no Region us-west-9', 'the Region af-south-1 is DISABLED in this account', 'mend these 2, then run the command again; nothing was written'] },
]

const test = suite('before a deploy writes')

for (const { given, make, settings = [], says } of ROWS) {
  test(`it finds that ${given}`, async () => {
    await onAnAccount(async (aws, repository) => {
      await make(aws, repository)
      for (const [from, to] of settings) repository.edit(from, to)
      await repository.run('generate')
      aws.calls.length = 0
      const { exitCode, stderr, stdout } = await repository.run('deploy')
      assert.is(exitCode, 2, stdout + stderr)
      for (const words of says) assert.match(stderr, words)
      // Its pull request is not green either, and the comment has the same words.
      const plan = await repository.run('plan')
      assert.is(plan.exitCode, plan.stderr === '' ? 1 : 2, plan.stdout + plan.stderr)
      for (const words of says) assert.match(plan.stdout + plan.stderr, words.replace(/(; )?nothing was written$/, ''))
      assert.equal(writes(aws.calls), [])
    })
  })
}

test('a plan names a Region that does not exist, so that the pull request does', async () => {
  await onAnAccount(async (_aws, repository) => {
    repository.edit('relayRegions: []', 'relayRegions: [us-wst-2]')
    await repository.run('generate')
    const { exitCode, stderr } = await repository.run('plan')
    assert.is(exitCode, 2)
    assert.match(stderr, 'relayRegions: AWS has no Region us-wst-2')
  })
})

test('a second trail is made when that is said', async () => {
  await onAnAccount(async (aws, repository) => {
    await otherTrail(aws)
    await repository.run('generate')
    const { exitCode, stderr, stdout } = await repository.run('deploy', '--second-trail')
    assert.is(exitCode, 0, stdout + stderr)
    // From then on it is the guard's own, and need not be said again.
    assert.is((await repository.run('deploy')).exitCode, 0)
  })
})

test('it finds that the guard had another name, or lives in another home Region', async () => {
  await onAnAccount(async (aws, repository) => {
    await repository.run('generate')
    assert.is((await repository.run('deploy')).exitCode, 0)

    repository.edit('name: root-guard', 'name: other-guard')
    await repository.run('generate')
    aws.calls.length = 0
    const renamed = await repository.run('deploy')
    assert.is(renamed.exitCode, 2)
    assert.match(renamed.stderr, 'already has a guard named root-guard, and root-guard.yaml says name: other-guard')
    assert.match(renamed.stderr, '→ put name: root-guard back, or remove that guard first: npm run destroy')

    repository.edit('name: other-guard', 'name: root-guard\nhomeRegion: us-west-2')
    await repository.run('generate')
    const moved = await repository.run('deploy')
    assert.is(moved.exitCode, 2)
    assert.match(moved.stderr, 'homeRegion us-west-2 has no StackSet of it')
    assert.match(moved.stderr, '→ put homeRegion back')
    assert.equal(writes(aws.calls), [])
  })
})

test.run()

async function onAnAccount(work: (aws: Fakecloud, repository: Checkout) => Promise<void>): Promise<void> {
  const aws = await startFakecloud('111122223333')
  const repository = checkout(aws.environment)
  try {
    await work(aws, repository)
  } finally {
    repository.remove()
    aws.stop()
  }
}
