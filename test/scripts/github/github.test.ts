// The commands that write on GitHub, as a workflow runs them: against a GitHub on this machine.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type GitHubStandIn, startGitHub } from '../../github.ts'
import { type Job, startJob } from './job.ts'

interface Context {
  standIn: GitHubStandIn
  job: Job
}

const RUN = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '42',
  GITHUB_WORKFLOW: 'plan',
  GITHUB_EVENT_PATH: 'event.json',
}
const PUSHED = { pull_request: { number: 7, head: { sha: 'abc1234def'.repeat(4) } } }
const FINDING = {
  stackSet: 'root-guard-us-east-1',
  region: 'us-east-1',
  resource: 'Trail',
  type: 'AWS::CloudTrail::Trail',
  what: 'logging',
  wished: 'on',
  found: 'off',
  state: 'differs',
  hint: 'turn it on',
}

const writing = suite<Context>('writing on GitHub')

writing.before.each(async (context) => {
  context.standIn = await startGitHub()
  const pull = { number: 7, title: 'x', body: null, state: 'open', user: { login: 'someone' } } as const
  context.standIn.issues.push({ ...pull, pull_request: {} })
  context.job = startJob({ ...context.standIn.environment, ...RUN })
  context.job.write('event.json', JSON.stringify(PUSHED))
})

writing.after.each(({ standIn, job }) => {
  standIn.close()
  job.remove()
})

writing(
  'a plan: one comment on the pull request of the event, masked, with a link to its run',
  async ({ job, standIn }) => {
    job.write('plan.md', '### Plan\n\nin 111122223333\n')
    const first = await job.run('comment', '--file', 'plan.md')
    assert.is(first.exitCode, 0, first.stderr)
    assert.is(first.stdout, 'the comment plan on pull request 7 is added\n')

    job.write('plan.md', '### Plan\n\nNo changes\n')
    const second = await job.run('comment', '--file', 'plan.md', '--json')
    assert.equal(JSON.parse(second.stdout), { pullRequest: 7, name: 'plan', written: 'edited' })
    assert.is(standIn.comments.length, 1)
    assert.is(
      standIn.comments[0]?.body,
      '<!-- root-guard:plan -->\n### Plan\n\nNo changes\n\n<sub>Of commit abc1234. Written by the workflow plan in [this run](https://github.com/example/root-guard/actions/runs/42).</sub>\n',
    )
  },
)

writing(
  'no plan: the comment says so, and names the commit, rather than keeping the plan of the last',
  async (context) => {
    const { job, standIn } = context
    job.write('plan.md', '### Plan\n\nnothing to see, merge it\n')
    await job.run('comment', '--file', 'plan.md')
    const newer = { pull_request: { number: 7, head: { sha: 'fed4321'.padEnd(40, '0') } } }
    job.write('event.json', JSON.stringify(newer))
    const failed = job.with({ JOB_STATUS: 'failure' })
    const { exitCode, stderr } = await failed.run('comment', '--file', 'reports/plan.md', '--even-without')
    assert.is(exitCode, 0, stderr)
    assert.is(standIn.comments.length, 1)
    assert.is(
      standIn.comments[0]?.body,
      '<!-- root-guard:plan -->\n### No plan for fed4321\n\n❌ The job failed before its first command: checking out, or setting up Node; the log has the reason.\n\nThe run has the rest.\n\n<sub>Of commit fed4321. Written by the workflow plan in [this run](https://github.com/example/root-guard/actions/runs/42).</sub>\n',
    )
  },
)

writing('drift: one issue, opened and closed', async ({ job, standIn }) => {
  job.write('drift.json', JSON.stringify({ drift: true, findings: [FINDING] }))
  const opened = await job.run('drift-issue', '--file', 'drift.json')
  assert.is(opened.exitCode, 0, opened.stderr)
  assert.is(opened.stdout, 'the issue of drift is opened\n')
  job.write('drift.json', JSON.stringify({ drift: false, findings: [] }))
  const closed = await job.run('drift-issue', '--file', 'drift.json', '--json')
  assert.equal(JSON.parse(closed.stdout), { reported: 'closed', number: 102 })
  assert.is(standIn.issues.length, 2)
})

writing('drift that could not be looked for opens no issue, and says so', async ({ job, standIn }) => {
  job.write('drift.json', JSON.stringify({ drift: true, findings: [{ ...FINDING, state: 'unknown' }] }))
  const { exitCode, stdout } = await job.run('drift-issue', '--file', 'drift.json')
  assert.equal([exitCode, standIn.issues.length], [0, 1])
  assert.is(stdout, 'no drift was found, but not everything could be looked at: no issue is opened\n')
})

writing('what the token may not do: the permission to give it, and no stack trace', async ({ job, standIn }) => {
  standIn.permissions.issues = 'read'
  job.write('drift.json', JSON.stringify({ findings: [FINDING] }))
  const { exitCode, stderr } = await job.run('drift-issue', '--file', 'drift.json')
  assert.is(exitCode, 1)
  assert.match(
    stderr,
    /^POST \/repos\/example\/root-guard\/issues: 403: [^\n]*\n {2}→ [^\n]*\(issues: write, or [^\n]*\n$/,
  )
})

const MISUSED: readonly (readonly [what: string, args: readonly string[], said: RegExp])[] = [
  [
    'a file that is not there',
    ['comment', '--file', 'none.md'],
    /^none\.md cannot be read: .*\n {2}→ .*github:report\n$/,
  ],
  ['no file', ['comment'], /^--file is missing\n/],
  ['no number', ['comment', '--file', 'event.json', '--pull-request', '7; x'], /^--pull-request is «7; x»\n/],
  ['an unknown option', ['drift-issue', '--fiel', 'x'], /Unknown option '--fiel'/],
]

for (const [what, [command = '', ...args], said] of MISUSED) {
  writing(`${what}: exit 2, and nothing asked of GitHub`, async ({ job, standIn }) => {
    const { exitCode, stdout, stderr } = await job.run(command, ...args)
    assert.equal([exitCode, stdout], [2, ''])
    assert.match(stderr, said)
    assert.equal(standIn.calls, [])
  })
}

writing('outside of a pull request: exit 2', async ({ job }) => {
  job.write('event.json', JSON.stringify({ ref: 'refs/heads/main' }))
  const { exitCode, stderr } = await job.run('comment', '--file', 'event.json')
  assert.is(exitCode, 2)
  assert.match(stderr, /^there is no pull request to write to/)
})

writing.run()
