// What the page can do on the stage, one thing after the other, and what there is to see of it. `changed` is called
// whenever something is worth drawing again.
import type { ChannelName, Settings } from '../../../templates-src/config/schema.ts'
import type { Event } from '../event-bridge.ts'
import type { Message, Mood } from '../providers/provider.ts'
import { type CorpusRecord, corpus, corpusTrusting, happeningNow, ofApi } from '../records.ts'
import type { Providers } from '../stand-ins.ts'
import type { AwsFault, AwsFaults, Service } from './aws-faults.ts'
import type { Hands } from './hands.ts'
import { add, type Journey, journey } from './journey.ts'
import { type Memory, nothingKept } from './memory.ts'

/** What is there at once, and what comes when the stage stands. */
export interface Props {
  readonly settings: Settings
  readonly providers: Providers
  readonly faults: AwsFaults
  readonly hands: Promise<Hands>
  /** Settles when what lies in generated/ is what the settings come to. */
  readonly generated: Promise<unknown>
}

export interface Theatre extends Props {
  /** False as long as what is fired has to wait. */
  readonly stands: () => boolean
  readonly records: readonly CorpusRecord[]
  /** The newest first. */
  readonly journeys: readonly Journey[]
  /** All that rang since the phones were cleared, the newest first. */
  readonly rang: () => readonly Message[]
  readonly memory: () => Memory
  /** `afresh`: with an empty table and a function that remembers nothing, so that no window is open. */
  readonly fire: (event: Event, what: { what: 'record' | 'pasted'; name: string }, afresh: boolean) => Promise<void>
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

/** What a window counted is told in its digest, beside the activity that opened it. */
function digestedOf({ windows }: Memory): number {
  return windows.reduce((sum, { counted }) => sum + (counted === 0 ? 0 : counted + 1), 0)
}

export function openTheatre(props: Props, changed: () => void): Theatre {
  const { settings, providers, faults } = props
  const journeys: Journey[] = []
  const rang: Message[] = []
  let memory = nothingKept
  let stands = false
  const hands = props.hands.then(async (ready) => {
    await ready.fresh()
    stands = true
    changed()
    return ready
  })
  // What is wrong with the stage is told where it is set; here it only may not go unheard.
  hands.catch(() => {})
  let last: Promise<void> = Promise.resolve()

  function next(to: Journey, work: (ready: Hands) => Promise<void>): Promise<void> {
    last = last.then(() => perform(to, work))
    return last
  }

  async function perform(to: Journey, work: (ready: Hands) => Promise<void>): Promise<void> {
    journeys.unshift(to)
    journeys.length = Math.min(journeys.length, 5)
    changed()
    const listening = setInterval(() => collect(to) && changed(), 100)
    try {
      const ready = await hands
      to.began = Date.now()
      await work(ready)
      memory = await ready.memory().catch(() => nothingKept)
    } catch (error) {
      to.failure = (error as Error).message
    }
    clearInterval(listening)
    collect(to)
    to.ms = Date.now() - to.began
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

  async function put(to: Journey, event: Event, ready: Hands): Promise<void> {
    await ready.put(event, (news) => {
      add(to, news)
      changed()
    })
    to.fired++
  }

  async function startAfresh(to: Journey, ready: Hands): Promise<void> {
    await ready.forget()
    await ready.fresh()
    to.began = Date.now()
  }

  return {
    ...props,
    hands,
    stands: () => stands,
    records: corpusTrusting(settings.trustedRoles),
    journeys,
    rang: () => rang,
    memory: () => memory,
    fire: (event, { what, name }, afresh) => {
      const to = journey({ what, name, region: String(event.region ?? ''), times: 1 })
      return next(to, async (ready) => {
        if (afresh) await startAfresh(to, ready)
        await put(to, what === 'record' ? ofApi(event, await ready.api()) : event, ready)
      })
    },
    burst: () => {
      const to = journey({ what: 'burst', name: '', region: 'ap-northeast-2', times: burstTimes + 1 })
      return next(to, async (ready) => {
        await startAfresh(to, ready)
        await put(to, now('root-console-login-without-mfa'), ready)
        // The first call opens the window, so that it is told which one that was.
        await put(to, now('root-list-buckets-in-seoul'), ready)
        const waiting = Array.from({ length: burstTimes - 1 }, () => 'root-list-buckets-in-seoul')
        const lane = async () => {
          for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) await put(to, now(name), ready)
        }
        await Promise.all(Array.from({ length: abreast }, lane))
      })
    },
    closeWindows: () => {
      const to = journey({ what: 'window', name: '', region: '', times: 0 })
      return next(to, async (ready) => {
        to.digested = digestedOf(await ready.memory())
        await ready.putBack(windowMs)
        // What it remembers of windows is not put back with the table.
        await ready.fresh()
        to.began = Date.now()
        to.swept = (await ready.tick()).map(({ rule, answer }) => `${rule}: ${answer}`).join('\n')
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
