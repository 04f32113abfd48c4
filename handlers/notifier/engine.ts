// Carries one alert over all routes, side by side, and inside a route from channel to channel until one accepts. It owns
// deadlines, fail-over and records; one channel's tries are in attempt.ts, what an answer means is the channels' business.
import { attempt, type Result } from './attempt.ts'
import type { Answer, Channel, ChannelRequest, Outcome } from './channels/channel.ts'
import { type DeliveryRecord, type NewRecord, recordKey } from './records.ts'
import type { Secrets } from './secrets.ts'
import type { ChannelName } from './settings.ts'
import type { Message } from './words/message.ts'

export interface Alert {
  readonly id: string
  readonly message: Message
}

export interface Delivery {
  readonly route: string
  readonly channel: ChannelName
  /** '' when the channel's secret could not be read, so nobody knows whom it reaches. */
  readonly recipient: string
  /** `ready` is a check's: it would have been sent. */
  readonly outcome: Outcome['outcome'] | 'ready'
  /** The provider's code or message id, or ours where it said nothing. */
  readonly code: string
  /** Why it was not accepted, or what to mend though it was; without secrets or phone numbers. '' when all is well. */
  readonly reason: string
  readonly ms: number
  /** How often this invocation sent it. */
  readonly tries: number
  /** Invocations that tried it so far, those of EventBridge's earlier retries included. */
  readonly attempts: number
  /** Settled in an earlier try: nothing was sent now. */
  readonly earlier: boolean
}

/** All that the engine reaches the world through. */
export interface Means {
  readonly routes: Readonly<Record<string, readonly ChannelName[]>>
  readonly channels: Readonly<Record<ChannelName, Channel>>
  readonly secrets: Secrets
  /** Whether SMS may be long ones. */
  readonly long: boolean
  /** What earlier tries left, by `recordKey`. */
  readonly before: ReadonlyMap<string, DeliveryRecord>
  readonly keep: (record: NewRecord) => Promise<void>
  /** The day's cap on SMS: one is taken before a try, if one is left, and given back when it was not used. */
  readonly sms: { readonly take: () => Promise<boolean>; readonly giveBack: () => void }
  readonly send: (request: ChannelRequest, timeoutMs: number) => Promise<Answer>
  /** Where a channel's provider is. */
  readonly urlOf: (channel: Channel) => string
  readonly log: (delivery: Delivery) => void
  readonly now: () => number
  /** When the last provider must have answered, in the milliseconds of `now`. */
  readonly deadline: number
}

/** Tries whose outcome stayed open, after which a delivery is taken to have arrived, if somebody else was reached. */
const ambiguousTries = 3
/** The same when nobody at all was reached, and a network that swallows everything is as likely as copies. */
const mostAmbiguousTries = 20

/** The deliveries of the alert: one for each recipient of each route, and one for a route that could not begin. */
export async function deliver(alert: Alert, means: Means): Promise<readonly Delivery[]> {
  const routes = Object.entries(means.routes).map(([route, names]) => carryRoute(alert, means, route, names))
  return (await Promise.all(routes)).flat()
}

/**
 * 202 when every delivery is settled, 503 when one is worth another try. While nobody at all has surely been reached it
 * is 503 too: EventBridge's day of retries gives people time to mend a secret or the network, and after it the alert
 * lies in the dead letters, whose alarm rings; with 202 it would be gone. When answer upon answer is lost, each try may
 * be one more copy on somebody's phone: then it is 422, which EventBridge does not retry and puts there at once.
 */
export function answerStatus(deliveries: readonly Delivery[]): 202 | 422 | 503 {
  const open = (d: Delivery) => d.outcome === 'retryable' || (d.outcome === 'ambiguous' && d.attempts < ambiguousTries)
  const reached = deliveries.some(({ outcome }) => outcome === 'accepted')
  if (reached) return deliveries.some(open) ? 503 : 202
  const exhausted = deliveries.some((d) => d.outcome === 'ambiguous' && d.attempts >= mostAmbiguousTries)
  return exhausted && !deliveries.some((d) => d.outcome === 'retryable') ? 422 : 503
}

/** One alert on one route. */
interface Journey {
  readonly alert: Alert
  readonly means: Means
  readonly route: string
  /** The channels of the route whose secrets could be read, in order. */
  readonly stops: readonly Stop[]
}

export interface Stop {
  readonly channel: Channel
  readonly secret: unknown
  /** Why SSM's own secret is not the one in use; '' when it is. */
  readonly stale: string
  readonly recipients: readonly string[]
}

async function carryRoute(
  alert: Alert,
  means: Means,
  route: string,
  names: readonly ChannelName[],
): Promise<readonly Delivery[]> {
  const { stops, unready } = await stopsOf(means, route, names)
  const [first] = stops
  if (first === undefined) return unready

  const reach = reacher({ alert, means, route, stops })
  const deliveries = await Promise.all(first.recipients.map((recipient) => reach(0, recipient)))
  const all = [...new Set(deliveries.flat())]
  // A channel that could not begin may be the one that another try reaches people by, once its secret can be read.
  return all.some(({ outcome }) => outcome === 'accepted') ? all : [...unready, ...all]
}

/** The channels of a route whose secrets could be read, and a delivery that says why not for each of the others. */
export async function stopsOf(means: Means, route: string, names: readonly ChannelName[]) {
  const stops: Stop[] = []
  const unready: Delivery[] = []
  const states = await Promise.all(names.map((name) => means.secrets.read(means.channels[name])))
  for (const [index, state] of states.entries()) {
    const channel = means.channels[names[index] as ChannelName]
    if ('secret' in state) {
      const { secret, stale = '' } = state
      stops.push({ channel, secret, stale, recipients: channel.recipients(secret) })
    } else {
      const counts = { ms: 0, tries: 0, attempts: 1, earlier: false }
      unready.push({ route, channel: channel.name, recipient: '', ...state, ...counts })
    }
  }
  for (const delivery of unready) means.log(delivery)
  return { stops, unready }
}

/**
 * Tries a recipient at a stop of the route, and on failure the next stop. Where that one does not know the recipient (a
 * chat, after Telegram), all of its own recipients stand in, each tried once however often asked.
 */
function reacher(journey: Journey) {
  const asked = new Map<string, Promise<readonly Delivery[]>>()

  function reach(index: number, recipient: string): Promise<readonly Delivery[]> {
    const key = `${index} ${recipient}`
    const reached = asked.get(key) ?? tryFrom(index, recipient)
    asked.set(key, reached)
    return reached
  }

  async function tryFrom(index: number, recipient: string): Promise<readonly Delivery[]> {
    const delivery = await tryStop(journey, index, recipient)
    const next = journey.stops[index + 1]
    if (delivery.outcome === 'accepted' || next === undefined) return [delivery]

    const known = next.recipients.includes(recipient)
    const standIns = known ? [recipient] : next.recipients
    const later = (await Promise.all(standIns.map((standIn) => reach(index + 1, standIn)))).flat()
    if (later.some((d) => d.outcome === 'accepted')) return later
    return known ? later.map((d) => moreHopeful(delivery, d)) : [delivery, ...later]
  }

  return reach
}

/** Another try can help as long as it could help on any of the channels. */
function moreHopeful(one: Delivery, other: Delivery): Delivery {
  const hope: readonly string[] = ['permanent', 'ambiguous', 'retryable', 'accepted']
  return hope.indexOf(one.outcome) > hope.indexOf(other.outcome) ? one : other
}

async function tryStop({ alert, means, route, stops }: Journey, index: number, recipient: string): Promise<Delivery> {
  const stop = stops[index] as Stop
  const base = { route, channel: stop.channel.name, recipient }
  const lost = means.before.get(recordKey({ ...base, outcome: 'ambiguous' }))
  const before = means.before.get(recordKey({ ...base, outcome: 'accepted' })) ?? lost
  if (before !== undefined && isSettled(before, means.before)) {
    return { ...base, ...before, code: 'earlier', reason: '', ms: 0, tries: 0, earlier: true }
  }

  const started = means.now()
  // What is left, shared evenly with the channels that come after: a hung one must not take their time.
  const until = started + Math.max(1, Math.floor((means.deadline - started) / (stops.length - index)))
  const mayTry = !stop.channel.sms || (await means.sms.take())
  const result: Result = mayTry ? await attempt({ alert, means, stop, recipient, until }) : overCap
  const delivery: Delivery = {
    ...base,
    ...result,
    ms: means.now() - started,
    attempts: (before?.attempts ?? 0) + 1,
    earlier: false,
  }
  means.log(delivery)
  if (delivery.outcome === 'accepted' || delivery.outcome === 'ambiguous') {
    await means.keep({ ...delivery, at: new Date(means.now()) })
  } else if (stop.channel.sms && mayTry) means.sms.giveBack()
  return delivery
}

const overCap: Result = {
  outcome: 'permanent',
  code: 'sms-cap',
  reason: "the day's cap on SMS is used up (sms.dailyCap in root-guard.yaml)",
  tries: 0,
}

/** Accepted, or tried so often without a clear answer that one more try is more likely a copy than news. */
function isSettled({ outcome, attempts }: DeliveryRecord, records: ReadonlyMap<string, DeliveryRecord>): boolean {
  if (outcome !== 'ambiguous') return outcome === 'accepted'
  const reached = [...records.values()].some((record) => record.outcome === 'accepted')
  return attempts >= (reached ? ambiguousTries : mostAmbiguousTries)
}
