// Jobs as a runner runs them, against an account: what stops a deploy is said in the pull request, and a bad secret stops no other.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigServiceClient, PutConfigurationRecorderCommand } from '@aws-sdk/client-config-service'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sampleSecrets } from '../../scripts/rehearsal/stage.ts'
import { checkout } from '../checkout.ts'
import { type GitHubStandIn, startGitHub } from '../github.ts'
import { runJob } from '../workflows/runner.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'
import { clientConfig } from './what-fakecloud-leaves-out.ts'

const GITHUB = 'github: { owner: example, ownerId: "1111", repository: root-guard, repositoryId: "2222" }'
const ROLES = 'stackSets: {roles: bootstrap}'
const SHA = 'abc1234'.padEnd(40, '0')
const OURS = {
  GITHUB_REPOSITORY_OWNER_ID: '1111',
  GITHUB_REPOSITORY_ID: '2222',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '42',
}
const pull_request = {
  number: 7,
  head: { sha: SHA, repo: { full_name: 'example/root-guard' } },
  user: { login: 'owner' },
}

interface Context {
  aws: Fakecloud
  gitHub: GitHubStandIn
  folder: string
}

const test = suite<Context>('a job on an account')

test.before.each(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.gitHub = await startGitHub()
  const pull = { number: 7, title: 'x', body: null, state: 'open', user: { login: 'owner' } } as const
  context.gitHub.issues.push({ ...pull, pull_request: {} })
  context.folder = mkdtempSync(join(tmpdir(), 'root-guard-event-'))
  writeFileSync(join(context.folder, 'event.json'), JSON.stringify({ pull_request }))
})

test.after.each(({ aws, gitHub, folder }) => {
  gitHub.close()
  aws.stop()
  rmSync(folder, { recursive: true })
})

const planOf = ({ aws, gitHub, folder }: Context, settings: string) =>
  runJob({
    job: 'plan/plan',
    generated: true,
    settings,
    vars: { ROOT_GUARD_ON: 'yes' },
    github: {
      event_name: 'pull_request',
      repository: 'example/root-guard',
      token: 'ghs_sample',
      event: { pull_request },
    },
    environment: {
      ...OURS,
      ...aws.environment,
      ...gitHub.environment,
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
    },
  })

test('is red in a pull request while a recorder is in the way, and the comment says what to do', async (context) => {
  await new ConfigServiceClient(clientConfig(context.aws.endpoint, 'ap-northeast-2')).send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: { name: 'theirs', roleARN: 'arn:aws:iam::111122223333:role/theirs' },
    }),
  )
  context.aws.calls.length = 0
  const { outcomes, summary, log } = await planOf(context, GITHUB)
  assert.equal([outcomes.compare, outcomes.plan, outcomes.comment], ['success', 'failure', 'success'], log)
  assert.match(summary, /^\*\*❌ A deploy would refuse, .* AWS Config recorder theirs/)
  const [comment] = context.gitHub.comments
  assert.match(
    comment?.body ?? '',
    /\n- ⛔ ap-northeast-2 already has the AWS Config recorder theirs.* → put recorder: reuse into root-guard\.yaml/,
  )
  assert.match(log, '::error title=plan::A deploy would refuse')
  assert.equal(writes(context.aws.calls), [])
})

test('is red in a pull request for which the bootstrap must run again', async (context) => {
  const owner = checkout(context.aws.environment)
  owner.edit('relayRegions: []', `relayRegions: []\n${GITHUB}\n${ROLES}`)
  for (const command of ['generate', 'bootstrap'] as const) {
    const { exitCode, stderr } = await owner.run(command)
    assert.is(exitCode, 0, stderr)
  }
  owner.remove()
  const { outcomes, summary, log } = await planOf(context, `${GITHUB}\n${ROLES}\nencryption: customer-key`)
  assert.is(outcomes.plan, 'failure', log)
  assert.match(
    summary,
    /^\*\*❌ A deploy would refuse, .*the stack root-guard-bootstrap is not what root-guard\.yaml comes to now/,
  )
  assert.match(context.gitHub.comments[0]?.body ?? '', '→ npm run bootstrap, as an administrator')
  const same = await planOf(context, `${GITHUB}\n${ROLES}`)
  assert.is(same.status, 'success', same.log)
})

test('of the deploy puts the good secrets and names the bad one', async (context) => {
  const { aws, gitHub } = context
  gitHub.branches.set('main', SHA)
  gitHub.environments.set('production', {
    policy: { protected_branches: false, custom_branch_policies: true },
    custom: [{ name: 'main', type: 'branch' }],
  })
  const { outcomes, summary, log } = await runJob({
    job: 'deploy/deploy',
    generated: true,
    settings: GITHUB,
    vars: { ROOT_GUARD_ON: 'yes' },
    secrets: {
      ROOT_GUARD_TELEGRAM: '{"token":"s3cr3t-of-telegram"}',
      ROOT_GUARD_NHN_SMS: JSON.stringify(sampleSecrets['nhn-sms']),
    },
    github: { event_name: 'workflow_dispatch', ref: 'refs/heads/main', token: 'ghs_sample' },
    environment: {
      ...OURS,
      ...aws.environment,
      ...gitHub.environment,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_SHA: SHA,
    },
  })
  assert.equal([outcomes.deploy, outcomes.secrets], ['success', 'failure'], log)
  assert.is(outcomes.doctor, 'failure')
  assert.match(
    summary,
    /^\*\*❌ The account is as configured, but a channel's secret is missing or wrong: ROOT\\_GUARD\\_TELEGRAM has wrong/,
  )
  assert.match(summary, '| `/root-guard/channels/nhn-sms` | created |')
  assert.match(summary, 'gh secret set ROOT_GUARD_TELEGRAM --env production')
  assert.not.match(summary, 's3cr3t')
})

test.run()
