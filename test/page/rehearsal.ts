// `npm start` as a user starts it, with its page on a port that is free.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Rehearsal {
  readonly url: string
  /** From the command to the first answer of the page. */
  readonly ms: number
  readonly stop: () => Promise<void>
}

export async function startRehearsal(): Promise<Rehearsal> {
  const started = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, PORT: '0' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text
      const found = /the page is at (http:\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)))
  })
  await fetch(url).then((response) => response.text())
  return {
    url,
    ms: Math.round(performance.now() - started),
    stop: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
      await ended
    },
  }
}
