// A folder of its own with a root-guard.yaml, in which the real commands are run as a user runs them.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeArguments } from './bundled-commands.ts'
import { ended, type Ran } from './child.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

export type CommandName =
  | 'generate'
  | 'corpus'
  | 'plan'
  | 'deploy'
  | 'drift'
  | 'drill'
  | 'first-day'
  | 'doctor'
  | 'secrets'
  | 'bootstrap'
  | 'destroy'

export interface Checkout {
  readonly folder: string
  readonly run: (command: CommandName, ...args: string[]) => Promise<Ran>
  /** The same, not waited for. */
  readonly start: (command: CommandName, ...args: string[]) => Running
  /** The same folder with other AWS settings. */
  readonly as: (environment: Readonly<Record<string, string>>) => Checkout
  readonly read: (file: string) => string
  /** Replaces a piece of root-guard.yaml, which must be there. */
  readonly edit: (from: string, to: string) => void
  readonly remove: () => void
}

export interface Running {
  readonly ended: Promise<Ran>
  /** SIGKILL: no handler of it runs. */
  readonly kill: () => void
}

/** `environment` replaces this process's AWS settings: nothing under test may reach a real account. */
export function checkout(environment: Readonly<Record<string, string>>): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-'))
  writeFileSync(join(folder, 'root-guard.yaml'), readFileSync(join(root, 'test/root-guard.yaml')))
  return checkoutIn(folder, environment)
}

function checkoutIn(folder: string, environment: Readonly<Record<string, string>>): Checkout {
  const settings = join(folder, 'root-guard.yaml')
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|GITHUB_)/.test(name))
  const env = { ...Object.fromEntries(own), ...environment }
  const start: Checkout['start'] = (command, ...args) => startNode(command, args, folder, env)
  return {
    folder,
    run: (command, ...args) => start(command, ...args).ended,
    start,
    as: (other) => checkoutIn(folder, other),
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    edit: (from, to) => {
      const text = readFileSync(settings, 'utf8')
      if (!text.includes(from)) throw new Error(`root-guard.yaml does not say ${from}`)
      writeFileSync(settings, text.replace(from, to))
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function startNode(command: CommandName, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const started = nodeArguments(command).then((node) =>
    spawn(process.execPath, [...node, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }),
  )
  return { ended: started.then(ended), kill: () => void started.then((child) => child.kill('SIGKILL')) }
}
