// What every command does alike: options, --help, --json, the job summary, errors and exit codes.
import { parseArgs } from 'node:util'
import { SettingsError } from '../../templates-src/config/problem.ts'

export interface Command {
  /** As it is typed: `npm run deploy`. */
  readonly usage: string
  /** One sentence. */
  readonly purpose: string
  /** What --help says after the options: exit codes of its own, examples. */
  readonly details?: string
  /** The AWS actions it calls, as IAM names them. */
  readonly permissions?: readonly string[]
  readonly options?: Readonly<Record<string, OptionHelp>>
  readonly run: (options: Readonly<Record<string, string | boolean | undefined>>, notes: Notes) => Promise<Outcome>
}

export type OptionHelp =
  | { readonly type: 'boolean'; readonly help: string }
  /** `value` is what --help shows after the option's name. */
  | { readonly type: 'string'; readonly value: string; readonly help: string }

export interface Notes {
  /** A line about what goes on. On stderr when stdout belongs to JSON. */
  readonly note: (line: string) => void
}

export interface Outcome {
  readonly ok: boolean
  /** What a person reads last. */
  readonly text: string
  /** What a program reads with --json: a JSON value. */
  readonly json: unknown
  /** Markdown for GitHub's job summary. */
  readonly markdown?: string
}

/** An error with what to do about it. Exit 1; with `exitCode` 2 when the command was used or configured wrongly. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  constructor(
    message: string,
    readonly hint: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message)
  }
}

/** Runs the command with the arguments of this process and sets its exit code: 0 fine, 1 failed, 2 used wrongly. */
export async function main(command: Command): Promise<void> {
  // The SDK warns on Node 20 of releases from 2027 on; the lockfile decides which one is used here.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const json = process.argv.includes('--json')
  const notes: Notes = { note: (line) => (json ? process.stderr : process.stdout).write(`${line}\n`) }
  try {
    refuseWhatNpmKept(command)
    const { values } = parseArgs({ options: optionsOf(command), strict: true, allowPositionals: false })
    if (values.help) {
      process.stdout.write(help(command))
      return
    }
    const outcome = await command.run(values as Record<string, string | boolean | undefined>, notes)
    process.stdout.write(json ? `${JSON.stringify(outcome.json, null, 2)}\n` : `${outcome.text}\n`)
    await summarize(outcome.markdown)
    process.exitCode = outcome.ok ? 0 : 1
  } catch (error) {
    const text = explain(error, command)
    process.stderr.write(`${text}\n`)
    // A program and a job's summary learn of a failure, too, and not only of results.
    if (json) process.stdout.write(`${JSON.stringify({ error: failureOf(error, text, command) }, null, 2)}\n`)
    await summarize(`### ${command.usage} failed\n\n${fenced(text)}\n`)
    process.exitCode = exitCodeOf(error)
  }
}

async function summarize(markdown: string | undefined): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY || !markdown) return
  // Only where it is needed: it takes longer to load than most commands take to begin.
  const { summary } = await import('@actions/core')
  try {
    await summary.addRaw(markdown, true).write()
  } catch (error) {
    // What the command came to is printed all the same.
    process.stderr.write(`the job summary cannot be written: ${(error as Error).message}\n`)
  }
}

interface Failure {
  readonly message: string
  readonly hint: string
  /** Of root-guard.yaml: each by file, line and field. */
  readonly problems?: SettingsError['problems']
}

function failureOf(error: unknown, text: string, { usage }: Command): Failure {
  if (error instanceof CommandError) return { message: error.message, hint: error.hint }
  if (error instanceof SettingsError) {
    return { message: text, hint: `mend what is named, then ${usage} again`, problems: error.problems }
  }
  const hint = isUsageError(error) ? `${usage} -- --help lists the options` : ''
  return { message: (error as Error).message, hint }
}

/** What AWS says may hold back-ticks, so the fence is longer than the longest run of them. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

const everywhere = {
  json: { type: 'boolean', help: 'print JSON alone on stdout, notes on stderr' },
  help: { type: 'boolean', help: 'print this' },
} as const satisfies Record<string, OptionHelp>

/** Options of ours that npm has as well, and that people may have set for it. */
const npmHasToo = ['yes', 'only', 'name']

/** Of what stands before `--` npm makes settings of its own, and a drill that was to send would send nothing. */
function refuseWhatNpmKept({ usage, options = {} }: Command): void {
  const kept = Object.entries(options).filter(
    ([name]) => !npmHasToo.includes(name) && process.env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined,
  )
  if (kept.length === 0) return
  const typed = kept.map(([name, option]) => typedAs(name, option)).join(' ')
  throw new CommandError(
    `npm kept ${typed} for itself`,
    `what stands after -- is the command's: ${usage} -- ${typed}`,
    2,
  )
}

function typedAs(name: string, option: OptionHelp): string {
  return option.type === 'string' ? `--${name} ${option.value}` : `--${name}`
}

function optionsOf(command: Command) {
  const all: Record<string, OptionHelp> = { ...command.options, ...everywhere }
  return Object.fromEntries(Object.entries(all).map(([name, { type }]) => [name, { type }]))
}

function help(command: Command): string {
  const options = Object.entries<OptionHelp>({ ...command.options, ...everywhere }).map(([name, option]) => ({
    typed: typedAs(name, option),
    help: option.help,
  }))
  const width = Math.max(...options.map(({ typed }) => typed.length))
  const rows = options.map(({ typed, help }) => `  ${typed.padEnd(width)}  ${help}`)
  const details = command.details === undefined ? [] : ['', command.details]
  const permissions =
    command.permissions === undefined ? [] : ['', 'AWS permissions it needs:', ...byService(command.permissions)]
  const usage = `usage: ${command.usage} -- [options]`
  return `${[command.purpose, '', usage, '', ...rows, ...details, ...permissions].join('\n')}\n`
}

/** `s3:A`, `s3:B` as one line: `s3: A, B`. */
function byService(actions: readonly string[]): readonly string[] {
  const services = [...new Set(actions.map((action) => action.split(':')[0] ?? ''))].sort()
  return services.map((service) => {
    const names = actions
      .filter((action) => action.startsWith(`${service}:`))
      .map((action) => action.slice(service.length + 1))
    return wrapped(`  ${service}: `, [...new Set(names)].sort())
  })
}

/** No line is longer than a page of documents is wide; what goes on is indented. */
function wrapped(opening: string, names: readonly string[]): string {
  const lines = ['']
  for (const name of names) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && opening.length + line.length + name.length > 116) lines.push(name)
    else lines[lines.length - 1] = line === '' ? name : `${line}, ${name}`
  }
  return opening + lines.join(`,\n${' '.repeat(opening.length)}`)
}

function explain(error: unknown, command: Command): string {
  if (error instanceof CommandError) return `${error.message}\n  → ${error.hint}`
  if (error instanceof SettingsError) return error.message
  const { message } = error as Error
  return isUsageError(error) ? `${message}\n  → ${command.usage} -- --help lists the options` : message
}

function exitCodeOf(error: unknown): 1 | 2 {
  if (error instanceof CommandError) return error.exitCode
  return error instanceof SettingsError || isUsageError(error) ? 2 : 1
}

function isUsageError(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')
}
