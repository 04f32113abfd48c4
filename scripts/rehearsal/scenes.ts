// The scenes of a rehearsal as data: what happens, and how the providers feel. How each plot goes is in plots.ts.
import type { ChannelName, Settings } from '../../templates-src/config/schema.ts'
import type { Mood } from './providers/provider.ts'

export interface Scene {
  readonly title: string
  readonly plot: Plot
  /** How providers feel at first; those not named are fine. */
  readonly moods: Readonly<Partial<Record<ChannelName, Mood>>>
  /** Whether they feel fine again when EventBridge comes a second time. */
  readonly recovers: boolean
}

/** `record` and `call` are names of the corpus. */
export type Plot =
  | { readonly is: 'one event'; readonly record: string }
  | { readonly is: 'copies'; readonly record: string }
  | { readonly is: 'a storm'; readonly record: string; readonly call: string; readonly times: number }
  | { readonly is: 'a drill' }

const signIn = 'root-console-login-without-mfa'
const happens = (record: string): Plot => ({ is: 'one event', record })
const fine = { moods: {}, recovers: false } as const

export const scenes: readonly Scene[] = [
  { title: 'The root user signs in without MFA', plot: happens(signIn), ...fine },
  {
    title: 'The root user signs in while NHN Cloud refuses messages',
    plot: happens(signIn),
    moods: { 'nhn-sms': 'refuses' },
    recovers: false,
  },
  {
    title: 'The root user signs in while KakaoTalk is refused at NHN Cloud',
    plot: happens(signIn),
    moods: { 'nhn-alimtalk': 'refuses' },
    recovers: false,
  },
  {
    title: 'The root user signs in while KakaoTalk is refused at SOLAPI',
    plot: happens(signIn),
    moods: { 'solapi-alimtalk': 'refuses' },
    recovers: false,
  },
  {
    title:
      'The root user signs in while Telegram is broken at first: EventBridge comes again, and only Telegram is sent again',
    plot: happens(signIn),
    moods: { telegram: 'broken' },
    recovers: true,
  },
  {
    title: 'The root user signs in while Slack is broken at first',
    plot: happens(signIn),
    moods: { slack: 'broken' },
    recovers: true,
  },
  {
    title: 'The root user signs in while Discord is broken at first',
    plot: happens(signIn),
    moods: { discord: 'broken' },
    recovers: true,
  },
  {
    title: 'EventBridge delivers one event three times, twice at once: one message each',
    plot: { is: 'copies', record: signIn },
    ...fine,
  },
  {
    title: 'The root user signs in and makes 60 calls: three messages each, and a digest that adds up',
    plot: { is: 'a storm', record: signIn, call: 'root-list-buckets-in-seoul', times: 60 },
    ...fine,
  },
  {
    title: 'A drill, followed through GET /alerts/{id} to the carriers',
    plot: { is: 'a drill' },
    ...fine,
  },
  { title: 'An IAM user signs in', plot: happens('iam-user-console-login'), ...fine },
]

/** Channels the scene is about and that no route begins with: nobody misses them when they fail, so it shows nothing. */
export function missing({ moods }: Scene, { routes }: Settings): readonly ChannelName[] {
  const firsts = Object.values(routes).map(([first]) => first)
  return (Object.keys(moods) as ChannelName[]).filter((channel) => !firsts.includes(channel))
}

export interface SceneLeft {
  readonly title: string
  /** Why it is not played, as `no route has slack`. */
  readonly because: string
}

/** The scenes that the routes leave nothing to show of, each with the channel that it would be about. */
export function scenesLeft(settings: Settings): readonly SceneLeft[] {
  const routed = Object.values(settings.routes).flat()
  return scenes.flatMap((scene) => {
    const reasons = missing(scene, settings).map((channel) =>
      routed.includes(channel) ? `${channel} is asked only when another has failed` : `no route has ${channel}`,
    )
    return reasons.length === 0 ? [] : [{ title: scene.title, because: reasons.join(' and ') }]
  })
}
