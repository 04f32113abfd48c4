// A job of a workflow on this machine: a folder to work in, the files a runner gives its steps, and commands run in it.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeArguments } from '../../bundled-commands.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface Job {
  readonly folder: string
  /** Runs scripts/github/<command>.ts as its npm script does. */
  readonly run: (command: string, ...args: string[]) => Promise<Ran>
  /** The same folder, with more that the runner sets. */
  readonly with: (environment: Readonly<Record<string, string>>) => Pick<Job, 'run'>
  readonly read: (file: string) => string
  readonly write: (file: string, text: string) => void
  readonly remove: () => void
}

export interface Ran {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What the runner sets: `environment` over files for outputs and the summary, and nothing of this process's own. */
export function startJob(environment: Readonly<Record<string, string>> = {}): Job {
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-job-'))
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  write('summary.md', '')
  write('outputs', '')
  write('root-guard.yaml', readFileSync(join(root, 'test/root-guard.yaml'), 'utf8'))
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|GITHUB_|ROOT_GUARD_|npm_)/.test(name))
  const env = {
    ...Object.fromEntries(own),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_OUTPUT: join(folder, 'outputs'),
    ...environment,
  }
  const inEnvironment = (env: NodeJS.ProcessEnv): Pick<Job, 'run'> => ({
    run: async (command, ...args) => ran([...(await nodeArguments(`github/${command}`)), ...args], folder, env),
  })
  return {
    folder,
    ...inEnvironment(env),
    with: (more) => inEnvironment({ ...env, ...more }),
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write,
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function ran(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text
      })
    }
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, ...said }))
  })
}
