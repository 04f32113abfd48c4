// Runs a job of a workflow on this machine as a runner does: its steps in order, each `if` and each expression by GitHub's own
// evaluator, each `run` in the workflow's shell. Actions and npm ci are played by the test.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { nodeArguments } from '../bundled-commands.ts'
import { ended } from '../child.ts'
import { type Step, workflows } from './workflow.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Outcome = 'success' | 'failure' | 'skipped'
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface Given {
  /** As `deploy/plan`. */
  readonly job: string
  readonly vars?: Readonly<Record<string, string>>
  readonly github?: Readonly<Record<string, Json>>
  /** What the runner sets beside what every job gets. */
  readonly environment?: Readonly<Record<string, string>>
  /** What of root-guard.yaml is another than in the tests' own. */
  readonly settings?: string
  /** Makes generated/ of these settings before, as the commit holds it. */
  readonly generated?: true
  readonly secrets?: Readonly<Record<string, string>>
  readonly npmCiFails?: true
  /** Whether AWS lets the job in; it does when left out. */
  readonly signInFails?: true
}

export interface JobRan {
  /** undefined: the job's own `if` skipped it. */
  readonly status: Exclude<Outcome, 'skipped'> | undefined
  /** By the step's name. */
  readonly outcomes: Readonly<Record<string, Outcome>>
  readonly summary: string
  readonly log: string
}

export async function runJob(given: Given): Promise<JobRan> {
  const [file = '', id = ''] = given.job.split('/')
  const workflow = workflows.find(({ name }) => name === file)
  const job = workflow?.jobs[id]
  if (workflow === undefined || job === undefined) throw new Error(`there is no job ${given.job}`)
  const contexts = {
    github: given.github ?? {},
    vars: given.vars ?? {},
    inputs: {},
    secrets: given.secrets ?? {},
    matrix: {},
    needs: {},
  }
  if (!isTrue(job.if, contexts, 'success')) return { status: undefined, outcomes: {}, summary: '', log: '' }

  const folder = workspace(given.settings ?? '')
  if (given.generated) await generate(folder)
  const shell = workflow.defaults.run?.shell ?? ''
  const outcomes: Record<string, Outcome> = {}
  const steps: Record<string, { readonly outcome: Outcome; readonly outputs: Readonly<Record<string, string>> }> = {}
  let status: Exclude<Outcome, 'skipped'> = 'success'
  let log = ''
  for (const step of job.steps) {
    const now = { ...contexts, steps, job: { status } }
    let outcome: Outcome = 'skipped'
    let outputs = {}
    if (isTrue(step.if, now, status)) {
      const ran = await runStep(step, { folder, shell, given, expand: (text) => expanded(text, now, status) })
      outcome = ran.outcome
      outputs = ran.outputs
      log += ran.log
    }
    outcomes[step.name ?? ''] = outcome
    if (step.id !== undefined) steps[step.id] = { outcome, outputs }
    if (outcome === 'failure') status = 'failure'
  }
  const summary = readFileSync(join(folder, 'summary.md'), 'utf8')
  rmSync(folder, { recursive: true })
  return { status, outcomes, summary, log }
}

/** A checkout without packages; its root-guard.yaml is the tests' own. */
function workspace(settings: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-runner-'))
  for (const name of ['scripts', 'handlers', 'templates-src', 'tsconfig.json'])
    symlinkSync(join(root, name), join(folder, name))
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  writeFileSync(
    join(folder, 'root-guard.yaml'),
    `${readFileSync(join(root, 'test/root-guard.yaml'), 'utf8')}\n${settings}\n`,
  )
  writeFileSync(join(folder, 'summary.md'), '')
  return folder
}

async function generate(cwd: string): Promise<void> {
  const child = spawn(process.execPath, [...(await nodeArguments('generate'))], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { exitCode, stderr } = await ended(child)
  if (exitCode !== 0) throw new Error(stderr)
}

interface Place {
  readonly folder: string
  readonly shell: string
  readonly given: Given
  readonly expand: (text: string) => string
}

interface StepRan {
  readonly outcome: Outcome
  readonly outputs: Readonly<Record<string, string>>
  readonly log: string
}

async function runStep({ run, uses = '', env = {} }: Step, { folder, shell, given, expand }: Place): Promise<StepRan> {
  const played = (failed: boolean | undefined): StepRan => ({
    outcome: failed ? 'failure' : 'success',
    outputs: {},
    log: '',
  })
  if (run === undefined) return played(uses.startsWith('aws-actions/') && given.signInFails)
  if (run.startsWith('npm ci')) {
    if (!given.npmCiFails) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    return played(given.npmCiFails)
  }
  const files = { outputs: join(folder, 'outputs'), script: join(folder, 'step.sh') }
  writeFileSync(files.outputs, '')
  writeFileSync(files.script, run)
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|GITHUB_|ROOT_GUARD_|npm_)/.test(name))
  const [program = '', ...args] = shell.replace('{0}', files.script).split(' ')
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(own),
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: files.outputs,
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      ...given.environment,
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(String(value))])),
    },
  })
  const { exitCode, stdout, stderr } = await ended(child)
  return { outcome: exitCode === 0 ? 'success' : 'failure', outputs: outputsIn(files.outputs), log: stdout + stderr }
}

/** As @actions/core writes them: a name, a delimiter, the value. */
function outputsIn(file: string): Readonly<Record<string, string>> {
  const found = readFileSync(file, 'utf8').matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]))
}

type Contexts = Readonly<Record<string, Json>>
const statusFunctions = ['success', 'failure', 'always', 'cancelled'] as const

/** A condition that asks for no status holds only while nothing has failed. */
function isTrue(condition: string | undefined, contexts: Contexts, status: string): boolean {
  const text = (condition ?? 'success()').replace(/^\$\{\{([\s\S]*)\}\}$/, '$1')
  const asksStatus = statusFunctions.some((name) => text.includes(`${name}(`))
  return evaluated(asksStatus ? text : `success() && (${text})`, contexts, status) === 'true'
}

function expanded(text: string, contexts: Contexts, status: string): string {
  return text.replaceAll(/\$\{\{([\s\S]*?)\}\}/g, (_, expression: string) => evaluated(expression, contexts, status))
}

function evaluated(expression: string, contexts: Contexts, status: string): string {
  const truths = { success: status === 'success', failure: status === 'failure', always: true, cancelled: false }
  const functions = statusFunctions.map((name) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(truths[name]),
  }))
  const { tokens } = new Lexer(expression).lex()
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse()
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary
  const result = new Evaluator(parsed, context, new Map(functions.map((one) => [one.name, one]))).evaluate()
  return result.kind === data.Kind.Boolean ? String(result.value) : result.coerceString()
}
