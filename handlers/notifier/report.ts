// What the notifier says of itself: one line of JSON a delivery and a verdict, some of which are CloudWatch metrics too
// (embedded metric format: CloudWatch Logs makes metrics of a line's fields that its `_aws` names).
import { relayWithDrills } from './drill-wish.ts'
import type { Delivery } from './engine.ts'
import { maskRecipient } from './redact.ts'

/** Metrics in the namespace RootGuard; alarms in templates-src are made of these names. */
export type Metric =
  | 'SmsCapReached'
  | 'Drills'
  | 'DrillsRefused'
  | 'RecordsUnavailable'
  | 'SecretsUnreadable'
  | 'DigestsLost'

export interface Report {
  readonly delivery: (alert: string, delivery: Delivery) => void
  readonly line: (level: 'info' | 'error', fields: object) => void
  readonly metric: (metric: Exclude<Metric, 'Drills'>, fields: object) => void
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
    metric: (metric, fields) =>
      line('error', { ...fields, [metric]: 1, ...metrics([['Guard']], [{ Name: metric, Unit: 'Count' }]) }),
    drill: (alert, region) => {
      // One Region and no other: each value of a dimension is a metric more to pay.
      const byRegion = region === relayWithDrills ? { Region: region } : {}
      const dimensions = [['Guard'], ...('Region' in byRegion ? [['Guard', 'Region']] : [])]
      line('info', { alert, ...byRegion, Drills: 1, ...metrics(dimensions, [{ Name: 'Drills', Unit: 'Count' }]) })
    },
    delivery: (alert, delivery) =>
      line(isWell(delivery) ? 'info' : 'error', {
        alert,
        ...shown(delivery),
        Channel: delivery.channel,
        Outcome: delivery.outcome,
        Deliveries: 1,
        DeliveryTime: delivery.ms,
        ...metrics(
          [
            ['Guard', 'Channel', 'Outcome'],
            ['Guard', 'Outcome'],
          ],
          [
            { Name: 'Deliveries', Unit: 'Count' },
            { Name: 'DeliveryTime', Unit: 'Milliseconds' },
          ],
        ),
      }),
  }
}

/** Sent, or ready to be. */
export function isWell({ outcome }: Delivery): boolean {
  return outcome === 'accepted' || outcome === 'ready'
}

/** A delivery as logs and answers may show it. */
export function shown(delivery: Delivery): Delivery {
  return { ...delivery, recipient: delivery.recipient === '' ? '' : maskRecipient(delivery.recipient) }
}
