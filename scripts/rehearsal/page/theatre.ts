// What the page can do on the stage, one thing after the other, and what there is to see of it. `changed` is called
// whenever something is worth drawing again.
import type { ChannelName } from '../../../templates-src/config/schema.ts'
import { emulatedAws } from '../aws.ts'
import { type Event, putEvent, tick } from '../event-bridge.ts'
import type { Message, Mood } from '../providers/provider.ts'
import { type CorpusRecord, corpus, happeningNow } from '../records.ts'
import { freshFunction, type Stage } from '../stage.ts'
import { forget, putBack, remembered } from '../windows.ts'
import { type AwsFault, type AwsFaults, type Service, startAwsFaults } from './aws-faults.ts'
import { add, type Journey, journey } from './journey.ts'
import { type Memory, memoryOf, nothingKept } from './memory.ts'

export interface Theatre {
  readonly stage: Stage
  readonly records: readonly CorpusRecord[]
  readonly faults: AwsFaults
  /** The newest first. */
  readonly journeys: readonly Journey[]
  /** All that rang since the phones were cleared, the newest first. */
  readonly rang: () => readonly Message[]
  readonly memory: () => Memory
  /** `afresh`: with an empty table and a function that remembers nothing, so that no window is open. */
  readonly fire: (event: Event, about: { what: 'record' | 'pasted'; about: string }, afresh: boolean) => Promise<void>
  readonly burst: () => Promise<void>
  readonly closeWindows: () => Promise<void>
  readonly clearPhones: () => void
  readonly setMood: (channel: ChannelName, mood: Mood) => void
  readonly setFault: (service: Service, fault: AwsFault) => void
  readonly close: () => void
}

export const burstTimes = 500
/** How many of a burst are under way at once. */
const abreast = 4
/** Longer than the longest window and the time the notifier leaves for counts that are on their way. */
const windowMs = 11 * 60_000

export async function openTheatre(stage: Stage, changed: () => void): Promise<Theatre> {
  const { aws, settings, providers } = stage
  const faults = await startAwsFaults(aws.endpoint)
  // What EventBridge does goes through the faults; the stage's own hands reach around them.
  const faulty = emulatedAws(faults.endpoint)
  const endpoints = { AWS_ENDPOINT_URL_DYNAMODB: faults.endpoint, AWS_ENDPOINT_URL_SSM: faults.endpoint }
  const fresh = () => freshFunction(aws, settings, providers, endpoints)
  const journeys: Journey[] = []
  const rang: Message[] = []
  let memory = nothingKept
  // The page need not wait for it; what is fired does.
  let last: Promise<void> = fresh()

  function next(to: Journey, work: () => Promise<void>): Promise<void> {
    last = last.then(() => perform(to, work))
    return last
  }

  async function perform(to: Journey, work: () => Promise<void>): Promise<void> {
    journeys.unshift(to)
    journeys.length = Math.min(journeys.length, 5)
    const listening = setInterval(() => collect(to) && changed(), 100)
    try {
      await work()
    } catch (error) {
      to.failure = (error as Error).message
    }
    clearInterval(listening)
    collect(to)
    to.ms = Date.now() - to.began
    memory = await remembered(aws, settings).then(memoryOf, () => nothingKept)
    changed()
  }

  /** Takes what rang out of the providers' hands. */
  function collect(to: Journey): boolean {
    const messages = Object.values(providers).flatMap(({ received }) => received.splice(0))
    to.messages.push(...messages)
    for (const [channel, { requests }] of Object.entries(providers)) {
      to.calls.push(...requests.splice(0).map((request) => ({ channel, request })))
    }
    to.calls.sort((one, other) => one.request.began - other.request.began)
    rang.unshift(...messages.toReversed())
    rang.length = Math.min(rang.length, 60)
    return messages.length > 0
  }

  async function put(to: Journey, event: Event): Promise<void> {
    await putEvent(
      faulty,
      event,
      () => {},
      (news) => {
        add(to, news)
        changed()
      },
    )
    to.fired++
  }

  async function startAfresh(to: Journey): Promise<void> {
    await forget(aws, settings)
    await fresh()
    to.began = Date.now()
  }

  return {
    stage,
    records: corpus(),
    faults,
    journeys,
    rang: () => rang,
    memory: () => memory,
    fire: (event, { what, about }, afresh) => {
      const to = journey({ what, about, region: String(event.region ?? ''), times: 1 })
      return next(to, async () => {
        if (afresh) await startAfresh(to)
        await put(to, event)
      })
    },
    burst: () => {
      const to = journey({ what: 'burst', about: '', region: 'ap-northeast-2', times: burstTimes + 1 })
      return next(to, async () => {
        await startAfresh(to)
        await put(to, now('root-console-login-without-mfa'))
        // The first call opens the window, so that it is told which one that was.
        await put(to, now('root-list-buckets-in-seoul'))
        const waiting = Array.from({ length: burstTimes - 1 }, () => 'root-list-buckets-in-seoul')
        const lane = async () => {
          for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) await put(to, now(name))
        }
        await Promise.all(Array.from({ length: abreast }, lane))
      })
    },
    closeWindows: () => {
      const to = journey({ what: 'window', about: '', region: '', times: 0 })
      return next(to, async () => {
        await putBack(aws, settings, windowMs)
        // What it remembers of windows is not put back with the table.
        await fresh()
        to.swept = (await tick(aws)).map(({ rule, answer }) => `${rule}: ${answer}`).join('\n')
      })
    },
    clearPhones: () => {
      rang.length = 0
      journeys.length = 0
      changed()
    },
    setMood: (channel, mood) => {
      providers[channel].mood = mood
      changed()
    },
    setFault: (service, fault) => {
      faults.of[service] = fault
      changed()
    },
    close: faults.close,
  }

  function now(name: string): Event {
    const record = corpus().find((one) => one.name === name)
    return happeningNow(record?.event ?? {}, settings.account)
  }
}
