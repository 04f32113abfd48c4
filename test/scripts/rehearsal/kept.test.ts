// A program that is kept, by a parent that ends in each way a process can end.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { until } from '../../until.ts'

const test = suite('a program that ends with what started it')
const kept = fileURLToPath(new URL('../../../scripts/rehearsal/kept.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'root-guard-kept-'))

test.after(() => rmSync(folder, { recursive: true, force: true }))

const ENDS: readonly (readonly [how: string, then: string, signal: NodeJS.Signals | undefined])[] = [
  ['is killed in the middle of its work', 'for (;;) {}', 'SIGKILL'],
  ['is told to end', '', 'SIGTERM'],
  ['ends by itself', 'process.exit(0)', undefined],
  ['stops it and goes on', 'program.stop(); setInterval(() => {}, 1000)', undefined],
]

for (const [how, then, signal] of ENDS) {
  test(`when the parent ${how}, the program, what it started and its folder are gone`, async () => {
    const { parent, pids, scratch } = await start(then)
    if (signal !== undefined) parent.kill(signal)
    await gone(pids)
    await until(() => !existsSync(scratch))
    parent.kill('SIGKILL')
  })
}

test('a program that ends by itself is known to have ended', async () => {
  const { parent, pids } = await start('setInterval(() => program.hasEnded() && process.exit(7), 10)')
  const [code] = await Promise.all([once(parent, 'exit').then(([found]) => found), process.kill(pids[0], 'SIGTERM')])
  assert.is(code, 7)
  await gone(pids)
})

interface Started {
  readonly parent: ChildProcess
  readonly pids: readonly [number, number]
  readonly scratch: string
}

/** A parent of a shell that starts a sleep and writes down both ids; `then` is what the parent does once they are there. */
async function start(then: string): Promise<Started> {
  const written = join(mkdtempSync(join(folder, 'program-')), 'pids')
  const scratch = mkdtempSync(join(folder, 'scratch with "signs" $(of) a shell-'))
  writeFileSync(join(scratch, 'left behind'), '')
  const program = `${written}.sh`
  writeFileSync(
    program,
    `#!/bin/sh\nsleep "$1" &\necho $$ $! > '${written}.new'\nmv '${written}.new' '${written}'\nwait\n`,
  )
  chmodSync(program, 0o755)
  // Waits for the program to be there before it does what it is to do.
  const script = `
    import { existsSync } from 'node:fs'
    import { setTimeout as pause } from 'node:timers/promises'
    import { keep } from ${JSON.stringify(kept)}
    const keeping = { args: ['600'], scratch: ${JSON.stringify(scratch)} }
    const program = keep(${JSON.stringify(program)}, { PATH: process.env.PATH }, keeping)
    while (!existsSync(${JSON.stringify(written)})) await pause(10)
    ${then}`
  writeFileSync(`${written}.mts`, script)
  const tsx = import.meta.resolve('tsx')
  const parent = spawn(process.execPath, ['--import', tsx, `${written}.mts`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!existsSync(written)) await pause(10)
  const [shell = 0, sleep = 0] = readFileSync(written, 'utf8').trim().split(' ').map(Number)
  return { parent, pids: [shell, sleep], scratch }
}

function gone(pids: readonly number[]): Promise<void> {
  return until(
    () => !pids.some(lives),
    () => `still there: ${pids.filter(lives).join(', ')}`,
  )
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // An orphan that nobody reaped yet has ended all the same.
    return !/^State:\s+Z/m.test(existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '')
  } catch {
    return false
  }
}

test.run()
