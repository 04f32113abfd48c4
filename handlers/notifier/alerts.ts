// `POST /alerts`: an EventBridge event comes in, people are told or it is counted, and EventBridge learns whether to come
// again. Whatever of the table is broken, what can be sent is sent.
import { setTimeout as pause } from 'node:timers/promises'
import { type Activity, asAssumedSession, type Reading, readActivity } from './activity.ts'
import { isAssumed, rememberKey } from './assumed-keys.ts'
import { countedIn, isTold, type Left } from './claims.ts'
import { takeDrill } from './drills.ts'
import type { Delivery } from './engine.ts'
import { mayUseReserve } from './loudness.ts'
import type { DeliveryRecord } from './records.ts'
import { isWell, shown } from './report.ts'
import { channelsOf } from './settings.ts'
import { dayIn } from './sms-cap.ts'
import { routesFor, tell } from './tell.ts'
import type { Standing } from './windows.ts'
import { alertMessage } from './words/messages.ts'
import { providersUntilMs, type World } from './world.ts'

export interface Reply {
  readonly status: 202 | 400 | 422 | 503
  readonly body: object
}

/**
 * Answers 202 (settled or counted), 503 (come again), 422 (given up) or 400 (not an event). Never throws. With `drillId`
 * (`POST /alerts/{id}`, which others than the rule may call) it takes the drill of that id and nothing else.
 */
export async function postAlert(world: World, body: string, drillId?: string): Promise<Reply> {
  const { settings, report, now } = world
  const deadline = now() + providersUntilMs
  const reading = onlyDrill(readActivity(body, settings.name), drillId)
  if ('refused' in reading) {
    report.line('error', { refused: reading.refused })
    return { status: 400, body: { error: reading.refused } }
  }
  const { activity } = reading
  // So that they are there when the table has answered; and read to the end, since Lambda stops the clock after an answer.
  const secretsRead = Promise.all(channelsOf(settings).map((name) => world.secrets.read(world.channels[name])))
  const asked = await askTable(world, activity)
  const reply = 'why' in asked ? await withoutTelling(world, activity, asked) : await told(world, asked, deadline)
  await secretsRead
  return reply
}

/** Who may post a drill must not be able to post a real alert, nor what would settle one. It came through no Region. */
function onlyDrill(reading: Reading, drillId: string | undefined): Reading {
  if (drillId === undefined || 'refused' in reading) return reading
  const { activity } = reading
  const { drill, id, official } = activity
  return drill && !official && id === drillId
    ? { activity: { ...activity, drill: { ...drill, tookIn: '' } } }
    : { refused: 'only a drill, with its own id in the path, is taken here' }
}

/** An activity that people are told, with what the table says of it, or memory where that cannot be asked. */
interface ToTell {
  readonly activity: Activity
  readonly before: ReadonlyMap<string, DeliveryRecord>
  readonly day: string
  /** Why the table could not be asked; '' when it could. */
  readonly recordsFailure: string
}

/** One that nobody is told now: it was counted, or has to come again, or is a drill too many. */
interface NotToTell {
  readonly why: 'counted' | 'claimed' | 'held' | 'refused'
  readonly what: string
}

/** The table has a second in all. What it answers later changes nothing any more. */
async function askTable(world: World, read: Activity): Promise<ToTell | NotToTell> {
  const { settings, records, windows, report, now, askMs } = world
  const day = dayIn(settings.timeZone, new Date(now()))
  const wanted = new AbortController()
  const answered = new AbortController()
  try {
    const tooLate = pause(askMs, undefined, { signal: answered.signal }).then((): never => {
      throw new Error(`DynamoDB: not all answers in ${askMs} ms`)
    })
    return await Promise.race([lookUp(world, read, day, wanted.signal), tooLate])
  } catch (error) {
    wanted.abort()
    const recordsFailure = (error as Error).message
    report.metric('RecordsUnavailable', { alert: read.id, records: recordsFailure })
    const before = records.among(read.id, [])
    const standing: Standing = before.size > 0 ? { told: true } : windows.enterWithoutTable(read)
    return 'told' in standing ? { activity: read, before, day, recordsFailure } : standing
  } finally {
    answered.abort()
  }
}

async function lookUp(world: World, read: Activity, day: string, wanted: AbortSignal): Promise<ToTell | NotToTell> {
  const { table, claims, records, windows, now } = world
  const { id, drill } = read
  if (!(await claims.take(id))) return { why: 'claimed', what: 'another copy of it is being handled: come again' }
  const [items, assumed] = await Promise.all([table.query(id), isAssumed(table, read), rememberKey(table, read, now())])
  const activity = assumed ? asAssumedSession(read) : read
  const before = records.among(id, items)
  const tell: ToTell = { activity, before, day, recordsFailure: '' }
  // What somebody was told of, or would have been, is carried to the end, whatever window is open now.
  if (before.size > 0 || isTold(items)) return tell
  if (drill && Object.keys(routesFor(world.settings, drill)).length === 0) {
    return { why: 'refused', what: 'no route has a channel that the drill names' }
  }
  if (drill && !(await takeDrill(table, drill, day, now()))) {
    return { why: 'refused', what: "the day's drills are used up" }
  }
  const standing = await windows.enter(activity, countedIn(items), wanted)
  return 'told' in standing ? tell : standing
}

const answers = { counted: 202, refused: 202, claimed: 503, held: 503 } as const

async function withoutTelling(world: World, { id, kind }: Activity, { why, what }: NotToTell): Promise<Reply> {
  const { claims, report } = world
  const body = { alert: id, kind, [why]: what }
  if (why === 'refused') {
    report.metric('DrillsRefused', body)
    // Whoever follows the drill is to learn why nothing came of it.
    await claims.release(id, { refused: what }).catch(() => {})
  } else report.line(why === 'held' ? 'error' : 'info', body)
  return { status: answers[why], body }
}

async function told(world: World, { activity, before, day, recordsFailure }: ToTell, deadline: number): Promise<Reply> {
  const { settings, claims, report, now } = world
  const { id, kind, account, drill } = activity
  const tableAnswers = recordsFailure === ''
  const alert = { id, message: alertMessage(activity, settings) }
  const reserve = mayUseReserve(activity)
  const [{ status, deliveries, failedOver, ...written }] = await Promise.all([
    tell(world, alert, { before, reserve, day, account, deadline, tableAnswers, drill }),
    tableAnswers ? claims.tell(id).catch(() => {}) : undefined,
  ])
  const failure = recordsFailure || written.recordsFailure
  // The next copy need not wait for the lease to end; where there is no time left for it, it does.
  if (failure === '' && now() < deadline + 100) {
    await claims.release(id, leftBy(deliveries, failedOver, now())).catch(() => {})
  }
  if (deliveries.some(({ code }) => code.startsWith('secret'))) report.metric('SecretsUnreadable', { alert: id })
  // One that left channels out says nothing of them.
  if (drill?.channels.length === 0 && deliveries.every(isWell)) report.drill(id, drill.tookIn)
  report.line('info', { alert: id, kind, status })
  return { status, body: { alert: id, kind, records: failure || 'kept', deliveries: deliveries.map(shown) } }
}

/**
 * What the alert's own item keeps for those who look it up. What failed over stays when a later try has nothing to say of it: what was
 * settled before is not tried again.
 */
function leftBy(deliveries: readonly Delivery[], failedOver: readonly Delivery[], now: number): Left {
  const at = new Date(now).toISOString()
  const listed = (failed: readonly Delivery[]) => JSON.stringify(failed.map((one) => ({ ...shown(one), at })))
  const unreached = listed(deliveries.filter((one) => !isWell(one)))
  return failedOver.length === 0 ? { unreached } : { unreached, failedOver: listed(failedOver) }
}
