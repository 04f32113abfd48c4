// Which options a command takes, by its own --help.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { root } from './pages.ts'

const asked = new Map<string, Promise<readonly string[]>>()

/** `line` is the script's line in package.json; one that is no command of ours takes none. Asked once each. */
export function optionsOf(line: string): Promise<readonly string[]> {
  const [, file] = /^(?:exec )?tsx (\S+\.ts)$/.exec(line) ?? []
  if (file === undefined) return Promise.resolve([])
  const known = asked.get(file) ?? ask(file)
  asked.set(file, known)
  return known
}

async function ask(file: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file, '--help'], { cwd: root })
  return [...stdout.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name = '']) => name)
}
