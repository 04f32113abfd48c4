// A function in a process of its own, as Lambda starts it. Its times are its own; the time of an answer is the caller's.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Started {
  /** For the code to be loaded, and from the start of the process until an event can come. */
  readonly loadMs: number
  readonly readyMs: number
  readonly invoke: (event: object) => Promise<{ readonly statusCode: number }>
  readonly end: () => void
}

/** `file` is CommonJS with an export named handler. */
export async function startFunction(file: string, environment: Readonly<Record<string, string>>): Promise<Started> {
  const lambda = fileURLToPath(new URL('./handlers/lambda.cjs', import.meta.url))
  // Without tsx, which this process runs under: a function is plain JavaScript.
  const child = fork(lambda, [file], { env: environment, execArgv: [], silent: true })
  child.stdout?.resume()
  child.stderr?.resume()
  const [times] = (await once(child, 'message')) as [Pick<Started, 'loadMs' | 'readyMs'>]
  return {
    ...times,
    invoke: async (event) => {
      const answer = once(child, 'message')
      child.send(event)
      return ((await answer) as [{ statusCode: number }])[0]
    },
    end: () => void child.kill(),
  }
}
