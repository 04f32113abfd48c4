// Plays a scene on the stage and compares what arrived with what should have.
import { type Course, run, type Step } from './plots.ts'
import { type Message, mostBytes } from './providers/provider.ts'
import type { Scene } from './scenes.ts'
import { freshFunction, type Stage } from './stage.ts'
import { forget } from './windows.ts'

export interface Played {
  readonly title: string
  readonly steps: readonly Step[]
  readonly messages: readonly Message[]
  readonly ms: number
  /** What differs from what should have happened; empty when nothing does. */
  readonly wrong: readonly string[]
}

/**
 * Every scene begins with no window open, in the table or in the function's memory: the second sign-in of a minute would
 * only be counted.
 */
export async function play(scene: Scene, stage: Stage): Promise<Played> {
  const { aws, providers, settings } = stage
  await forget(aws, settings)
  await freshFunction(aws, settings, providers)
  for (const provider of Object.values(providers)) {
    provider.clear()
    provider.mood = 'ok'
  }
  for (const [channel, mood] of Object.entries(scene.moods)) {
    providers[channel as keyof typeof providers].mood = mood
  }
  const started = performance.now()
  const { steps, expected, wrong } = await run(scene, stage)
  const ms = Math.round(performance.now() - started)
  const messages = Object.values(providers).flatMap(({ received }) => received)
  return { title: scene.title, steps, messages, ms, wrong: [...wrong, ...phonesWrong(expected, messages)] }
}

function phonesWrong(expected: Course['expected'], messages: readonly Message[]): string[] {
  const found = messages.map(({ provider }) => provider)
  const same = [...expected].sort().join() === found.sort().join()
  const differs = same
    ? []
    : [`expected ${expected.join(', ') || 'no message'}; got ${found.join(', ') || 'no message'}`]
  const unfit = messages.filter(({ bytes = 0, kind = 'SMS', text }) => bytes > mostBytes[kind] || text.trim() === '')
  return [
    ...differs,
    ...unfit.map(({ provider, bytes }) => `${provider}: a message of ${bytes ?? 0} bytes does not fit`),
  ]
}
