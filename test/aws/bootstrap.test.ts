import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import { CreateOpenIDConnectProviderCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

const GITHUB = 'github: {owner: example, repository: guard, ownerId: "1111", repositoryId: "2222"}'
const GUARD_ROLES = ['root-guard-notify', 'root-guard-relay-ap-northeast-2', 'root-guard-rule-to-api']
/** fakecloud takes back no stack whose creation fails. */
const rolledBack = {
  status: 200,
  body: '<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>root-guard-bootstrap</StackName><StackStatus>ROLLBACK_COMPLETE</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>',
}
const test = suite<{ aws: Fakecloud; repository: Checkout }>('bootstrap')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  await context.repository.run('generate')
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('--plan says what it would make, and makes nothing', async ({ aws, repository }) => {
  aws.calls.length = 0
  const { exitCode, stdout } = await repository.run('bootstrap', '--plan')
  assert.is(exitCode, 0)
  assert.match(stdout, /create +StackSetExecutionRole \(AWS::IAM::Role\)/)
  assert.equal(writes(aws.calls), [])
})

test('makes the roles of StackSets, and then has nothing to do', async ({ aws, repository }) => {
  const { exitCode, stdout, stderr } = await repository.run('bootstrap')
  assert.is(exitCode, 0, stderr)
  assert.match(stdout, 'root-guard-bootstrap: done')
  assert.match(stdout, 'next: below stackSets in root-guard.yaml change roles: aws-default to roles: bootstrap')
  aws.calls.length = 0
  const again = await repository.run('bootstrap')
  assert.match(again.stdout, 'root-guard-bootstrap: nothing to do')
  assert.equal(writes(aws.calls), [])
})

test('of a stack that was rolled back is not done, although it holds the very template', async ({
  aws,
  repository,
}) => {
  aws.answer = (name) => (name === 'DescribeStacks' ? rolledBack : undefined)
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await repository.run('bootstrap')
  aws.answer = () => undefined
  assert.is(exitCode, 1, stdout)
  assert.match(stderr, 'root-guard-bootstrap: the stack is ROLLBACK_COMPLETE')
  assert.match(stderr, '--no-enable-termination-protection')
  assert.equal(writes(aws.calls), [])
})

test('adds a role a workflow when root-guard.yaml names the repository', async ({ aws, repository }) => {
  repository.edit('relayRegions: []', `relayRegions: []\n${GITHUB}`)
  await repository.run('generate')
  const { exitCode, stdout, stderr } = await repository.run('bootstrap')
  assert.is(exitCode, 0, stderr)
  assert.match(stdout, 'role of the workflow deploy: arn:aws:iam::111122223333:role/root-guard-deploy')
  const { Role } = await iam(aws).send(new GetRoleCommand({ RoleName: 'root-guard-deploy' }))
  const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')
  assert.match(trust, '"repo:example/guard:environment:production"')
  assert.match(trust, '"repo:example@1111/guard@2222:environment:production"')
  const { stdout: doctor } = await repository.run('doctor')
  assert.match(doctor, /✓ github +root-guard-drill trusts this repository/)
})

test('a deploy uses its roles when root-guard.yaml says so, and a change of them is an update', async ({
  aws,
  repository,
}) => {
  assert.is((await repository.run('deploy')).exitCode, 0)
  repository.edit('relayRegions: []', 'relayRegions: []\nstackSets: {roles: bootstrap}')
  await repository.run('generate')

  // The roles were deployed without a boundary.
  aws.calls.length = 0
  const refused = await repository.run('deploy')
  assert.is(refused.exitCode, 2)
  assert.match(refused.stderr, `${GUARD_ROLES.join(', ')}: no boundary is on these roles yet`)
  assert.match(refused.stderr, '→ npm run bootstrap, as an administrator; nothing was written')
  const wouldBind = await repository.run('bootstrap', '--plan')
  assert.is(wouldBind.exitCode, 0)
  for (const role of GUARD_ROLES) assert.match(wouldBind.stdout, `bound    ${role} (by root-guard-role-boundary)`)
  assert.equal(writes(aws.calls), [])
  const bound = await repository.run('bootstrap')
  assert.is(bound.exitCode, 0, bound.stderr)
  for (const RoleName of GUARD_ROLES) {
    assert.match(bound.stdout, `${RoleName}: is under the boundary root-guard-role-boundary now`)
    const { Role } = await iam(aws).send(new GetRoleCommand({ RoleName }))
    assert.is(
      Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      'arn:aws:iam::111122223333:policy/root-guard-role-boundary',
    )
  }
  assert.match((await repository.run('bootstrap')).stdout, 'root-guard-bootstrap: nothing to do')

  const plan = await repository.run('plan')
  assert.match(
    plan.stdout,
    'the execution role: AWSCloudFormationStackSetExecutionRole → root-guard-stackset-execution',
  )
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  assert.match(stdout, 'updating, since the administration role, the execution role changed')
  aws.calls.length = 0
  assert.is((await repository.run('deploy')).exitCode, 0)
  assert.equal(writes(aws.calls), [])
})

test('finds that the account trusts GitHub already', async () => {
  const aws = await startFakecloud('111122223333')
  const repository = checkout(aws.environment)
  try {
    await iam(aws).send(
      new CreateOpenIDConnectProviderCommand({
        Url: 'https://token.actions.githubusercontent.com',
        ClientIDList: ['sts.amazonaws.com'],
        ThumbprintList: ['0'.repeat(40)],
      }),
    )
    repository.edit('relayRegions: []', `relayRegions: []\n${GITHUB}`)
    await repository.run('generate')
    const { exitCode, stderr } = await repository.run('bootstrap')
    assert.is(exitCode, 2)
    assert.match(stderr, 'the account already has an OIDC provider token.actions.githubusercontent.com')
    assert.match(stderr, '→ put oidcProvider: reuse below github in root-guard.yaml')

    repository.edit('repositoryId: "2222"}', 'repositoryId: "2222", oidcProvider: reuse}')
    await repository.run('generate')
    assert.is((await repository.run('bootstrap')).exitCode, 0)
    const { StackResourceSummaries = [] } = await new CloudFormationClient(
      clientConfig(aws.endpoint, 'ap-northeast-2'),
    ).send(new ListStackResourcesCommand({ StackName: 'root-guard-bootstrap' }))
    assert.not(StackResourceSummaries.some(({ ResourceType }) => ResourceType === 'AWS::IAM::OIDCProvider'))
  } finally {
    repository.remove()
    aws.stop()
  }
})

test.run()

function iam({ endpoint }: Fakecloud): IAMClient {
  return new IAMClient(clientConfig(endpoint, 'us-east-1'))
}
