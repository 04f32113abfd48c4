// The order of a first day on a live account: the commands that only look or drill, each as its user runs it. What writes (bootstrap,
// deploy, secrets, destroy) stays with its own command.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postureRegion } from '../../../templates-src/config/schema.ts'

export interface Step {
  readonly command: 'plan' | 'doctor' | 'drift' | 'drill'
  readonly args: readonly string[]
  /** What it shows that no emulator can. */
  readonly proves: string
  /** What to do where it fails. */
  readonly fix: string
}

export const steps: readonly Step[] = [
  {
    command: 'plan',
    args: ['--fail-on-changes'],
    proves: 'AWS took the templates, each stack of them, and holds what generated/ says',
    fix: 'not deployed yet, or not all of it: npm run bootstrap, npm run deploy; the stack events below have the reason of what AWS refused',
  },
  {
    command: 'doctor',
    args: [],
    proves: 'the trail logs, the recorder records, addresses are confirmed, and the providers take the keys',
    fix: 'each ✗ of the doctor says how to fix it; an address confirms with its mail within three days, by aws sns confirm-subscription --authenticate-on-unsubscribe true',
  },
  {
    command: 'drift',
    args: [],
    proves: 'what AWS wrote out, filled in and ordered anew is read as no difference',
    fix: 'right after a deploy this is an error of Root Guard and not of the account: attach the report',
  },
  {
    command: 'drill',
    args: [],
    proves: 'EventBridge, the rule, the API and its policy, the function and its secrets work together under real IAM',
    fix: 'docs/runbooks.md, «A drill failed»; your role must be in readers of root-guard.yaml for the API to answer it',
  },
  {
    command: 'drill',
    // As late as the figures of the mail come.
    args: ['--send', '--mail-wait', '300'],
    proves: 'carriers deliver, and the topic takes what EventBridge publishes, under its policy and key',
    fix: 'docs/runbooks.md, «A drill failed», has a row for each sentence; look at the phones and the mailboxes as well',
  },
  {
    command: 'drill',
    args: ['--from', postureRegion],
    proves: 'the relay puts events on the bus of us-east-1, with its role and its target as AWS takes them',
    fix: `docs/runbooks.md, «A drill failed»: the rules, the role and the dead letters of the relay are in ${postureRegion}`,
  },
]

export interface Ran {
  readonly step: Step
  /** Undefined where it was not reached. */
  readonly exitCode: number | undefined
  readonly seconds: number
  /** The report of the command itself. */
  readonly markdown: string
}

export interface Running {
  /** With --json stdout is the report's alone. */
  readonly output: 'stdout' | 'stderr'
  readonly keepGoing: boolean
  readonly note: (line: string) => void
}

/** Runs them in order up to the first that fails; those behind it are answered as not reached. */
export async function runSteps({ output, keepGoing, note }: Running): Promise<readonly Ran[]> {
  const ran: Ran[] = []
  for (const [index, step] of steps.entries()) {
    const stopped = !keepGoing && ran.some(({ exitCode }) => exitCode !== 0)
    if (!stopped) note(`\n${index + 1} of ${steps.length}: ${typed(step)}`)
    ran.push(stopped ? { step, exitCode: undefined, seconds: 0, markdown: '' } : await run(step, output))
  }
  return ran
}

export function typed({ command, args }: Pick<Step, 'command' | 'args'>): string {
  return `npm run ${command}${args.length === 0 ? '' : ` -- ${args.join(' ')}`}`
}

async function run(step: Step, output: Running['output']): Promise<Ran> {
  const started = Date.now()
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-first-day-'))
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, '')
  try {
    const file = fileURLToPath(new URL(`../../${step.command}.ts`, import.meta.url))
    // The loader of TypeScript is among this process's own arguments.
    const child = spawn(process.execPath, [...process.execArgv, file, ...step.args], {
      stdio: ['ignore', output === 'stderr' ? process.stderr : 'inherit', 'inherit'],
      env: { ...process.env, GITHUB_STEP_SUMMARY: summary },
    })
    const exitCode = await new Promise<number>((done, failed) => {
      child.once('error', failed)
      // A command ended by a signal has no code.
      child.once('close', (code) => done(code ?? 1))
    })
    const seconds = Math.round((Date.now() - started) / 1000)
    return { step, exitCode, seconds, markdown: readFileSync(summary, 'utf8').trim() }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
