// The scenes of a rehearsal: what happens, how the providers feel, and who must have been told at the end of it.
import type { ChannelName, Settings } from '../../templates-src/config/schema.ts'
import type { EmulatedAws } from './aws.ts'
import { type Passage, putEvent } from './event-bridge.ts'
import type { Message, Mood } from './providers/provider.ts'
import { type CorpusRecord, happeningNow } from './records.ts'
import type { Providers } from './stage.ts'

export interface Scene {
  readonly title: string
  /** A name of the corpus. */
  readonly record: string
  /** How providers feel at first; those not named are fine. */
  readonly moods: Readonly<Partial<Record<ChannelName, Mood>>>
  /** Whether they feel fine again when EventBridge comes a second time. */
  readonly recovers: boolean
}

export const scenes: readonly Scene[] = [
  {
    title: 'The root user signs in without MFA',
    record: 'root-console-login-without-mfa',
    moods: {},
    recovers: false,
  },
  {
    title: 'The same, while NHN Cloud refuses messages',
    record: 'root-console-login-without-mfa',
    moods: { 'nhn-sms': 'refuses' },
    recovers: false,
  },
  {
    title: 'The same, while Telegram is broken at first: EventBridge comes again, and only Telegram is sent again',
    record: 'root-console-login-without-mfa',
    moods: { telegram: 'broken' },
    recovers: true,
  },
  { title: 'An IAM user signs in', record: 'iam-user-console-login', moods: {}, recovers: false },
]

/** Whether the scene shows anything: a provider that no route begins with is missed by nobody when it fails. */
export function fits({ moods }: Scene, { routes }: Settings): boolean {
  const firsts = Object.values(routes).map(([first]) => first)
  return Object.keys(moods).every((channel) => firsts.includes(channel as ChannelName))
}

export interface Played {
  readonly scene: Scene
  readonly passage: Passage
  readonly messages: readonly Message[]
  readonly ms: number
  /** What differs from what should have happened; empty when nothing does. */
  readonly wrong: readonly string[]
}

export async function play(
  scene: Scene,
  record: CorpusRecord,
  stage: { aws: EmulatedAws; providers: Providers; settings: Settings },
): Promise<Played> {
  const { aws, providers, settings } = stage
  for (const [channel, provider] of Object.entries(providers)) {
    provider.clear()
    provider.mood = scene.moods[channel as ChannelName] ?? 'ok'
  }
  const recover = () => {
    if (scene.recovers) for (const provider of Object.values(providers)) provider.mood = 'ok'
  }
  const started = performance.now()
  const passage = await putEvent(aws, happeningNow(record.event, settings.account), recover)
  const ms = Math.round(performance.now() - started)
  const messages = Object.values(providers).flatMap(({ received }) => received)
  const expected = record.label === 'alert' ? expectedChannels(scene, settings) : []
  const wrong = [...ruleWrong(record, passage), ...phonesWrong(expected, messages), ...lost(expected, passage)]
  return { scene, passage, messages, ms, wrong }
}

function ruleWrong({ label }: CorpusRecord, { rule, silent }: Passage): string[] {
  if (label === 'decide') return []
  if (label === 'alert') return rule === '' ? [`no rule matched: ${silent}`] : []
  return rule === '' ? [] : [`${rule} matched`]
}

/** The channel that must carry each route: the first that is not down for good. */
function expectedChannels({ moods, recovers }: Scene, { routes }: Settings): ChannelName[] {
  return Object.values(routes).flatMap((route) => {
    const first = route.find((channel) => moods[channel] === undefined || (recovers && route.length === 1))
    return first === undefined ? [] : [first]
  })
}

function phonesWrong(expected: readonly string[], messages: readonly Message[]): string[] {
  const found = messages.map(({ provider }) => provider)
  const same = [...expected].sort().join() === found.sort().join()
  const differs = same
    ? []
    : [`expected ${expected.join(', ') || 'no message'}; got ${found.join(', ') || 'no message'}`]
  const unfit = messages.filter(({ bytes = 0, text }) => bytes > 90 || text.trim() === '')
  return [
    ...differs,
    ...unfit.map(({ provider, bytes }) => `${provider}: a message of ${bytes ?? 0} bytes does not fit`),
  ]
}

/** Where somebody should have been reached, nothing may end in the dead letters. */
function lost(expected: readonly string[], { targets }: Passage): string[] {
  if (expected.length === 0) return []
  return targets.filter(({ deadLetters }) => deadLetters !== '').map(({ target }) => `${target}: given up`)
}
