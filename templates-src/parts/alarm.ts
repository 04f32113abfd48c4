// What every alarm has in common, and the alarms that us-east-1 and the relays both have.
import { CloudWatch, Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { deadLettersName } from './dead-letters.ts'

/** What to watch: a metric, or what is computed of one. Each metric is $0.10 a month, also inside an expression. */
export type Watched = Pick<
  CloudWatch.Alarm['Properties'],
  'Namespace' | 'MetricName' | 'Dimensions' | 'Statistic' | 'Period' | 'Metrics'
>

export interface AlarmOptions extends Watched {
  readonly description: string
  /** The topic it rings; none in a relay, where its change of state is an event that is relayed. */
  readonly topic?: string
  /** How many periods are looked at, one when not given, and the threshold, more than none when not given. */
  readonly periods?: number
  /** In how many of them it must be so; in all when not given. */
  readonly ofThem?: number
  readonly when?: Pick<CloudWatch.Alarm['Properties'], 'ComparisonOperator' | 'Threshold' | 'TreatMissingData'>
}

/** Rings when the sum of a period is more than none, unless `when` says otherwise. */
export function alarm({ name }: Settings, suffix: string, options: AlarmOptions): CloudWatch.Alarm {
  const { description, topic, periods = 1, ofThem, when = moreThanNone, ...watched } = options
  return new CloudWatch.Alarm({
    AlarmName: `${name}-${suffix}`,
    AlarmDescription: description,
    ...watched,
    EvaluationPeriods: periods,
    ...(ofThem === undefined ? {} : { DatapointsToAlarm: ofThem }),
    ...when,
    ...(topic === undefined ? {} : { AlarmActions: [Fn.Ref(topic)] }),
  })
}

/** Any of the last three times five minutes: what reaches CloudWatch some minutes late is seen as well. */
export const lately = { Period: 300, periods: 3, ofThem: 1 }

/** The sum of a metric over a period of so many seconds. */
export function sumOf(
  namespace: string,
  metric: string,
  dimensions: Readonly<Record<string, string>>,
  period = 60,
): Watched {
  return {
    Namespace: namespace,
    MetricName: metric,
    Dimensions: dimensionsOf(dimensions),
    Statistic: 'Sum',
    Period: period,
  }
}

/**
 * Watches that the number of letters grows, so that old ones which lie there hide no new one for longer than an hour. It looks back
 * for an hour: metrics of an idle queue come up to a quarter of an hour late, at their original times, and grow but once.
 */
export function deadLettersAlarm(settings: Settings, topic?: string): Resources {
  const queue = deadLettersName(settings)
  const letters = {
    Id: 'letters',
    ReturnData: false,
    MetricStat: {
      Stat: 'Maximum',
      Period: 300,
      Metric: {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: dimensionsOf({ QueueName: queue }),
      },
    },
  }
  return {
    DeadLettersAlarm: alarm(settings, 'dead-letters', {
      description: `An event could not be handed on and was put into ${queue}`,
      // An idle queue has no metrics: that is none, from which the first letter is one more.
      Metrics: [letters, { Id: 'more', Expression: 'DIFF(FILL(letters, 0))', ReturnData: true }],
      periods: 12,
      ofThem: 1,
      ...(topic === undefined ? {} : { topic }),
    }),
  }
}

const moreThanNone = {
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 0,
  TreatMissingData: 'notBreaching',
}

function dimensionsOf(dimensions: Readonly<Record<string, string>>) {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
}
