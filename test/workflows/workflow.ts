// The workflows as GitHub's own parser reads them: validated, and as plain data. An expression is a text: ${{ … }}.
import { readdirSync, readFileSync } from 'node:fs'
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'

export interface Workflow {
  /** Of its file: `deploy`. */
  readonly name: string
  /** As people see it, and as gh takes it: `test alert`. */
  readonly title: string
  readonly text: string
  /** What GitHub would refuse. */
  readonly errors: readonly string[]
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: unknown
  readonly concurrency: { readonly group?: unknown; readonly 'cancel-in-progress'?: unknown }
  readonly defaults: { readonly run?: { readonly shell?: string } }
  readonly jobs: Readonly<Record<string, Job>>
}

export interface Job {
  readonly name?: string
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> }
  readonly if?: string
  readonly needs?: string
  readonly environment?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'runs-on'?: string
  readonly 'timeout-minutes'?: number
  readonly env?: Readonly<Record<string, string>>
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

export interface Step {
  readonly id?: string
  readonly name?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly shell?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}

const folder = new URL('../../.github/workflows/', import.meta.url)

const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file))

export const workflows: readonly Workflow[] = await Promise.all(files.map(readWorkflow))

/** `id` is `deploy/drill`: the workflow, and the job in it. */
export const allJobs = workflows.flatMap((workflow) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ workflow, id: `${workflow.name}/${id}`, job })),
)

export const allSteps = allJobs.flatMap(({ workflow, id, job }) =>
  job.steps.map((step) => ({ workflow, id, job, step })),
)

/** The role each job signs in with; a job that is not here has no business in the account. */
export const roleOf: Readonly<Record<string, string>> = {
  'plan/plan': 'plan',
  'deploy/plan': 'plan',
  'deploy/deploy': 'deploy',
  'deploy/drill': 'drill',
  'drift/drift': 'drift',
  'nightly/check': 'drill',
  'nightly/send': 'drill',
  'test-alert/drill': 'drill',
}

async function readWorkflow(file: string): Promise<Workflow> {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter())
  const invalid = () => context.errors.getErrors().map(({ message }) => message)
  if (value === undefined) throw new Error(invalid().join('\n'))
  const converted = await convertWorkflowTemplate(context, value)
  const errors = [...invalid(), ...(converted.errors ?? []).map(({ Message }) => Message)]
  const data = plain(value.toJSON()) as Omit<Workflow, 'title' | 'text' | 'errors'>
  return { ...data, on: events(data.on), name: file.replace(/\.ya?ml$/, ''), title: data.name, text, errors }
}

/** What the parser's tokens are in JSON: a scalar is itself, the rest says its type. */
type Token =
  | null
  | string
  | number
  | boolean
  | { readonly type: number; readonly seq: readonly Token[] }
  | { readonly type: number; readonly map: readonly { readonly Key: Token; readonly Value: Token }[] }
  | { readonly type: number; readonly expr: string }

function plain(token: unknown): unknown {
  const one = (
    typeof token === 'object' && token !== null && 'toJSON' in token ? (token as { toJSON(): unknown }).toJSON() : token
  ) as Token
  if (typeof one !== 'object' || one === null) return one
  if ('seq' in one) return one.seq.map(plain)
  if ('map' in one) return Object.fromEntries(one.map.map(({ Key, Value }) => [String(plain(Key)), plain(Value)]))
  return `\${{ ${one.expr} }}`
}

/** `on: push`, `on: [push]` and `on: {push: …}` say the same. */
function events(on: unknown): Readonly<Record<string, unknown>> {
  if (typeof on === 'string') return { [on]: null }
  return Array.isArray(on) ? Object.fromEntries(on.map((event) => [event, null])) : (on as Record<string, unknown>)
}
