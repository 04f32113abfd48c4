// How the plots of scenes go: what is put on the bus, when the clock strikes, and how often each phone should have rung.
import type { ChannelName, Settings } from '../../templates-src/config/schema.ts'
import { drillEvent } from '../lib/drill/event.ts'
import { follow } from '../lib/drill/follow.ts'
import { lookup } from '../lib/drill/lookup.ts'
import { drillReport } from '../lib/drill/report.ts'
import { verdict } from '../lib/drill/verdict.ts'
import { wishOf } from '../lib/drill/wish.ts'
import { type Event, type Passage, putEvent, tick } from './event-bridge.ts'
import { type CorpusRecord, corpusRecord, happeningNow } from './records.ts'
import type { Plot, Scene } from './scenes.ts'
import { alertsUrl, type Stage } from './stage.ts'
import { putBack } from './windows.ts'

/** What is told of a scene, in order: the way of an event, or a sentence. */
export type Step = { readonly passage: Passage } | { readonly said: string }

export interface Course {
  readonly steps: readonly Step[]
  /** The channels of the messages that should have arrived. */
  readonly expected: readonly ChannelName[]
  /** What differs from what should have happened, but for the messages. */
  readonly wrong: readonly string[]
}

export function run(scene: Scene, stage: Stage): Promise<Course> {
  const { plot } = scene
  if (plot.is === 'copies') return copies(scene, plot.record, stage)
  if (plot.is === 'a storm') return storm(scene, plot, stage)
  if (plot.is === 'a drill') return drill(scene, stage)
  return oneEvent(scene, plot.record, stage)
}

async function oneEvent(scene: Scene, name: string, { aws, providers, settings }: Stage): Promise<Course> {
  const record = corpusRecord(name)
  const recover = () => {
    if (scene.recovers) for (const provider of Object.values(providers)) provider.mood = 'ok'
  }
  const passage = await putEvent(aws, happeningNow(record.event, settings.account), { between: recover })
  const expected = record.label === 'alert' ? expectedChannels(scene, settings) : []
  return { steps: [{ passage }], expected, wrong: [...ruleWrong(record, passage), ...lost(expected, passage)] }
}

/** Two copies side by side, and one more when they are settled. */
async function copies(scene: Scene, name: string, { aws, settings }: Stage): Promise<Course> {
  const record = corpusRecord(name)
  const event = happeningNow(record.event, settings.account)
  const passages = await Promise.all([putEvent(aws, event), putEvent(aws, event)])
  passages.push(await putEvent(aws, event))
  const expected = expectedChannels(scene, settings)
  return {
    steps: passages.map((passage) => ({ passage })),
    expected,
    wrong: passages.flatMap((passage) => [...ruleWrong(record, passage), ...lost(expected, passage)]),
  }
}

/** Longer than the longest window and the time the notifier leaves for counts that are on their way. */
const windowMs = 11 * 60_000

async function storm(scene: Scene, plot: Extract<Plot, { is: 'a storm' }>, stage: Stage): Promise<Course> {
  const { aws, settings } = stage
  const signIn = await putEvent(aws, happeningNow(corpusRecord(plot.record).event, settings.account))
  const calls = Array.from({ length: plot.times }, (_, n) => callNow(plot.call, n, settings))
  const passages: Passage[] = []
  for (const call of calls) passages.push(await putEvent(aws, call))
  const [first, ...counted] = passages
  await putBack(aws, settings, windowMs)
  const sweeps = await tick(aws)

  const expected = expectedChannels(scene, settings)
  const notCounted = counted.filter((passage) => !/"counted":/.test(JSON.stringify(passage).replaceAll('\\"', '"')))
  return {
    steps: [
      { passage: signIn },
      ...(first === undefined ? [] : [{ said: 'the first call:' }, { passage: first }]),
      { said: `${counted.length - notCounted.length} more calls: counted, and no phone rang` },
      {
        said: 'the window is ten minutes; rather than wait, all times in the table are put back by eleven, and the clock strikes',
      },
      ...sweeps.map(({ rule, answer }) => ({ said: `rule ${rule} → ${answer}` })),
    ],
    expected: [...expected, ...expected, ...expected],
    wrong: [
      ...[signIn, ...passages].flatMap((passage) => lost(expected, passage)),
      ...(notCounted.length > 0 ? [`${notCounted.length} calls were not counted`] : []),
      ...digestWrong(stage, plot.times),
    ],
  }
}

/** What somebody who looks around calls first. */
const calls = [
  ['s3', 'ListBuckets'],
  ['iam', 'ListUsers'],
  ['iam', 'ListRoles'],
  ['kms', 'ListKeys'],
  ['ec2', 'DescribeInstances'],
  ['lambda', 'ListFunctions20150331'],
  ['dynamodb', 'ListTables'],
  ['sns', 'ListTopics'],
] as const

function callNow(name: string, n: number, { account }: Settings): Event {
  const event = happeningNow(corpusRecord(name).event, account)
  const [service, eventName] = calls[n % calls.length] ?? calls[0]
  const detail = { ...(event.detail as object), eventSource: `${service}.amazonaws.com`, eventName }
  return { ...event, source: `aws.${service}`, detail }
}

/** The digest's rows, as a chat shows them, must add up to what was called; only chats have room for rows. */
function digestWrong({ providers, settings }: Stage, calls: number): string[] {
  const chats = Object.values(settings.routes).filter(([first]) => first === 'telegram')
  if (chats.length === 0) return []
  const digest = providers.telegram.received.at(-1)?.text ?? ''
  const counts = [...digest.matchAll(/^- .*?(\d+)\D*$/gm)].map(([, count]) => Number(count))
  const sum = counts.reduce((one, other) => one + other, 0)
  return sum === calls ? [] : [`the rows of the digest add up to ${sum}, not ${calls}`]
}

async function drill(scene: Scene, { aws, settings }: Stage): Promise<Course> {
  const wish = wishOf({ send: true }, settings)
  const { alertId, source, detailType, detail } = drillEvent(settings.account, wish, new Date())
  const envelope = { version: '0', id: alertId, account: settings.account, region: 'us-east-1', resources: [] }
  const time = new Date().toISOString()
  const passage = await putEvent(aws, { ...envelope, time, source, 'detail-type': detailType, detail })
  const url = await alertsUrl(aws)
  const routes = Object.keys(settings.routes)
  const look = lookup(url, async () => aws.credentials)
  const { last } = await follow({ mode: 'send', alertId, routes, look, until: Date.now() + 10_000, note: () => {} })
  const { ok, text } = drillReport({ mode: 'send', alertId }, last, verdict(last, wish))
  const expected = expectedChannels(scene, settings)
  return {
    steps: [
      { passage },
      { said: `GET ${new URL(url).pathname}/${encodeURIComponent(alertId)}?receipts=ask` },
      { said: text },
    ],
    expected,
    wrong: [...lost(expected, passage), ...(ok ? [] : ['the drill did not reach everybody'])],
  }
}

/** The channel that must carry each route: the first that is not down for good. */
function expectedChannels({ moods, recovers }: Scene, { routes }: Settings): ChannelName[] {
  return Object.values(routes).flatMap((route) => {
    const first = route.find((channel) => moods[channel] === undefined || (recovers && route.length === 1))
    return first === undefined ? [] : [first]
  })
}

function ruleWrong({ label }: CorpusRecord, { rules, silent }: Passage): string[] {
  if (label === 'decide') return []
  if (label === 'alert') return rules.length === 0 ? [`no rule matched: ${silent}`] : []
  return rules.map(({ rule }) => `${rule} matched`)
}

/** Where somebody should have been reached, nothing may end in the dead letters. */
function lost(expected: readonly string[], { rules }: Passage): string[] {
  if (expected.length === 0) return []
  const targets = rules.flatMap((rule) => rule.targets)
  return targets.filter(({ deadLetters }) => deadLetters !== '').map(({ target }) => `${target}: given up`)
}
