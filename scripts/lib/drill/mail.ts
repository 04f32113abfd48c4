// Whether the mail of a drill got through, as CloudWatch counts it: a mail leaves no record with the notifier. What CloudWatch does
// not say yet is unknown and said so; that it could not be asked is a failure.
import { setTimeout as pause } from 'node:timers/promises'
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { drillMailName } from '../../../templates-src/parts/drill-mail.ts'
import { type Counter, countersOf, type Figure, type Figures, figuresOf, windowStart } from './figures.ts'
import type { Wish } from './wish.ts'

export interface Mail {
  /** `unknown`: no figures yet, which AWS does not promise. `unreadable`: CloudWatch could not be asked. */
  readonly state: 'reached' | 'failed' | 'unknown' | 'unreadable' | 'not-looked-at'
  readonly sentences: readonly string[]
  /** Those that CloudWatch has. */
  readonly figures: readonly Figure[]
}

interface Followed {
  /** When the drill was put. */
  readonly since: Date
  readonly note: (line: string) => void
}

const firstPauseMs = 3_000
const longestPauseMs = 20_000

/** Looks until the figures say what became of the mail, at most as long as is wished. */
export async function followMail(settings: Settings, wish: Wish, { since, note }: Followed): Promise<Mail> {
  const seconds = wish.mailSeconds
  if (seconds === 0) return notLookedAt
  const until = Date.now() + seconds * 1000
  const counters = countersOnTheWay(settings, wish)
  note(`waiting up to ${seconds} s for what CloudWatch counts of the mail; --mail-wait 0 does not look`)
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const figures = await figuresOf(counters, since, new Date())
    const mail = mailVerdict(settings, figures, { since, seconds })
    const isFinal = 'final' in figures ? figures.final : mail.state !== 'unknown'
    const rest = until - Date.now()
    if (isFinal || rest <= 0) return mail
    await pause(Math.min(pauseMs, rest))
    if (pauseMs === longestPauseMs && rest > pauseMs) note(`no figures of the mail yet, ${seconds} s at most`)
  }
}

export const notLookedAt: Mail = { state: 'not-looked-at', sentences: [], figures: [] }

/** The rules that the drill passes, those that a real alert passes in their place, and both topics. */
export function countersOnTheWay({ name }: Settings, { from }: Pick<Wish, 'from'>): readonly Counter[] {
  const rules = ['drill', 'root-activity', 'guard-touched', 'guard-reached']
  return [
    ...[...rules, 'drill-mail'].flatMap((rule) => countersOf('rule', `${name}-${rule}`, alarmRegion)),
    ...(from === alarmRegion ? [] : rules.flatMap((rule) => countersOf('rule', `${name}-relay-${rule}`, from))),
    ...['alerts', 'operations'].flatMap((topic) => countersOf('topic', `${name}-${topic}`, alarmRegion)),
  ]
}

/** Pure. */
export function mailVerdict(
  settings: Settings,
  looked: Figures,
  { since, seconds }: { readonly since: Date; readonly seconds: number },
): Mail {
  if ('unreadable' in looked) {
    const { unreadable, hint } = looked
    const sentence = `the mail: unknown, as CloudWatch could not be asked: ${unreadable}; ${hint}`
    return { state: 'unreadable', sentences: [sentence], figures: [] }
  }
  const figures = looked.figures.filter(({ sum }) => sum !== undefined)
  const lost = figures.filter(({ metric, sum = 0 }) => failures.includes(metric) && sum > 0)
  if (lost.length > 0)
    return { state: 'failed', sentences: byWhom(lost).map((all) => lostBy(settings, all, since)), figures }
  const { name, emails } = settings
  const count = (of: string, metric: string) => figures.find((one) => one.of === of && one.metric === metric)?.sum
  const handedOut = count(`${name}-alerts`, 'NumberOfNotificationsDelivered') ?? 0
  // The topic hands out other mails too, so the rule of this one must have run.
  const passed = count(drillMailName(settings), 'Invocations') ?? 0
  const wanted = emails.length
  const from = sinceOf('topic', since)
  if (handedOut >= wanted && passed >= 1)
    return { state: 'reached', sentences: [reached(handedOut, wanted, from)], figures }
  if (handedOut >= wanted) {
    return unknown(
      `the mail: unknown, as CloudWatch has no figures of the rule ${drillMailName(settings)} after ${seconds} s, and the ${handedOut} that SNS handed out since ${from} may be other mails: look into the mailboxes`,
      figures,
    )
  }
  if (handedOut > 0) {
    return unknown(
      `the mail: SNS counts ${handedOut} of ${wanted} since ${from} after ${seconds} s, and of the rest nothing is known: npm run doctor says who has not confirmed`,
      figures,
    )
  }
  return unknown(
    `the mail: unknown, as CloudWatch has no figures of the topic ${name}-alerts after ${seconds} s: they come minutes late; look into the mailboxes`,
    figures,
  )
}

const failures: readonly string[] = [
  'FailedInvocations',
  'InvocationsSentToDlq',
  'InvocationsFailedToBeSentToDlq',
  'NumberOfNotificationsFailed',
]

/** One loss can be counted by several metrics of one rule. */
function byWhom(lost: readonly Figure[]): readonly (readonly [Figure, ...Figure[]])[] {
  const whose = [...new Set(lost.map(({ region, of }) => `${region} ${of}`))]
  return whose.map((one) => lost.filter(({ region, of }) => `${region} ${of}` === one) as [Figure, ...Figure[]])
}

function lostBy(settings: Settings, all: readonly [Figure, ...Figure[]], since: Date): string {
  const [{ kind, of, region }] = all
  const counted = `${all.map(({ metric, sum }) => `${metric} ${sum}`).join(', ')}, since ${sinceOf(kind, since)}`
  if (kind === 'topic') {
    return `the mail: SNS could not deliver what the topic ${of} sent (${counted}): an address that is full, gone or refuses AWS's mail`
  }
  const what =
    of === drillMailName(settings)
      ? `a drill's mail did not get through to the topic ${settings.name}-alerts: may EventBridge publish to it? npm run drift`
      : 'what it calls refused it, or could not be reached: npm run drift, and the dead letters say why'
  return `the rule ${of} in ${region} could not hand on an event (${counted}): ${what}`
}

function unknown(sentence: string, figures: readonly Figure[]): Mail {
  return { state: 'unknown', sentences: [sentence], figures }
}

/** As figures are summed over whole periods, they may count other events of the same minutes. */
function sinceOf(kind: Figure['kind'], since: Date): string {
  return `${windowStart(kind, since).toISOString().slice(11, 16)} UTC`
}

function reached(handedOut: number, wanted: number, from: string): string {
  return `SNS handed out ${handedOut} ${handedOut === 1 ? 'mail' : 'mails'} since ${from}, for ${wanted} ${wanted === 1 ? 'address' : 'addresses'} in root-guard.yaml`
}
