// A copy of the checkout, in which the blocks of the pages are run as somebody runs them who has just cloned it.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ended, type Ran } from '../child.ts'
import { root } from './pages.ts'

export interface Copy {
  readonly folder: string
  /** Runs the code in bash; nothing of it may reach a real account. */
  readonly shell: (code: string) => Promise<Ran>
  readonly remove: () => void
}

export function copy(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-docs-'))
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  for (const file of tracked) cpSync(join(root, file), join(folder, file))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return { folder, shell: (code) => shell(code, folder), remove: () => rmSync(folder, { recursive: true }) }
}

/** This process's environment without what commands read of AWS, GitHub or npm. */
export function quietEnvironment(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|GITHUB_|npm_)/.test(name)))
}

function shell(code: string, cwd: string): Promise<Ran> {
  const env = { ...quietEnvironment(), AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }
  const child = spawn('bash', ['-euo', 'pipefail', '-c', code], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return ended(child)
}
