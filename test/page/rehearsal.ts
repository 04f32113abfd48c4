// `npm start` as a user starts it, with its page on a port that is free.
import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export interface Rehearsal {
  readonly url: string
  /** From the command to the first answer of the page, and until a sign-in that was fired at once had rung. */
  readonly ms: { readonly page: number; readonly rang: number }
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
  const look = async () => (await fetch(`${url}/?lang=en`)).text()
  await look()
  const page = Math.round(performance.now() - started)
  await fireSignIn(url)
  while (!/ rang within /.test(await look())) await pause(20)
  return {
    url,
    ms: { page, rang: Math.round(performance.now() - started) },
    stop: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
      await ended
    },
  }
}

/** As the page's script presses the button. */
async function fireSignIn(url: string): Promise<void> {
  await fetch(`${url}/fire`, {
    method: 'POST',
    headers: { accept: 'application/json', origin: url },
    body: new URLSearchParams({ record: 'root-console-login-without-mfa', afresh: 'on' }),
  })
}
