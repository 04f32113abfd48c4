// What CloudWatch counted of rules and topics since a moment. Figures come minutes late, and AWS promises none of them: a figure
// that is missing is no zero.
import { GetMetricDataCommand, type MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { aws, pages } from '../aws.ts'
import { awsFailure } from '../aws-failure.ts'

export interface Counter {
  readonly region: string
  readonly kind: 'rule' | 'topic'
  /** The rule's or the topic's name. */
  readonly of: string
  readonly metric: string
}

export interface Figure extends Counter {
  /** Undefined where CloudWatch has no datapoint. */
  readonly sum: number | undefined
}

/** `final` is what asking again does not change. */
export type Figures =
  | { readonly figures: readonly Figure[] }
  | { readonly unreadable: string; readonly hint: string; readonly final: boolean }

export const ruleMetrics = [
  'Invocations',
  'FailedInvocations',
  'InvocationsSentToDlq',
  'InvocationsFailedToBeSentToDlq',
] as const
export const topicMetrics = [
  'NumberOfMessagesPublished',
  'NumberOfNotificationsDelivered',
  'NumberOfNotificationsFailed',
] as const

export function countersOf(kind: Counter['kind'], of: string, region: string): readonly Counter[] {
  return (kind === 'rule' ? ruleMetrics : topicMetrics).map((metric) => ({ region, kind, of, metric }))
}

export async function figuresOf(counters: readonly Counter[], since: Date, now: Date): Promise<Figures> {
  try {
    const regions = [...new Set(counters.map(({ region }) => region))]
    const asked = regions.map((region) =>
      inRegion(
        region,
        counters.filter((one) => one.region === region),
        since,
        now,
      ),
    )
    return { figures: (await Promise.all(asked)).flat() }
  } catch (error) {
    const { message, hint, exitCode } = awsFailure(error, 'cloudwatch:GetMetricData')
    return {
      unreadable: message,
      hint,
      final: exitCode === 2 || /AccessDenied|Unauthorized/.test((error as Error).name),
    }
  }
}

async function inRegion(region: string, counters: readonly Counter[], since: Date, now: Date): Promise<Figure[]> {
  const window = {
    StartTime: windowStart('topic', since),
    EndTime: new Date(windowStart('topic', now).getTime() + periods.topic),
  }
  const MetricDataQueries = counters.map(({ kind, of, metric }, index) => ({
    Id: `m${index}`,
    MetricStat: {
      Stat: 'Sum',
      Period: periods[kind] / 1000,
      Metric: {
        Namespace: kind === 'rule' ? 'AWS/Events' : 'AWS/SNS',
        MetricName: metric,
        Dimensions: [{ Name: kind === 'rule' ? 'RuleName' : 'TopicName', Value: of }],
      },
    },
  }))
  const results = await pages(
    (NextToken) =>
      aws.cloudWatch(region).send(new GetMetricDataCommand({ ...window, MetricDataQueries, ...token(NextToken) })),
    ({ MetricDataResults }) => MetricDataResults,
    ({ NextToken }) => NextToken,
  )
  return counters.map((counter, index) => {
    const own = results.filter(({ Id }) => Id === `m${index}`)
    return { ...counter, sum: sumOf(own, windowStart(counter.kind, since)) }
  })
}

/** CloudWatch answers a metric that it cannot read by a status of its own, among others that it can. */
function sumOf(results: readonly MetricDataResult[], from: Date): number | undefined {
  const values = results
    .filter(({ StatusCode }) => StatusCode !== 'InternalError' && StatusCode !== 'Forbidden')
    .flatMap(({ Timestamps = [], Values = [] }) => Values.filter((_, index) => (Timestamps[index] ?? from) >= from))
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}

const minute = 60_000

/** SNS pushes its figures every five minutes, and dates them by where those begin. */
const periods = { rule: minute, topic: 5 * minute } as const

/** Where the period begins in which a moment lies: a window from later on misses its datapoint. */
export function windowStart(kind: Counter['kind'], moment: Date): Date {
  const period = periods[kind]
  return new Date(Math.floor(moment.getTime() / period) * period)
}

function token(NextToken: string | undefined) {
  return NextToken === undefined ? {} : { NextToken }
}
