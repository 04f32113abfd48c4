// Jobs as a runner runs them, step by step: what an owner reads when something is not set up as it must be.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startGitHub } from '../github.ts'
import { runJob } from './runner.ts'

const SWITCHED_ON = { ROOT_GUARD_ON: 'yes' }
const GITHUB = 'github: { owner: example, ownerId: "1111", repository: root-guard, repositoryId: "2222" }'
const SHA = 'a'.repeat(40)
const MAIN = {
  GITHUB_REPOSITORY: 'example/root-guard',
  GITHUB_REPOSITORY_OWNER_ID: '1111',
  GITHUB_REPOSITORY_ID: '2222',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_EVENT_NAME: 'workflow_dispatch',
  GITHUB_SHA: SHA,
}
const DISPATCHED = { event_name: 'workflow_dispatch', ref: 'refs/heads/main', token: 'ghs_sample', event: {} }
const drift = {
  job: 'drift/drift',
  vars: SWITCHED_ON,
  github: DISPATCHED,
  environment: MAIN,
  settings: GITHUB,
} as const

const test = suite('a job on a runner')

test('of a copy in which nothing is configured does not start, nor does one of a fork', async () => {
  for (const job of ['deploy/plan', 'drift/drift', 'nightly/check', 'plan/plan']) {
    const { status } = await runJob({ job, github: { ...DISPATCHED, repository: 'example/root-guard' } })
    assert.is(status, undefined, job)
  }
  const pull_request = { head: { repo: { full_name: 'stranger/root-guard' } }, user: { login: 'stranger' } }
  const fork = { event_name: 'pull_request', repository: 'example/root-guard', event: { pull_request } }
  assert.is((await runJob({ job: 'plan/plan', vars: SWITCHED_ON, github: fork })).status, undefined)
})

test('of ci on main is one of the tests: the pull request had the others', async () => {
  for (const job of ['ci/templates-and-workflows', 'ci/checkov', 'ci/rehearsal']) {
    assert.is((await runJob({ job, github: { event_name: 'push', ref: 'refs/heads/main' } })).status, undefined, job)
  }
})

test('whose npm ci failed runs nothing more, and its summary says so', async () => {
  const { status, outcomes, summary } = await runJob({ ...drift, npmCiFails: true })
  assert.is(status, 'failure')
  assert.equal(outcomes, {
    'check out': 'success',
    Node: 'success',
    install: 'failure',
    'read root-guard.yaml': 'skipped',
    'sign in to AWS': 'skipped',
    drift: 'skipped',
    issue: 'skipped',
    summary: 'success',
  })
  assert.match(summary, /^\*\*❌ npm ci failed, so no command ran/)
})

test('with the ids of another repository ends before it signs in, and says what to write', async () => {
  const { outcomes, summary } = await runJob({ ...drift, environment: { ...MAIN, GITHUB_REPOSITORY_ID: '3333' } })
  assert.equal([outcomes['read root-guard.yaml'], outcomes['sign in to AWS']], ['failure', 'skipped'])
  assert.match(summary, /^\*\*❌ This job cannot sign in to AWS with root-guard\.yaml as it is/)
  assert.match(summary, 'repository: root-guard, repositoryId: "3333"')
})

test('switched on without the bootstrap: the sign-in is the step that failed, and no command', async () => {
  const { outcomes, summary, log } = await runJob({ ...drift, signInFails: true })
  assert.equal([outcomes['sign in to AWS'], outcomes.drift], ['failure', 'skipped'])
  assert.match(
    summary,
    /^\*\*❌ AWS did not let this job in, .*has npm run bootstrap run .*docs\/trust\.md#when-nobody-gets-in/,
  )
  assert.match(log, '::add-mask::111122223333')
  assert.not.match(summary, '111122223333')
})

test('of a deploy of another branch says why it does nothing, and does not sign in', async () => {
  const gitHub = await startGitHub()
  const ref = 'refs/heads/feature'
  const { outcomes, summary } = await runJob({
    job: 'deploy/plan',
    vars: SWITCHED_ON,
    github: { ...DISPATCHED, ref },
    environment: { ...MAIN, ...gitHub.environment, GITHUB_REF: ref },
    settings: GITHUB,
  })
  const deploy = await runJob({ job: 'deploy/deploy', vars: SWITCHED_ON, github: { ...DISPATCHED, ref } })
  gitHub.close()
  assert.equal([outcomes['is this the tip of main'], outcomes['sign in to AWS']], ['failure', 'skipped'])
  assert.match(summary, 'this run is of refs/heads/feature (GITHUB_REF), and main alone is deployed')
  assert.is(deploy.status, undefined)
})

test.run()
