// `npm start`, told to end in the middle of its start, when it is so busy that not each of its processes hears of it. npm
// tells the shell that runs a script, and a shell does not pass that on: so the script says `exec`. tsx, not answered at
// once, kills: so see kept.ts.
import { execFileSync, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import { until } from '../until.ts'

const test = suite('the end of a rehearsal')

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} to npm start while the stage is being set leaves nothing behind`, async () => {
    const npm = spawn('npm', ['start', '--silent'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, PORT: '0' },
      stdio: 'ignore',
    })
    const pid = npm.pid ?? 0
    await until(() => descendants(pid).some(isMiniStack))
    const started = descendants(pid)
    // Of SIGKILL npm hears nothing that it could pass on; MiniStack is left to those who keep it.
    if (signal === 'SIGTERM') npm.kill(signal)
    else for (const one of [pid, ...started.filter((some) => !isMiniStack(some)).map((some) => some.pid)]) kill(one)
    await until(() => {
      const left = new Set(processes().map((one) => one.pid))
      return started.every((one) => !left.has(one.pid))
    })
  })
}

function isMiniStack({ args }: Process): boolean {
  return args.includes('bin/ministack')
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended with its parent.
  }
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly args: string
}

function processes(): readonly Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, parent, state = '', args = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    // What has ended and was not reaped yet is no process any more.
    return pid === undefined || state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), args }]
  })
}

function descendants(pid: number): readonly Process[] {
  const all = processes()
  const below = (of: number): readonly Process[] =>
    all.filter(({ parent }) => parent === of).flatMap((one) => [one, ...below(one.pid)])
  return below(pid)
}

test.run()
