// How a job's steps run commands, keep what they report, and end in one summary.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Job, startJob } from './job.ts'

interface Context {
  job: Job
}

const SCRIPTS = {
  plan: `node -e "require('fs').appendFileSync(process.env.GITHUB_STEP_SUMMARY, '### Plan\\n\\nNo changes in 111122223333.\\n')"`,
  drift: `node -e "console.log(JSON.stringify({findings: process.argv.slice(1)})); console.error('looking'); process.exitCode = 1" --`,
  deploy: 'exit 1',
  bench: 'echo 12 ms',
}

const GITHUB = 'github: { owner: example, ownerId: "1111", repository: guard, repositoryId: "2222" }'
/** What a runner says of the same repository. */
const OURS = {
  GITHUB_REPOSITORY: 'example/guard',
  GITHUB_REPOSITORY_OWNER_ID: '1111',
  GITHUB_REPOSITORY_ID: '2222',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_EVENT_NAME: 'push',
}

const jobs = suite<Context>('a job of commands')

jobs.before.each((context) => {
  context.job = startJob()
  context.job.write('package.json', JSON.stringify({ scripts: SCRIPTS }))
})

jobs.after.each(({ job }) => job.remove())

jobs('keeps the Markdown of a command, and puts it into the summary at the end', async ({ job }) => {
  const { exitCode, stderr } = await job.run('report', 'plan')
  assert.is(exitCode, 0, stderr)
  assert.is(job.read('summary.md'), '')
  assert.match(job.read('reports/plan.md'), 'No changes')

  assert.is((await job.run('summary')).exitCode, 0)
  assert.match(
    job.read('summary.md'),
    /^\*\*✅ Nothing was changed; [^\n]*\*\*\n\n\| npm run \| \| took \|\n\|---\|---\|---\|\n\| `plan` \| done \| \d+ s \|\n\n### Plan\n\nNo changes in \*{12}\.\n/,
  )
})

jobs('is told by the exit code of its command, whose words are printed as they are', async ({ job }) => {
  const { exitCode, stdout, stderr } = await job.run('report', 'drift', '--json', '--from', 'a "b" $HOME')
  assert.is(exitCode, 1)
  assert.equal(JSON.parse(stdout).findings, ['--json', '--from', 'a "b" $HOME'])
  assert.match(stderr, 'looking')
  assert.is(job.read('reports/drift.json'), stdout)
})

jobs('that failed says so on top of its summary, and what is wanted', async ({ job }) => {
  await job.run('report', 'plan')
  assert.is((await job.run('report', 'deploy')).exitCode, 1)
  await job.run('summary')
  assert.match(job.read('summary.md'), /^\*\*❌ The deploy did not go through: [^\n]*\*\*\n/)
  assert.match(job.read('summary.md'), '### deploy\n\nIt ended with exit code 1. The log has its words.')
})

jobs('keeps the report of each run of a command', async ({ job }) => {
  for (const option of ['first', 'second']) await job.run('report', 'drift', '--json', option)
  assert.match(job.read('reports/drift.json'), 'first')
  assert.match(job.read('reports/drift-2.json'), 'second')
})

jobs('knows no command that is no npm script, and nothing of Object.prototype', async ({ job }) => {
  for (const script of ['toString', 'dploy']) {
    const { exitCode, stderr } = await job.run('report', script)
    assert.is(exitCode, 2)
    assert.match(stderr, `there is no npm script ${script}\n  → one of: plan, drift, deploy, bench`)
  }
})

jobs(
  'drills from each Region of root-guard.yaml, and one that fails keeps none of the others back',
  async ({ job }) => {
    const drill = `node -e "process.exitCode = process.argv.includes('ap-northeast-2') ? 1 : 0" --`
    job.write('package.json', JSON.stringify({ scripts: { drill } }))
    job.write('root-guard.yaml', job.read('root-guard.yaml').replace('relayRegions: []', 'relayRegions: [us-west-2]'))
    const { exitCode, stdout } = await job.run('drills', '--through-cloudtrail')
    assert.is(exitCode, 1)
    assert.match(stdout, '3 of 4 drills came through')
    await job.run('summary')
    const rows = [...job.read('summary.md').matchAll(/^\| `drill (.*)` \| (.*) \| \d+ s \|$/gm)].map(([, way, end]) => [
      way,
      end,
    ])
    assert.equal(rows, [
      ['--from us-east-1', 'done'],
      ['--from ap-northeast-2', 'exit 1'],
      ['--from us-west-2', 'done'],
      ['--from us-east-1 --through-cloudtrail', 'done'],
    ])
  },
)

jobs.run()

const annotated = suite('what the page of a run shows')

const annotations = async (script: string, report: string, exitCode: number) => {
  const job = startJob({ GITHUB_ACTIONS: 'true' })
  const node = `require('fs').appendFileSync(process.env.GITHUB_STEP_SUMMARY, ${JSON.stringify(report)}); process.exitCode = ${exitCode}`
  job.write('command.cjs', node)
  job.write('package.json', JSON.stringify({ scripts: { [script]: 'node command.cjs' } }))
  const { stdout } = await job.run('report', script)
  job.remove()
  return stdout.split('\n').filter((line) => /^::(error|warning)/.test(line))
}

annotated('a failure, in the sentence of its summary and without an account id', async () => {
  assert.equal(await annotations('drill', '- no rule in 111122223333\n', 1), [
    '::error title=drill::The drill did not end well: no rule in ************.',
  ])
})

annotated('a warning, where everybody was reached and a channel failed', async () => {
  const [line = '', ...more] = await annotations(
    'drill',
    '- sms: a refused it, and b stood in: mend it all the same\n',
    0,
  )
  assert.match(line, /^::warning title=drill::Everybody was reached, but a channel failed/)
  assert.equal(more, [])
})

annotated('nothing, where nothing is wanted', async () => {
  assert.equal(await annotations('drill', '- every route is ready\n', 0), [])
})

annotated.run()

const outputs = suite('what a plan tells the job of the deploy')

for (const [what, report, exitCode, said] of [
  ['nothing would change: no', '### Plan\n\nNo changes: the account is as configured.\n', 0, 'no'],
  ['something would change: yes', '### Plan\n\nA deploy would change this: 1 to update.\n', 0, 'yes'],
  ['no change is not known: yes', '### Plan\n\nNo changes: the account is as configured.\n', 1, 'yes'],
] as const) {
  outputs(what, async () => {
    const job = startJob()
    job.write(
      'command.cjs',
      `require('fs').appendFileSync(process.env.GITHUB_STEP_SUMMARY, ${JSON.stringify(report)}); process.exitCode = ${exitCode}`,
    )
    job.write('package.json', JSON.stringify({ scripts: { plan: 'node command.cjs' } }))
    await job.run('report', 'plan')
    const written = job.read('outputs')
    job.remove()
    assert.match(written, new RegExp(`^changes<<(\\S+)\\n${said}\\n\\1$`, 'm'))
  })
}

outputs.run()

const masks = suite('what a log must not show')

masks('is masked before a command runs, on GitHub', async () => {
  const secret = JSON.stringify({ token: '1111:sample-token', recipients: ['010-0000-0000'] })
  const job = startJob({ GITHUB_ACTIONS: 'true', ROOT_GUARD_TELEGRAM: secret })
  job.write('package.json', JSON.stringify({ scripts: SCRIPTS }))
  const { stdout } = await job.run('report', 'bench')
  job.remove()
  const lines = stdout.trimEnd().split('\n')
  assert.is(lines.at(-1), '12 ms')
  for (const value of ['1111:sample-token', '010-0000-0000', '01000000000', '+821000000000']) {
    assert.ok(lines.includes(`::add-mask::${value}`), value)
  }
})

masks('is not printed in order to mask it, on a laptop', async () => {
  const job = startJob({ ROOT_GUARD_TELEGRAM: '{"token":"1111:sample-token"}' })
  job.write('package.json', JSON.stringify({ scripts: SCRIPTS }))
  const { stdout } = await job.run('report', 'bench')
  job.remove()
  assert.is(stdout, '12 ms\n')
})

masks('is the account id, from when root-guard.yaml is read', async () => {
  const job = startJob({ GITHUB_ACTIONS: 'true', ...OURS })
  job.write('root-guard.yaml', `${job.read('root-guard.yaml')}\n${GITHUB}\n`)
  const { exitCode, stdout } = await job.run('settings')
  const outputs = job.read('outputs')
  job.remove()
  assert.is(exitCode, 0)
  assert.match(stdout, /^::add-mask::111122223333\n/)
  for (const role of ['plan', 'deploy', 'drill', 'drift']) {
    const arn = new RegExp(`^${role}-role<<(\\S+)\\narn:aws:iam::111122223333:role/[a-z-]+-${role}\\n\\1$`, 'm')
    assert.match(outputs, arn)
  }
  assert.match(outputs, /^region<<(\S+)\nap-northeast-2\n\1$/m)
})

masks.run()

const settings = suite('what root-guard.yaml says of the workflows')

for (const [field, value] of [
  ['branch', 'trunk'],
  ['environment', 'live'],
] as const) {
  settings(`another ${field} than theirs is refused before a job signs in`, async () => {
    const job = startJob()
    const ids = 'owner: example, ownerId: "1111", repository: guard, repositoryId: "2222"'
    job.write('root-guard.yaml', `${job.read('root-guard.yaml')}\ngithub: { ${ids}, ${field}: ${value} }\n`)
    const { exitCode, stderr } = await job.run('settings')
    const outputs = job.read('outputs')
    job.remove()
    assert.equal([exitCode, outputs], [2, ''])
    assert.match(
      stderr,
      `root-guard.yaml: github.${field} is «${value}», and .github/workflows/deploy.yml deploys from the`,
    )
    assert.match(stderr, '\n  → leave it out or say ')
  })
}

settings('theirs, said in so many words, are taken', async () => {
  const job = startJob()
  const said =
    'owner: example, ownerId: "1111", repository: guard, repositoryId: "2222", branch: main, environment: production'
  job.write('root-guard.yaml', `${job.read('root-guard.yaml')}\ngithub: { ${said} }\n`)
  const { exitCode, stderr } = await job.run('settings')
  job.remove()
  assert.is(exitCode, 0, stderr)
})

const LET_IN: readonly (readonly [what: string, role: string, environment: Readonly<Record<string, string>>])[] = [
  ['deploy on main', 'deploy', {}],
  ['plan of a pull request', 'plan', { GITHUB_REF: 'refs/pull/7/merge', GITHUB_EVENT_NAME: 'pull_request' }],
  ['drill on main', 'drill', { GITHUB_EVENT_NAME: 'schedule' }],
]

const KEPT_OUT: readonly (readonly [
  what: string,
  role: string,
  environment: Readonly<Record<string, string>>,
  said: RegExp,
])[] = [
  [
    'another repository id',
    'plan',
    { GITHUB_REPOSITORY_ID: '3333' },
    /github\.repositoryId is «2222», and this job's token says «3333»\n/,
  ],
  ['another owner id', 'plan', { GITHUB_REPOSITORY_OWNER_ID: '9' }, /github\.ownerId is «1111», .* says «9»\n/],
  [
    'another spelling',
    'drift',
    { GITHUB_REPOSITORY: 'Example/guard' },
    /github\.owner is «example», .* says «Example»\n {2}→ write github: \{owner: Example, /,
  ],
  [
    'another branch',
    'drill',
    { GITHUB_REF: 'refs/heads/feature' },
    /^this job runs on refs\/heads\/feature, and the role of the drill lets in jobs on refs\/heads\/main alone\n {2}→ start it on main: --ref main /,
  ],
  [
    'a pull request, for the deploy',
    'deploy',
    { GITHUB_REF: 'refs/pull/7/merge', GITHUB_EVENT_NAME: 'pull_request' },
    /^this job runs on refs\/pull\/7\/merge/,
  ],
]

const runSettings = async (role: string, environment: Readonly<Record<string, string>>, block = GITHUB) => {
  const job = startJob({ GITHUB_ACTIONS: 'true', ...OURS, ...environment })
  job.write('root-guard.yaml', `${job.read('root-guard.yaml')}\n${block}\n`)
  const ran = await job.run('settings', '--role', role)
  const outputs = job.read('outputs')
  job.remove()
  return { ...ran, outputs }
}

for (const [what, role, environment] of LET_IN) {
  settings(`${what} goes on to sign in`, async () => {
    const { exitCode, stderr, outputs } = await runSettings(role, environment)
    assert.is(exitCode, 0, stderr)
    assert.match(outputs, `role/root-guard-${role}`)
  })
}

for (const [what, role, environment, said] of KEPT_OUT) {
  settings(`${what}: exit 2 before the sign-in, with what differs`, async () => {
    const { exitCode, stderr, outputs } = await runSettings(role, environment)
    assert.equal([exitCode, outputs], [2, ''])
    assert.match(stderr, said)
  })
}

settings('no github block: exit 2, with the block to write', async () => {
  const { exitCode, stderr } = await runSettings('plan', {}, '')
  assert.is(exitCode, 2)
  assert.match(
    stderr,
    /^root-guard\.yaml has no github block, .*\n {2}→ write github: \{owner: example, ownerId: "1111", repository: guard, repositoryId: "2222"\}; then npm run generate, npm run bootstrap/,
  )
})

settings('a role that is none: exit 2', async () => {
  const { exitCode, stderr } = await runSettings('admin', {})
  assert.is(exitCode, 2)
  assert.match(stderr, '--role is «admin»\n  → one of plan, deploy, drift, drill')
})

settings.run()
