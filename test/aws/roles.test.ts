// Enough and not more: each role of generated/bootstrap.yaml does its own job with its own credentials, and is refused the
// others'. fakecloud holds every call against the role's policies; conditions, boundaries and resource policies it does not.
import { CreateServiceLinkedRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AwsClient } from 'aws4fetch'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sampleSecrets, startProviders } from '../../scripts/rehearsal/stage.ts'
import { workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'
import { token } from './github-token.ts'
import { claimsTakenOut, clientConfig } from './what-fakecloud-leaves-out.ts'

const GITHUB = 'github: {owner: example, repository: guard, ownerId: "1111", repositoryId: "2222"}'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const test = suite<{ aws: Fakecloud; repository: Checkout }>('roles')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333', { iam: 'strict' })
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', `relayRegions: []\n${GITHUB}`)
  for (const command of ['generate', 'bootstrap'] as const) {
    const { exitCode, stderr } = await context.repository.run(command)
    if (exitCode !== 0) process.stderr.write(stderr)
  }
  // Which tokens get in is trust.test.ts's to show.
  for (const role of workflowRoles) await claimsTakenOut(context.aws.endpoint, `root-guard-${role}`)
  // fakecloud asks for the right to make it on an ARN without the role's name, which AWS does not.
  const iam = new IAMClient(clientConfig(context.aws.endpoint, 'us-east-1'))
  await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }))
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('plan plans, and cannot deploy', async ({ aws, repository }) => {
  const plan = repository.as(await as(aws, 'plan', 'pull_request'))
  const { exitCode, stdout, stderr } = await plan.run('plan')
  assert.is(exitCode, 0, stdout + stderr)
  const refused = await plan.run('deploy')
  assert.is(refused.exitCode, 1)
  assert.match(refused.stdout + refused.stderr, /not authorized|AccessDenied|the role root-guard-plan needs/)
})

test('deploy deploys', async ({ aws, repository }) => {
  const deploy = repository.as(await as(aws, 'deploy', 'environment:production'))
  const { stdout, stderr } = await deploy.run('deploy')
  assert.is(stdout.match(/: \d+ s CREATE SUCCEEDED$/gm)?.length, 3, stdout + stderr)
  assert.equal(denied(stdout + stderr), [])
})

// That no other role reads a secret is for test/iam to show: fakecloud asks nobody for a right to SSM.
test('deploy puts the secrets and asks the doctor', async ({ aws, repository }) => {
  const providers = await startProviders()
  const asked = {
    TELEGRAM_URL: providers.telegram.url,
    NHN_SMS_URL: providers['nhn-sms'].url,
    SOLAPI_URL: providers['solapi-sms'].url,
    ROOT_GUARD_TELEGRAM: JSON.stringify(sampleSecrets.telegram),
    ROOT_GUARD_NHN_SMS: JSON.stringify(sampleSecrets['nhn-sms']),
    ROOT_GUARD_SOLAPI_SMS: JSON.stringify(sampleSecrets['solapi-sms']),
  }
  const deploy = repository.as({ ...(await as(aws, 'deploy', 'environment:production')), ...asked })
  const put = await deploy.run('secrets')
  assert.is(put.exitCode, 0, put.stdout + put.stderr)
  const { stdout, stderr } = await deploy.run('doctor')
  assert.match(stdout, '✓ secrets  /root-guard/channels/telegram is there and well-formed', stderr)
  assert.equal(denied(stdout + stderr), [])
  for (const provider of Object.values(providers)) await provider.close()
})

test('drift looks at everything, and cannot deploy', async ({ aws, repository }) => {
  const drift = repository.as(await as(aws, 'drift', 'ref:refs/heads/main'))
  const { stdout, stderr } = await drift.run('drift')
  assert.not.match(stdout, 'should be there')
  assert.equal(denied(stdout + stderr), [])
  repository.edit('timeZone: Asia/Seoul', 'timeZone: UTC')
  assert.is((await repository.run('generate')).exitCode, 0)
  const deploy = await drift.run('deploy')
  assert.ok(denied(deploy.stdout + deploy.stderr).length > 0, deploy.stdout + deploy.stderr)
})

test('drill puts its event and looks at the rules, and cannot detect drift', async ({ aws, repository }) => {
  const drill = repository.as(await as(aws, 'drill', 'ref:refs/heads/main'))
  // fakecloud runs no function, so no record comes, and the drill looks at every leg.
  const { stdout, stderr } = await drill.run('drill', '--wait', '1')
  assert.match(stdout, 'on the default bus of us-east-1', stderr)
  assert.equal(denied(stdout + stderr), [])
  const drift = await drill.run('drift')
  assert.ok(denied(drift.stdout + drift.stderr).length > 0, drift.stdout + drift.stderr)
})

test.run()

/** The actions refused. Buckets refuse whatever comes without TLS, as all does here, whoever asks. */
function denied(said: string): readonly string[] {
  const actions = [...said.matchAll(/not authorized to perform: ([\w-]+:\w+)/g)].map(([, action = '']) => action)
  return [...new Set(actions)].filter((action) => !action.startsWith('s3:'))
}

/** Credentials of the role, by a token as GitHub gives a job one. fakecloud wants a key it knows beside the token, and AWS none. */
async function as({ endpoint }: Fakecloud, role: string, subject: string): Promise<Record<string, string>> {
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::111122223333:role/root-guard-${role}`,
    RoleSessionName: 'run-1',
    WebIdentityToken: token({ sub: `repo:example@1111/guard@2222:${subject}` }),
  })
  const sts = new AwsClient({ accessKeyId: 'test', secretAccessKey: 'test', service: 'sts', region: 'us-east-1' })
  const answer = await (await sts.fetch(endpoint, { method: 'POST', body: body.toString(), headers: form })).text()
  const field = (name: string) => new RegExp(`<${name}>([^<]+)`).exec(answer)?.[1] ?? ''
  assert.ok(field('SessionToken'), answer)
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: field('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: field('SecretAccessKey'),
    AWS_SESSION_TOKEN: field('SessionToken'),
  }
}
