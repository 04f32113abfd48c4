// What the notifier says of itself: one line of JSON a delivery and a verdict, some of which are CloudWatch metrics too
// (embedded metric format: CloudWatch Logs makes metrics of a line's fields that its `_aws` names).
import { relayWithDrills } from './drill-wish.ts'
import type { Delivery } from './engine.ts'
import { maskRecipient } from './redact.ts'

/** What a line may count; under which of the metrics in the namespace RootGuard, which alarms in templates-src are made of. */
const metricOf = {
  SmsCapReached: 'LimitReached',
  DrillsRefused: 'LimitReached',
  RecordsUnavailable: 'PartUnusable',
  SecretsUnreadable: 'PartUnusable',
} as const

export type Counted = keyof typeof metricOf

export interface Report {
  readonly delivery: (alert: string, delivery: Delivery) => void
  readonly line: (level: 'info' | 'error', fields: object) => void
  readonly metric: (counted: Counted, fields: object) => void
  /** A drill that passed, counted by its Region as well where an alarm waits for those of that Region; '' where it had none. */
  readonly drill: (alert: string, region: string) => void
}

/** `guard` is the name in root-guard.yaml, by which the metrics of two guards are told apart. */
export function reporter(guard: string, log: (line: string) => void, now: () => number): Report {
  const line = (level: 'info' | 'error', fields: object) => log(JSON.stringify({ level, ...fields }))
  const metrics = (dimensions: readonly string[][], names: readonly object[]) => ({
    Guard: guard,
    _aws: {
      Timestamp: now(),
      CloudWatchMetrics: [{ Namespace: 'RootGuard', Dimensions: dimensions, Metrics: names }],
    },
  })
  return {
    line,
    metric: (counted, fields) => {
      const Name = metricOf[counted]
      line('error', { ...fields, [counted]: 1, [Name]: 1, ...metrics([['Guard']], [{ Name, Unit: 'Count' }]) })
    },
    drill: (alert, region) => {
      // One Region and no other: each value of a dimension is a metric more to pay.
      const byRegion = region === relayWithDrills ? { Region: region } : {}
      const dimensions = [['Guard'], ...('Region' in byRegion ? [['Guard', 'Region']] : [])]
      line('info', { alert, ...byRegion, Drills: 1, ...metrics(dimensions, [{ Name: 'Drills', Unit: 'Count' }]) })
    },
    delivery: (alert, delivery) => {
      const failed = failureOf(delivery)
      line(isWell(delivery) ? 'info' : 'error', {
        alert,
        ...shown(delivery),
        ...failed,
        Channel: delivery.channel,
        Outcome: delivery.outcome,
        // Each metric is billed by the hour in which it is written. A check hands nothing over, and the time is in the line.
        ...(delivery.outcome === 'ready'
          ? {}
          : {
              Deliveries: 1,
              ...metrics(
                [['Guard', 'Channel', 'Outcome'], ...Object.keys(failed).map((name) => ['Guard', name])],
                [{ Name: 'Deliveries', Unit: 'Count' }],
              ),
            }),
      })
    },
  }
}

/** One metric for an alarm each, over all channels. An SMS past the day's cap is no failure: LimitReached counts it. */
function failureOf(delivery: Delivery): { readonly Failure?: 'refused' | 'unsure' } {
  if (isWell(delivery) || delivery.code === 'sms-cap') return {}
  return { Failure: delivery.outcome === 'permanent' ? 'refused' : 'unsure' }
}

/** Sent, or ready to be. */
export function isWell({ outcome }: Delivery): boolean {
  return outcome === 'accepted' || outcome === 'ready'
}

/** A delivery as logs and answers may show it. */
export function shown(delivery: Delivery): Delivery {
  return { ...delivery, recipient: delivery.recipient === '' ? '' : maskRecipient(delivery.recipient) }
}
