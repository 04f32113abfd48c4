// What a drill came to: how far it got, and what is wanted from whoever fired it.
import type { Looked, NotSeen, SeenDelivery } from './lookup.ts'

export interface Verdict {
  readonly ok: boolean
  /** What happened; where it is not fine, one sentence for each thing that is wrong. */
  readonly sentences: readonly string[]
  /** Those of the sentences that want something of somebody though everybody was reached. */
  readonly beside: readonly string[]
}

export interface Awaited {
  readonly mode: 'check' | 'send'
  /** The routes that the drill takes, with their channels. */
  readonly routes: Readonly<Record<string, readonly string[]>>
  /** How long it was followed. */
  readonly seconds: number
}

export function verdict(last: Looked | NotSeen, { mode, routes, seconds }: Awaited): Verdict {
  if ('absent' in last) return failed([`no record of the drill came within ${seconds} s`])
  if ('unreadable' in last) {
    return failed([`the drill is under way, and what became of it cannot be seen: ${last.unreadable}`])
  }
  if (last.refused !== undefined) return failed([`the function did not carry the drill out: ${last.refused}`])
  const wrong = [
    ...last.unreached.map(refused),
    ...silentRoutes(last, Object.keys(routes), seconds),
    ...(mode === 'check' ? silentChannels(last, routes) : []),
    ...undelivered(last),
  ]
  const beside = last.failedOver.flatMap((one) => failedOver(one, last, routes))
  return wrong.length > 0 ? failed([...wrong, ...beside]) : { ok: true, sentences: [reached(last), ...beside], beside }
}

export function failed(sentences: readonly string[]): Verdict {
  return { ok: false, sentences, beside: [] }
}

const outcomes = {
  accepted: 'accepted it',
  ready: 'is ready',
  retryable: 'did not take it yet',
  permanent: 'refused it',
  ambiguous: 'gave no clear answer',
} as const satisfies Record<SeenDelivery['outcome'], string>

function refused({ route, channel, recipient, outcome, code, reason }: SeenDelivery): string {
  const why = reason === '' ? code : `${code}, ${reason}`
  // Whose secret cannot be read reaches nobody it could name.
  const what = recipient === '' ? 'could not begin' : `${outcomes[outcome]} for ${recipient}`
  return `${route}: ${channel} ${what} (${why})`
}

/**
 * What failed though it decided nothing: the recipient was reached by another channel of the route, or its secret could not be read and
 * another was there. Nothing of what a later try mended.
 */
function failedOver(one: SeenDelivery, last: Looked, routes: Awaited['routes']): readonly string[] {
  const { route, channel, recipient } = one
  const accepted = last.deliveries.filter((other) => other.route === route && isAccepted(other))
  const hers = accepted.filter((other) => other.recipient === recipient)
  if (hers.some((other) => other.channel === channel)) return []
  if (last.unreached.some((other) => other.route === route && other.recipient === recipient)) return [refused(one)]
  // Who is unknown behind a channel, as a chat is to SMS, was reached by whoever stands behind it.
  const others = hers.length > 0 ? hers : accepted.filter((other) => other.channel !== channel)
  const order = routes[route] ?? []
  const behind = others.find((other) => order.indexOf(other.channel) > order.indexOf(channel))
  if (behind !== undefined) return [`${refused(one)}, and ${behind.channel} stood in: mend it all the same`]
  return [others.length > 0 ? `${refused(one)}, and could not have stood in: mend it before it has to` : refused(one)]
}

/** Routes of which nothing says that they reached anybody, and nothing why not. */
function silentRoutes({ deliveries, unreached, handling }: Looked, routes: readonly string[], seconds: number) {
  const named = new Set(unreached.map(({ route }) => route))
  return routes
    .filter((route) => !named.has(route) && !deliveries.some((one) => one.route === route && isWell(one)))
    .map((route) => {
      const open = deliveries.find((one) => one.route === route)
      if (open !== undefined) return refused(open)
      return handling
        ? `${route}: the function has the event and brought nothing to an end within ${seconds} s`
        : `${route}: nobody was reached within ${seconds} s, and no refusal is on record`
    })
}

/** A check looks at every channel, also at those behind the first: one without a word was never looked at. */
function silentChannels({ deliveries, unreached }: Looked, routes: Awaited['routes']): string[] {
  const all = [...deliveries, ...unreached]
  return Object.entries(routes).flatMap(([route, channels]) => {
    if (!all.some((one) => one.route === route)) return []
    return channels
      .filter((channel) => !all.some((one) => one.route === route && one.channel === channel))
      .map((channel) => `${route}: ${channel} was not looked at: is what runs older than root-guard.yaml? npm run plan`)
  })
}

function undelivered({ deliveries }: Looked): string[] {
  return deliveries.flatMap(({ route, channel, recipient, receipt }) =>
    receipt?.receipt === 'failed'
      ? [
          `${route}: ${channel} accepted it, and it was not delivered to ${recipient} (${receipt.code}, ${receipt.reason})`,
        ]
      : [],
  )
}

function reached({ deliveries }: Looked): string {
  const ready = deliveries.filter(({ outcome }) => outcome === 'ready').length
  if (ready > 0)
    return `every channel is ready, and nothing was sent: ${ready} ${ready === 1 ? 'recipient' : 'recipients'}`
  const accepted = deliveries.filter(isAccepted)
  const count = (receipt: string) => accepted.filter((one) => one.receipt?.receipt === receipt).length
  const delivered = count('delivered')
  const waiting = count('pending')
  return [
    `every route accepted the drill: ${accepted.length} ${accepted.length === 1 ? 'message' : 'messages'}`,
    ...(delivered > 0 ? [`${delivered} delivered, says the carrier`] : []),
    ...(waiting > 0 ? [`${waiting} not yet delivered`] : []),
  ].join(', ')
}

function isAccepted({ outcome }: SeenDelivery): boolean {
  return outcome === 'accepted'
}

function isWell({ outcome }: SeenDelivery): boolean {
  return outcome === 'accepted' || outcome === 'ready'
}
