// The bundled function in this process, as Lambda has it in many: one bundle, and for each execution environment an
// evaluation of it with an environment, a log and a clock of its own.
import { createRequire } from 'node:module'
import { bundleNotifier } from '../lib/bundle.ts'

export interface Answered {
  readonly statusCode: number
  readonly body: string
}

/** One execution environment. */
export interface Running {
  readonly post: (event: object) => Promise<Answered>
  /** What its rule calls every minute; it reads the secrets, too. */
  readonly sweep: () => Promise<void>
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string>>
  readonly clock: Clock
}

export interface Clock {
  /** How far it is ahead, in milliseconds. */
  ahead: number
}

export type Start = (surroundings: Surroundings) => Running

/** `channels` are those that the bundle carries. */
export async function startable(channels: readonly string[]): Promise<Start> {
  const routes = { all: channels } as unknown as Parameters<typeof bundleNotifier>[0]['routes']
  const { readable } = await bundleNotifier({ locale: 'ko', routes })
  const evaluate = new Function('exports', 'require', 'module', 'process', 'Date', readable)
  const require = createRequire(import.meta.url)

  return ({ env, clock }) => {
    const module = { exports: {} as { readonly handler: (event: object) => Promise<unknown> } }
    const silent = { env, stdout: { write: () => true } }
    evaluate(module.exports, require, module, silent, dateOf(clock))
    return {
      post: (event) => module.exports.handler({ body: JSON.stringify(event) }) as Promise<Answered>,
      sweep: async () => void (await module.exports.handler({ sweep: true })),
    }
  }
}

/** Date, as this clock shows it. */
function dateOf(clock: Clock): typeof Date {
  const now = () => Date.now() + clock.ahead
  return new Proxy(Date, {
    construct: (date, given) => (given.length === 0 ? new date(now()) : Reflect.construct(date, given)),
    get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
  })
}
