// `GET /alerts/{id}`: what became of an alert, from its records; whom the last try did not reach; and what failed beside that, for
// the most part channels that another stood in for. With `?receipts=ask` the providers are asked what became of the messages they
// accepted: accepted is not delivered.
import { randomBytes } from 'node:crypto'
import type { Channel, Receipt } from './channels/channel.ts'
import { countedIn, ownItem } from './claims.ts'
import { deliveryKey } from './records.ts'
import { redactReason } from './redact.ts'
import type { ChannelName } from './settings.ts'
import type { Item } from './table.ts'
import { idOf, windowOf } from './windows.ts'
import type { World } from './world.ts'

export interface Found {
  readonly status: 200 | 404 | 503
  readonly body: object
}

/** A provider that does not answer by then is unknown. */
const receiptMs = 3_000

export async function getAlert(world: World, id: string, receipts: boolean): Promise<Found> {
  let items: readonly Item[]
  try {
    items = await world.table.query(id)
  } catch (error) {
    return { status: 503, body: { alert: id, error: (error as Error).message } }
  }
  const deliveries = items.filter((item) => item.route !== undefined)
  const own = ownItem(items)
  if (deliveries.length === 0 && own === undefined) {
    return { status: 404, body: { alert: id, error: 'no record of it; records are kept for a month' } }
  }
  const found = await Promise.all(deliveries.map((item) => seen(world, id, item, receipts)))
  const window = windowOf(countedIn(items))
  const [unreached, failedOver] = [own?.unreached, own?.failedOver].map(
    (list) => JSON.parse(list?.S ?? '[]') as unknown,
  )
  const handling = Number(own?.lease?.N ?? 0) > world.now()
  const about = {
    ...(window === undefined ? {} : { counted: idOf(window) }),
    ...(own?.refused === undefined ? {} : { refused: own.refused.S }),
  }
  return { status: 200, body: { alert: id, handling, ...about, deliveries: found, unreached, failedOver } }
}

async function seen(world: World, alertId: string, item: Item, receipts: boolean): Promise<object> {
  const { route, channel, recipient, outcome, code, attempts, ms, at } = item
  const delivery = {
    route: route?.S,
    channel: channel?.S,
    recipient: recipient?.S,
    outcome: outcome?.S,
    code: code?.S,
    attempts: Number(attempts?.N),
    ms: Number(ms?.N),
    at: at?.S,
  }
  if (!receipts || delivery.outcome !== 'accepted') return delivery
  return { ...delivery, receipt: await receiptOf(world, alertId, item) }
}

async function receiptOf(world: World, alertId: string, item: Item): Promise<Receipt> {
  const { channels, secrets, send, urlOf, now } = world
  const channel: Channel | undefined = channels[item.channel?.S as ChannelName]
  if (channel?.receipt === undefined) {
    return { receipt: 'unknown', code: 'not-asked', reason: 'this provider cannot be asked' }
  }
  const state = await secrets.read(channel)
  if (!('secret' in state)) return { receipt: 'unknown', code: state.code, reason: state.reason }
  const { secret } = state
  // Records hold no phone number, only a digest of it.
  const mine = (one: string) => deliveryKey(item.route?.S ?? '', one) === item.delivery?.S
  const recipient = channel.recipients(secret).find(mine)
  if (recipient === undefined) {
    return { receipt: 'unknown', code: 'no-recipient', reason: 'the secret names this recipient no more' }
  }
  const salt = randomBytes(16).toString('hex')
  const accepted = {
    url: urlOf(channel),
    secret,
    recipient,
    code: item.code?.S ?? '',
    alertId,
    now: new Date(now()),
    salt,
  }
  const receipt = channel.receipt.classify(await send(channel.receipt.request(accepted), receiptMs), accepted)
  return 'reason' in receipt ? { ...receipt, reason: redactReason(receipt.reason, secret) } : receipt
}
