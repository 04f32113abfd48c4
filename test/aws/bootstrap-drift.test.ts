// What changed behind the bootstrap's back: who may become a role that can change the guard.
import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreatePolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnosis } from '../../scripts/lib/doctor/diagnosis.ts'
import type { Finding } from '../../scripts/lib/live/stack.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

const GITHUB = 'github: {owner: example, repository: guard, ownerId: "1111", repositoryId: "2222"}'
const test = suite<{ aws: Fakecloud; repository: Checkout }>("drift of the bootstrap's stack")

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', `relayRegions: []\n${GITHUB}`)
  await context.repository.run('generate')
  const { exitCode, stderr } = await context.repository.run('bootstrap')
  assert.is(exitCode, 0, stderr)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('there is none of a clean one', async ({ repository }) => {
  assert.equal(await differing(repository), [])
})

test('a stranger in a trust policy, a wider boundary and another audience are found and named', async ({
  aws,
  repository,
}) => {
  const iam = new IAMClient(clientConfig(aws.endpoint, 'us-east-1'))
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'root-guard-deploy' }))
  const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))
  const { StringEquals } = trust.Statement[0].Condition
  StringEquals['token.actions.githubusercontent.com:sub'].push('repo:evil/*')
  const arn = (rest: string) => `arn:aws:iam::111122223333:${rest}`
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName: 'root-guard-deploy', PolicyDocument: JSON.stringify(trust) }),
  )
  await iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: arn('policy/root-guard-stackset-boundary'),
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      }),
      SetAsDefault: true,
    }),
  )
  await iam.send(
    new AddClientIDToOpenIDConnectProviderCommand({
      OpenIDConnectProviderArn: arn('oidc-provider/token.actions.githubusercontent.com'),
      ClientID: 'theirs',
    }),
  )
  assert.equal((await differing(repository)).sort(), [
    'DeployRole: trust',
    'GitHubOidcProvider: ClientIdList',
    'StackSetBoundary: policy',
  ])
  const { stdout } = await repository.run('doctor', '--json')
  const diagnoses: readonly Diagnosis[] = JSON.parse(stdout).diagnoses
  const ill = diagnoses.filter(({ area, state }) => area === 'github' && state === 'ill').map(({ what }) => what)
  assert.is(ill.length, 1)
  assert.match(ill[0] ?? '', /^root-guard-deploy trusts .*repo:evil/)
})

test.run()

async function differing(repository: Checkout): Promise<string[]> {
  const { stdout } = await repository.run('drift', '--json')
  const findings: readonly Finding[] = JSON.parse(stdout).findings
  const ofBootstrap = findings.filter(
    ({ stackSet, state }) => stackSet === 'root-guard-bootstrap' && state !== 'waiting',
  )
  return ofBootstrap.map(({ resource, what }) => `${resource}: ${what}`)
}
