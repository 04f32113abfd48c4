// MiniStack, the AWS emulator the rehearsal stands on: installed once into .venv from pinned, hashed requirements,
// started on a free port of this machine's loopback, stopped when the rehearsal ends, however that ends.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CommandError, type Notes } from '../lib/command.ts'
import { type Kept, keep } from './kept.ts'

const run = promisify(execFile)
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url))
const venv = '.venv'

export interface Emulator {
  /** Where it answers once it is up. */
  readonly endpoint: string
  readonly up: Promise<unknown>
  readonly stop: () => void
}

/** Begins to install MiniStack when .venv lacks it, and to start it for the account. */
export async function startMiniStack(account: string, notes: Notes): Promise<Emulator> {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  let stopped = false
  let stop = () => {
    stopped = true
  }
  const up = install(notes).then(() => {
    if (stopped) throw new CommandError('MiniStack was not started', 'the rehearsal had ended before it was installed')
    const started = start(account, port)
    stop = started.stop
    return healthy(endpoint, started.hasEnded).catch((error) => {
      // Otherwise this process would wait for it for ever.
      stop()
      throw error
    })
  })
  // Awaited when the stage is set; until then a failure waits, too.
  up.catch(() => {})
  return { endpoint, up, stop: () => stop() }
}

function start(account: string, port: number): Kept {
  // It makes a folder for each function, and leaves it there when it is stopped.
  const scratch = mkdtempSync(join(tmpdir(), 'root-guard-ministack-'))
  const environment = {
    TMPDIR: scratch,
    HOME: process.env.HOME,
    // The function runs as a process of the node found first here: this one.
    PATH: [dirname(process.execPath), process.env.PATH].join(':'),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: account,
    // Each caller is who signed, and may what its role's policies and the API's say (judged.ts).
    AUTH: 'true',
    LOG_LEVEL: 'ERROR',
  }
  const emulator = keep(join(venv, 'bin', 'ministack'), environment, { scratch })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  return emulator
}

async function install({ note }: Notes): Promise<void> {
  const stamp = join(venv, 'root-guard-requirements')
  const command = join(venv, 'bin', 'ministack')
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  if (existsSync(command) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const python = await findPython()
  note('installing MiniStack into .venv (once, 22 MB)…')
  try {
    if (!existsSync(join(venv, 'bin', 'python'))) await run(python, ['-m', 'venv', venv])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes']
    await run(join(venv, 'bin', 'python'), [...pip, '-r', requirements])
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new CommandError(
      `MiniStack could not be installed: ${(stderr || (error as Error).message).trim().split('\n').at(-1)}`,
      'it needs Python 3.10 or later with venv (Debian: apt install python3-venv) and a way to PyPI',
    )
  }
  writeFileSync(stamp, wanted)
}

async function findPython(): Promise<string> {
  const recent = 'import sys; sys.exit(0 if sys.version_info >= (3, 10) else 1)'
  for (const candidate of ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const found = await run(candidate, ['-c', recent]).then(
      () => true,
      () => false,
    )
    if (found) return candidate
  }
  throw new CommandError(
    'no Python 3.10 or later was found',
    'MiniStack needs it, which the rehearsal stands on: install one (Debian: apt install python3-venv), then run the command again',
    2,
  )
}

/** On the loopback. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      )
    })
  })
}

async function healthy(endpoint: string, ended: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (ended()) break
    const answered = await fetch(`${endpoint}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await pause(25)
  }
  throw new CommandError(
    `MiniStack did not start at ${endpoint}`,
    'remove .venv and run npm start again; to see why, run .venv/bin/ministack by hand',
  )
}
