// What every alarm has in common, and the alarms that us-east-1 and the relays both have.
import { CloudWatch, Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { deadLettersName } from './dead-letters.ts'

/** What to watch: one metric, or several added up. */
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

/** Rings when the sum of a minute is more than none, unless told otherwise. */
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
 * Two alarms. Arrivals ring for each letter anew, even where old ones lie; but a first point after idleness can come late
 * or not at all. What lies there rings once and stays on until somebody has looked, whatever became of the arrival.
 */
export function deadLetterAlarms(settings: Settings, topic?: string): Resources {
  const queue = { QueueName: deadLettersName(settings) }
  const rings = topic === undefined ? {} : { topic }
  return {
    DeadLettersAlarm: alarm(settings, 'dead-letters', {
      description: `An event could not be handed on and was put into ${deadLettersName(settings)}`,
      ...sumOf('AWS/SQS', 'NumberOfMessagesSent', queue),
      ...rings,
    }),
    DeadLettersLieAlarm: alarm(settings, 'dead-letters-lie', {
      description: `Events that could not be handed on lie in ${deadLettersName(settings)}`,
      ...sumOf('AWS/SQS', 'ApproximateNumberOfMessagesVisible', queue, 300),
      Statistic: 'Maximum',
      ...rings,
    }),
  }
}

/** Of several rules, what EventBridge gave up handing on: it counts even what no dead letter could be written of. */
export function failedInvocations(rules: readonly string[]): Watched {
  const of = rules.map((rule) => ({ RuleName: rule }))
  return sumOfSeveral('AWS/Events', 'FailedInvocations', of)
}

/** The sum over a period of a metric's several sets of dimensions, ten at most. */
export function sumOfSeveral(
  namespace: string,
  metric: string,
  several: readonly Readonly<Record<string, string>>[],
  period = 60,
): Watched {
  const metrics = several.map((dimensions, index) => ({
    Id: `m${index}`,
    ReturnData: false,
    MetricStat: {
      Stat: 'Sum',
      Period: period,
      Metric: { Namespace: namespace, MetricName: metric, Dimensions: dimensionsOf(dimensions) },
    },
  }))
  const expression = `SUM([${metrics.map(({ Id }) => Id).join(',')}])`
  return { Metrics: [...metrics, { Id: 'all', Expression: expression, ReturnData: true }] }
}

const moreThanNone = {
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 0,
  TreatMissingData: 'notBreaching',
}

function dimensionsOf(dimensions: Readonly<Record<string, string>>) {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
}
