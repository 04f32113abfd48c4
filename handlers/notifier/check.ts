// A drill's check: everything that sending does, up to the provider's door. Every channel of every route is looked at, not
// only the first of each, since the others are what alerts fall over to. Nothing is sent.
import { randomBytes } from 'node:crypto'
import { askProvider } from './channels/ask.ts'
import type { Outcome } from './channels/channel.ts'
import { type Alert, type Delivery, type Means, type Stop, stopsOf } from './engine.ts'
import { redactReason } from './redact.ts'

/** `ready`, or why not, for each recipient of each channel; one for a channel whose secret cannot be used. */
export async function check(alert: Alert, means: Means): Promise<readonly Delivery[]> {
  const routes = Object.entries(means.routes).map(async ([route, names]) => {
    const { stops, unready } = await stopsOf(means, route, names)
    const checked = stops.flatMap((stop) =>
      stop.recipients.map((recipient) => checkOne(alert, means, stop, { route, recipient })),
    )
    return [...unready, ...(await Promise.all(checked))]
  })
  return (await Promise.all(routes)).flat()
}

async function checkOne(
  alert: Alert,
  means: Means,
  { channel, secret, stale }: Stop,
  whom: { readonly route: string; readonly recipient: string },
): Promise<Delivery> {
  const started = means.now()
  const outcome = await probe(alert, means, channel, secret, whom.recipient)
  const isReady = outcome.outcome === 'accepted'
  const delivery: Delivery = {
    ...whom,
    channel: channel.name,
    outcome: isReady ? 'ready' : outcome.outcome,
    code: outcome.code,
    reason: isReady ? redactReason(stale, secret) || (outcome.remark ?? '') : outcome.reason,
    ms: means.now() - started,
    tries: 0,
    attempts: 1,
    earlier: false,
  }
  means.log(delivery)
  if (isReady) await means.keep({ ...delivery, outcome: 'ready', at: new Date(means.now()) })
  return delivery
}

/** Builds the request that would be sent, and asks what can be asked without sending. */
async function probe(
  alert: Alert,
  means: Means,
  channel: Stop['channel'],
  secret: unknown,
  recipient: string,
): Promise<Outcome> {
  const url = means.urlOf(channel)
  const salt = randomBytes(16).toString('hex')
  const now = new Date(means.now())
  const { message, id: alertId } = alert
  try {
    channel.request({ url, secret, recipient, message, long: means.long, alertId, now, salt, amend: {} })
    const timeoutMs = () => Math.max(1, means.deadline - means.now())
    return await askProvider(channel, { url, secret, recipient, now }, (asked) => means.send(asked, timeoutMs()))
  } catch (error) {
    return { outcome: 'permanent', code: 'defect', reason: (error as Error).message }
  }
}
