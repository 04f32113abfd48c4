// What every workflow runs and when: pinned actions, npm scripts, nothing of strangers' in a shell, ends and schedules.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { deployment } from '../../scripts/lib/github/deployment.ts'
import { allJobs, allSteps, type Job, roleOf, workflows } from './workflow.ts'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
const runs = allSteps.filter(({ step }) => step.run !== undefined)

const pinned = suite('what workflows run')

const ALLOWED = [
  'actions/checkout',
  'actions/setup-node',
  'actions/setup-python',
  'aws-actions/configure-aws-credentials',
]

pinned('actions are four, each at one commit, with its version beside it', () => {
  const used = workflows.flatMap(({ text }) => [...text.matchAll(/uses: *(.*)$/gm)].map(([, what = '']) => what))
  assert.ok(used.length >= allSteps.filter(({ step }) => step.uses).length)
  for (const what of used) assert.match(what, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  assert.equal([...new Set(used.map((what) => what.split('@')[0]))].sort(), ALLOWED)
  assert.is(new Set(used).size, ALLOWED.length)
})

/** Beside npm scripts: what installs. */
const LINES = [
  'npm ci --ignore-scripts --no-audit --no-fund',
  'npm ci --ignore-scripts --no-audit --no-fund --prefix test/iam',
  'pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt',
  'pip install --quiet --disable-pip-version-check --require-hashes -r .ci/checkov-requirements.txt',
]

/** Of .ci/run: what only it can do, since it takes longer to build than a change should wait. */
const LEFT_TO_THE_GATE = ['test:aws']

pinned(
  'a change is not merged before it has passed each npm script of .ci/run, but for what is built for half an hour',
  () => {
    const gate = [...read('.ci/run').matchAll(/\bnpm (?:run (?:--silent )?([\w:]+)|(test|start)\b)/g)].map(
      ([, script, short]) => script ?? short ?? '',
    )
    // .ci/run has the two checkers in functions of its own, and the parts of `check` one by one.
    const wished = new Set([...gate, 'check', 'check:templates', 'check:security'])
    for (const part of ['check:types', 'check:format', 'generate', ...LEFT_TO_THE_GATE])
      assert.ok(wished.delete(part), part)
    const ci = runs
      .filter(({ id }) => id.startsWith('ci/'))
      .map(({ step }) => step.run?.split(' -- ')[1]?.split(' ')[0])
    assert.equal([...new Set(ci.filter(Boolean))].sort(), [...wished].sort())
  },
)

pinned('each step is an npm script, or one line that installs', () => {
  for (const { id, step } of runs) {
    const line = step.run ?? ''
    assert.not.match(line, '\n', id)
    const [, script = '', reported = ''] = /^npm run (\S+)(?: -- (\S+))?/.exec(line) ?? []
    const names = script === 'github:report' ? [script, reported] : [script]
    const known = names.every((name) => scripts.includes(name)) && !/[;|&<>`()]/.test(line)
    assert.ok(known || LINES.includes(line), `${id}: ${line}`)
  }
})

pinned('no expression stands in a shell line: what strangers wrote is handed over as a variable, in quotes', () => {
  for (const { id, step } of runs) {
    assert.not.match(step.run ?? '', /\$\{\{/, id)
    const bare = (step.run ?? '').replaceAll(/"\$\w+"/g, '').replaceAll(/\$\{\w+:\+[^}$]*\}/g, '')
    assert.not.match(bare, '$', id)
  }
})

/** What the step's line hands to npm, in the workflow's own shell. */
function wordsOf(line: string, shell: string, environment: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-step-'))
  const script = join(folder, 'step.sh')
  writeFileSync(script, `npm() { printf '%s\\0' "$@"; }\n${line}\n`)
  const [program = '', ...args] = shell.replace('{0}', script).split(' ')
  const out = execFileSync(program, args, { env: { PATH: process.env.PATH, ...environment }, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return out.split('\0').slice(0, -1)
}

pinned('drift has people told where root-guard.yaml says so', () => {
  const { workflow, step } = runs.find(({ id, step }) => id === 'drift/drift' && step.name === 'drift') ?? {}
  const words = (ALERT: string) => wordsOf(step?.run ?? '', workflow?.defaults.run?.shell ?? '', { ALERT })
  assert.equal(words(''), ['run', 'github:report', '--', 'drift', '--json'])
  assert.equal(words('yes').slice(-1), ['--alert'])
  assert.match(String(step?.env?.ALERT), 'steps.settings.outputs.drift-alert')
})

pinned('a push whose plan fails before it is made does not leave the plan of the last push standing', () => {
  const { plan } = workflows.find(({ name }) => name === 'plan')?.jobs ?? {}
  assert.is(plan?.needs, undefined)
  const comment = plan?.steps.find(({ run }) => run?.startsWith('npm run github:comment'))
  assert.is(comment?.if, expression('!cancelled()'))
  assert.is(comment?.run, 'npm run github:comment -- --file reports/plan.md --even-without')
})

pinned('what somebody types into test alert reaches the drill as one word, and nothing else does', () => {
  const { workflow, step } = runs.find(({ id, step }) => id === 'test-alert/drill' && step.name === 'drill') ?? {}
  const words = (environment: Readonly<Record<string, string>>) =>
    wordsOf(step?.run ?? '', workflow?.defaults.run?.shell ?? '', environment)
  const before = ['run', 'github:report', '--', 'drill']
  const nothing = { REGION: '', SEND: '', CHANNEL: '', KIND: '', WAY: '' }
  assert.equal(words(nothing), before)
  assert.equal(words({ ...nothing, WAY: 'through-cloudtrail' }), [...before, '--through-cloudtrail'])
  assert.equal(words({ ...nothing, REGION: '$(id); *', SEND: 'yes', CHANNEL: 'nhn-sms', KIND: '"a b" `id` --x' }), [
    ...[...before, '--from', '$(id); *', '--send', '--channel', 'nhn-sms', '--kind', '"a b" `id` --x'],
  ])
  assert.equal(Object.keys(step?.env ?? {}).sort(), ['CHANNEL', 'KIND', 'REGION', 'SEND', 'WAY'])
})

pinned('a shell stops at the first failure, also of a pipe, and at a variable that is not set', () => {
  for (const { name, defaults } of workflows) assert.match(defaults.run?.shell ?? '', ' -euo pipefail ', name)
  for (const { id, step } of runs) assert.is(step.shell, undefined, id)
})

pinned('every job ends with its summary, also when it failed, was stopped or took too long', () => {
  for (const { id, job } of allJobs) {
    const last = job.steps.at(-1)
    assert.is(last?.run, 'npm run github:summary', id)
    assert.match(last?.if ?? '', 'always()', id)
  }
})

pinned('every channel can be tried by hand, and has a secret in the deploy', () => {
  const schema = JSON.parse(read('generated/root-guard.schema.json'))
  const channels: string[] = schema.properties.routes.additionalProperties.items.enum
  const alert = workflows.find(({ name }) => name === 'test-alert')?.on.workflow_dispatch as {
    inputs: { channel: { options: string[] } }
  }
  const secrets = Object.keys(allSteps.find(({ step }) => step.run?.endsWith(' secrets'))?.step.env ?? {})
  for (const channel of channels) {
    assert.ok(alert.inputs.channel.options.includes(channel), channel)
    assert.ok(secrets.includes(`ROOT_GUARD_${channel.toUpperCase().replaceAll('-', '_')}`), channel)
  }
})

pinned('what the commands and pages say to type starts a workflow with options that it has', () => {
  const advice = sources().flatMap(({ file, text }) =>
    [...text.matchAll(/gh workflow run ('[^']+'|[\w-]+)((?: -f \S+=\S+)*)/g)].map(([, name = '', options = '']) => ({
      file,
      workflow: workflows.find((one) => one.title === name.replaceAll("'", '')),
      options: [...options.matchAll(/ -f (\S+?)=([^\s`'"]+)/g)].map(([, option = '', value = '']) => ({
        option,
        value,
      })),
    })),
  )
  assert.ok(advice.some(({ file }) => file === 'scripts/lib/drill/trail.ts'))
  for (const { file, workflow, options } of advice) {
    assert.ok(workflow !== undefined && 'workflow_dispatch' in workflow.on, file)
    const { inputs = {} } = (workflow.on.workflow_dispatch ?? {}) as { readonly inputs?: Record<string, Input> }
    for (const { option, value } of options) {
      const said = `${file}: -f ${option}=${value}`
      assert.ok(Object.hasOwn(inputs, option), said)
      assert.ok(inputs[option]?.options?.includes(value) ?? true, said)
    }
  }
})

interface Input {
  readonly options?: readonly string[]
}

function sources(): readonly { readonly file: string; readonly text: string }[] {
  const files = execFileSync('git', ['ls-files', '*.md', 'scripts', '.github'], { encoding: 'utf8' }).trim().split('\n')
  return files.filter((file) => existsSync(file)).map((file) => ({ file, text: read(file) }))
}

pinned(
  'whatever is pinned is kept up to date: actions, and every folder with a lockfile or pinned requirements',
  () => {
    const { updates } = parse(read('.github/dependabot.yml')) as { readonly updates: readonly Update[] }
    const kept = updates.flatMap(({ 'package-ecosystem': kind, directory, directories = [directory ?? ''] }) =>
      directories.map((folder) => `${kind} ${folder}`),
    )
    const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n')
    const folders = (kind: string, file: RegExp) =>
      files.filter((name) => file.test(name)).map((name) => `${kind} /${dirname(name).replace(/^\.$/, '')}`)
    const wished = [
      'github-actions /',
      ...folders('npm', /(^|\/)package-lock\.json$/),
      ...folders('pip', /requirements\.txt$/),
    ]
    assert.equal([...new Set(kept)].sort(), [...new Set(wished)].sort())
  },
)

interface Update {
  readonly 'package-ecosystem': string
  readonly directory?: string
  readonly directories?: readonly string[]
}

pinned.run()

const after = suite('what a deploy leads to')

after('a drill follows what was deployed, also when a secret is missing or the doctor found something', () => {
  const { deploy, drill } = workflows.find(({ name }) => name === 'deploy')?.jobs ?? {}
  assert.is(drill?.needs, 'deploy')
  assert.is(drill?.if, expression("!cancelled() && needs.deploy.outputs.deployed == 'yes'"))
  assert.equal(deploy?.outputs, { deployed: expression("steps.deploy.outcome == 'success' && 'yes' || ''") })
  assert.ok(deploy?.steps.some(({ id, run }) => id === 'deploy' && run === 'npm run github:report -- deploy'))
})

after('nobody is asked to approve what changes nothing, but where somebody started it', () => {
  const { plan, deploy } = workflows.find(({ name }) => name === 'deploy')?.jobs ?? {}
  assert.equal(plan?.outputs, { changes: expression('steps.plan.outputs.changes') })
  assert.ok(plan?.steps.some(({ id, run }) => id === 'plan' && run === 'npm run github:report -- plan'))
  assert.match(deploy?.if ?? '', "(github.event_name == 'workflow_dispatch' || needs.plan.outputs.changes != 'no')")
})

function expression(text: string): string {
  return ['$', `{{ ${text} }}`].join('')
}

after.run()

const timed = suite('when workflows run')

timed('every job has an end, on a system that does not change under it', () => {
  for (const { id, job } of allJobs) {
    const minutes = job['timeout-minutes'] ?? Number.POSITIVE_INFINITY
    assert.ok(minutes <= (roleOf[id] === 'deploy' ? 60 : 30), id)
    assert.is(job['runs-on'], 'ubuntu-24.04', id)
  }
})

timed('one at a time; what changes or asks the account is never stopped half-way', () => {
  for (const { name, concurrency } of workflows) {
    assert.ok(concurrency.group, name)
    if (!['ci', 'plan'].includes(name)) assert.is(concurrency['cancel-in-progress'], false, name)
  }
  assert.is(workflows.find(({ name }) => name === 'deploy')?.concurrency.group, 'deploy')
})

timed('schedules keep off the full and the half hour, and each is some job’s', () => {
  for (const { name, on, jobs } of workflows) {
    const schedule = (on.schedule ?? []) as readonly { readonly cron: string }[]
    for (const { cron } of schedule) {
      assert.not.match(cron, /^(\*|0|30|\S*[/,-]\S*) /, name)
      if (schedule.length > 1)
        assert.ok(
          Object.values(jobs).some((job) => job.if?.includes(`'${cron}'`)),
          cron,
        )
    }
  }
})

timed.run()

const told = suite('what an owner must set')

told('the table in docs/set-up.md has every variable and secret that workflows read, and no other', () => {
  const used = workflows.flatMap(({ text }) => [...text.matchAll(/\b(vars|secrets)\.(\w+)/g)].map(([name]) => name))
  const rows = [...read('docs/set-up.md').matchAll(/^\| `((?:vars|secrets)\.\w+)` \|/gm)].map(([, name = '']) => name)
  assert.equal([...new Set(rows)].sort(), [...new Set(used)].sort())
  assert.is(rows.length, new Set(rows).size)
})

told('the rule for main in docs/set-up.md asks for every job of a pull request, and no other', () => {
  const [, rule = ''] = /rulesets --input - <<'JSON'\n([\s\S]*?)\nJSON\n/.exec(read('docs/set-up.md')) ?? []
  const { rules, conditions } = JSON.parse(rule) as { rules: readonly Rule[]; conditions: unknown }
  assert.equal(conditions, { ref_name: { include: [`refs/heads/${deployment.branch}`], exclude: [] } })
  const checks = rules.find(({ type }) => type === 'required_status_checks')?.parameters?.required_status_checks ?? []
  const names = workflows
    .filter(({ on }) => 'pull_request' in on)
    .flatMap(({ jobs }) => Object.values(jobs).flatMap(namesOf))
  assert.equal(checks.map(({ context }) => context).sort(), names.sort())
})

interface Rule {
  readonly type: string
  readonly parameters?: { readonly required_status_checks?: readonly { readonly context: string }[] }
}

/** As checks are called: one a value of the matrix, whose place GitHub's parser writes as {0}. */
function namesOf({ name = '', strategy }: Job): readonly string[] {
  const [, text = name, key = ''] = /format\('([^']*)', matrix\.(\w+)\)/.exec(name) ?? []
  return (strategy?.matrix[key] ?? ['']).map((value) => text.replace('{0}', String(value)))
}

told.run()
