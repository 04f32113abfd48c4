// Tells people one alert: carries it over the routes, keeps what came of it, and minds the cap on SMS. An activity, a digest
// and the notice about the cap all go this way.
import { setTimeout as pause } from 'node:timers/promises'
import { check } from './check.ts'
import type { DrillWish } from './drill-wish.ts'
import { type Alert, answerStatus, type Delivery, deliver } from './engine.ts'
import type { DeliveryRecord } from './records.ts'
import type { ChannelName, NotifierSettings } from './settings.ts'
import { capMessage } from './words/messages.ts'
import type { World } from './world.ts'

export interface Told {
  readonly status: 202 | 422 | 503
  readonly deliveries: readonly Delivery[]
  /** What failed beside those: channels that another stood in for, and spare ones whose secret could not be read. */
  readonly failedOver: readonly Delivery[]
  /** Why a record could not be written; '' when all were. */
  readonly recordsFailure: string
}

export interface Telling {
  readonly before: ReadonlyMap<string, DeliveryRecord>
  /** Whether SMS may come out of the reserve. */
  readonly reserve: boolean
  readonly day: string
  readonly account: string
  /** When the last provider must have answered, in milliseconds since 1970. */
  readonly deadline: number
  /** Whether the table answers: where it does not, the cap is kept from memory, at once. */
  readonly tableAnswers: boolean
  /** What a drill asks for; undefined when it is none. */
  readonly drill?: DrillWish | undefined
}

export async function tell(world: World, alert: Alert, telling: Telling): Promise<Told> {
  const { day, reserve, tableAnswers } = telling
  let unused = 0
  let notice: Promise<void> | undefined
  const told = await carry(world, alert, telling, {
    take: async () => {
      if (unused > 0) {
        unused--
        return true
      }
      const taken = await world.cap.take(day, reserve, tableAnswers)
      if (!taken) notice ??= tellOfCap(world, telling)
      return taken
    },
    giveBack: () => {
      unused++
    },
  })
  if (unused > 0) await world.cap.giveBack(day, unused, tableAnswers).catch(() => {})
  // The answer does not wait for the notice: what is not told of the cap now is told at its next refusal.
  const left = Math.max(0, telling.deadline + 300 - world.now())
  await Promise.race([notice, pause(left, undefined, { ref: false })])
  return told
}

type Sms = Parameters<typeof deliver>[1]['sms']

async function carry(world: World, alert: Alert, { before, deadline, drill }: Telling, sms: Sms): Promise<Told> {
  const { settings, channels, secrets, records, report, send, urlOf, now } = world
  let recordsFailure = ''
  const tried: Delivery[] = []
  const carryAll = drill?.check ? check : deliver
  const deliveries = await carryAll(alert, {
    routes: routesFor(settings, drill),
    long: settings.sms.long,
    channels,
    secrets,
    before,
    keep: (record) =>
      records.write(alert.id, record).catch((error: Error) => {
        recordsFailure = error.message
        report.metric('RecordsUnavailable', { alert: alert.id, records: recordsFailure })
      }),
    sms,
    send,
    urlOf,
    log: (delivery) => {
      tried.push(delivery)
      report.delivery(alert.id, delivery)
    },
    now,
    deadline,
  })
  // A check says how it is now; coming again would not make it another.
  const status = drill?.check ? 202 : answerStatus(deliveries)
  return { status, deliveries, failedOver: tried.filter((one) => !deliveries.includes(one)), recordsFailure }
}

/** The routes with the drill's channels alone, where it names some; those that have none of them are left out. */
export function routesFor({ routes }: NotifierSettings, drill: DrillWish | undefined) {
  if (drill === undefined || drill.channels.length === 0) return routes
  const wanted = (name: ChannelName) => drill.channels.includes(name)
  const kept = Object.entries(routes).map(([route, names]) => [route, names.filter(wanted)] as const)
  return Object.fromEntries(kept.filter(([, names]) => names.length > 0))
}

/** Once a day, and once more when the reserve is used up too. The notice itself goes by SMS as well, past the cap. */
async function tellOfCap(world: World, telling: Telling): Promise<void> {
  const { settings, claims, records, table, report } = world
  const { day, account, reserve } = telling
  const id = `#sms-cap ${day}${reserve ? ' reserve' : ''}`
  try {
    if (!(await claims.take(id))) return
    const before = records.among(id, await table.query(id))
    const message = capMessage({ day, cap: settings.sms.dailyCap, reserve, account }, settings)
    const past = { take: async () => true, giveBack: () => {} }
    const { deliveries } = await carry(world, { id, message }, { ...telling, before, drill: undefined }, past)
    await claims.release(id)
    if (deliveries.some(({ earlier }) => !earlier)) report.metric('SmsCapReached', { alert: id })
  } catch (error) {
    report.metric('SmsCapReached', { alert: id, notice: (error as Error).message })
  }
}
