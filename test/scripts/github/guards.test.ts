// What a deploy asks GitHub before it signs in, as the workflow runs it: against a GitHub on this machine.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Environment, type GitHubStandIn, startGitHub } from '../../github.ts'
import { type Job, startJob } from './job.ts'

interface Context {
  standIn: GitHubStandIn
  job: Job
}

const SHA = 'a'.repeat(40)
const NEWER = 'b'.repeat(40)
const CUSTOM = { protected_branches: false, custom_branch_policies: true }
const MAIN = { name: 'main', type: 'branch' } as const

const start = async (context: Context, environment: Readonly<Record<string, string>> = {}) => {
  context.standIn = await startGitHub()
  context.standIn.branches.set('main', SHA)
  const run = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: SHA, ...environment }
  context.job = startJob({ ...context.standIn.environment, ...run })
}

const guards = suite<Context>('before the deploy signs in')

guards.before.each((context) => start(context))

guards.after.each(({ standIn, job }) => {
  standIn.close()
  job.remove()
})

guards(
  'an environment that main alone can deploy into is enough; whether somebody is asked is said',
  async (context) => {
    const { standIn, job } = context
    standIn.environments.set('production', { policy: CUSTOM, custom: [MAIN] })
    const alone = await job.run('environment', '--json')
    assert.is(alone.exitCode, 0, alone.stderr)
    assert.equal(JSON.parse(alone.stdout), { environment: 'production', branches: ['main'], reviewed: false })

    standIn.environments.set('production', { policy: CUSTOM, custom: [MAIN], reviewers: true })
    assert.match((await job.run('environment')).stdout, /alone can deploy .* once its reviewers say yes\n$/)
  },
)

const OPEN: readonly (readonly [what: string, environment: Environment | undefined, said: RegExp])[] = [
  ['is not there yet', undefined, /it is not there: GitHub makes it at its first use, open to every branch/],
  ['has no rule, as GitHub makes it', { policy: null }, /every branch can deploy into it/],
  [
    'is open to protected branches',
    { policy: { protected_branches: true, custom_branch_policies: false } },
    /every protected branch .* while no branch is protected, every branch/,
  ],
  [
    'is open to a pattern beside main',
    { policy: CUSTOM, custom: [MAIN, { name: 'release/*', type: 'branch' }] },
    /more than the branch main can deploy into it: branch release\/\*/,
  ],
  ['is open to a tag called main', { policy: CUSTOM, custom: [{ name: 'main', type: 'tag' }] }, /: tag main/],
]

for (const [what, environment, said] of OPEN) {
  guards(`an environment that ${what} is refused, with what to do`, async ({ standIn, job }) => {
    if (environment !== undefined) standIn.environments.set('production', environment)
    const { exitCode, stderr } = await job.run('environment')
    assert.is(exitCode, 1)
    assert.match(stderr, /^the environment production does not guard the deploy: /)
    assert.match(stderr, said)
    assert.match(stderr, /\n {2}→ let the branch main alone in, as step 4 of docs\/set-up\.md says/)
  })
}

guards('an environment that is not there may be one that GitHub Free does not give', async ({ job }) => {
  const { stderr } = await job.run('environment')
  assert.match(
    stderr,
    /a private repository on GitHub Free has no environments: make it public, or take GitHub Pro or Team\n$/,
  )
})

guards('an environment that the token may not see is not taken for a guarded one', async ({ standIn, job }) => {
  standIn.environments.set('production', { policy: CUSTOM, custom: [MAIN] })
  standIn.permissions.actions = 'none'
  const { exitCode, stderr } = await job.run('environment')
  assert.is(exitCode, 1)
  assert.match(stderr, /lacks a permission \(actions: read\): give it to the job/)
})

guards('the tip of main is deployed', async ({ job }) => {
  const { exitCode, stdout, stderr } = await job.run('tip')
  assert.equal([exitCode, stdout], [0, 'aaaaaaa is the tip of main\n'], stderr)
})

guards('an old run that is started again is refused once main has moved on', async ({ standIn, job }) => {
  standIn.branches.set('main', NEWER)
  const { exitCode, stderr } = await job.run('tip')
  assert.is(exitCode, 1)
  assert.match(stderr, /^this run is of aaaaaaa, and main is at bbbbbbb by now: .*\n {2}→ .*gh workflow run deploy\n$/)
})

guards('another branch than main is refused, and GitHub is not asked', async (context) => {
  context.standIn.close()
  context.job.remove()
  await start(context, { GITHUB_REF: 'refs/heads/feature' })
  const { exitCode, stderr } = await context.job.run('tip')
  assert.is(exitCode, 2)
  assert.match(stderr, /^this run is of refs\/heads\/feature \(GITHUB_REF\), and main alone is deployed\n/)
  assert.equal(context.standIn.calls, [])
})

guards('a GitHub without that branch is not taken for its tip', async ({ standIn, job }) => {
  standIn.branches.clear()
  const { exitCode, stderr } = await job.run('tip')
  assert.is(exitCode, 1)
  assert.match(stderr, /^GitHub's answer to GET git\/ref\/heads\/main is not as its documentation says: /)
})

guards.run()
