// CloudWatch: what PutMetricAlarm refuses.
import { list, object, type Rule, resource } from './rule.ts'

const type = 'AWS::CloudWatch::Alarm'
const metric = { Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent' }
const compared = { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, EvaluationPeriods: 1 }
const one = { ...metric, ...compared, Statistic: 'Sum', Period: 60 }
const query = (Id: string, stat: object = {}) => ({
  Id,
  MetricStat: { Metric: metric, Stat: 'Sum', Period: 60, ...stat },
})

/** As the User Guide writes them, with percentages from 0 to 100. */
const number = String.raw`(100|\d{1,2}(\.\d{1,10})?)`
const bounds = String.raw`\((\d+(\.\d+)?%?)?:(\d+(\.\d+)?%?)?\)`
const percentile = new RegExp(`^(p|tm|wm|tc|ts)${number}$|^(TM|WM|PR|TC|TS)${bounds}$|^IQM$`)
const simple = /^(Average|Maximum|Minimum|SampleCount|Sum)$/

export const cloudwatch: readonly Rule[] = [
  {
    id: 'cloudwatch/statistic',
    fact: 'The statistic of a metric is Average, Maximum, Minimum, SampleCount, Sum, IQM, a percentile, or a trimmed one.',
    source: 'CloudWatch User Guide, statistics definitions',
    sure: 'H',
    basis: 'documentation',
    of: [type],
    check: ({ Properties: { ExtendedStatistic, Metrics } }) => {
      const stats = list<{ MetricStat?: { Stat: string } }>(Metrics).map(({ MetricStat }) => MetricStat?.Stat)
      const wrong = stats.flatMap((Stat, at) =>
        Stat === undefined || simple.test(Stat) || percentile.test(Stat)
          ? []
          : [[`Metrics.${at}.MetricStat.Stat`, Stat]],
      )
      const extended =
        ExtendedStatistic === undefined || percentile.test(String(ExtendedStatistic))
          ? []
          : [['ExtendedStatistic', ExtendedStatistic]]
      return [...wrong, ...extended].map(([property, found]) => ({
        property: String(property),
        found,
        allowed: 'a statistic of CloudWatch: Sum, Maximum, p99, …',
      }))
    },
    wrong: [
      { Alarm: resource(type, { ...compared, Metrics: [query('m0', { Stat: 'Median' })] }) },
      { Alarm: resource(type, { ...one, Statistic: undefined, ExtendedStatistic: 'p101' }) },
    ],
  },
  {
    id: 'cloudwatch/evaluation-range',
    fact: 'Period times EvaluationPeriods is a day at most, or seven days where the period is an hour or longer.',
    source: 'CloudWatch API Reference, PutMetricAlarm, EvaluationPeriods',
    sure: 'H',
    basis: 'documentation',
    of: [type],
    check: ({ Properties: { Period, EvaluationPeriods, Metrics } }) => {
      const queries = list<{ Period?: number; MetricStat?: { Period: number } }>(Metrics)
      const periods = [Period, ...queries.flatMap((of) => [of.Period, of.MetricStat?.Period])]
      const longest = Math.max(...periods.filter((period) => period !== undefined).map(Number))
      const seconds = longest * Number(EvaluationPeriods)
      const most = longest < 3600 ? 86_400 : 604_800
      return seconds > most
        ? [
            {
              property: 'EvaluationPeriods',
              found: `${EvaluationPeriods} of ${longest} s`,
              allowed: `${most} s together`,
            },
          ]
        : []
    },
    wrong: [
      { Alarm: resource(type, { ...one, Period: 3600, EvaluationPeriods: 192 }) },
      { Alarm: resource(type, { ...one, Period: 300, EvaluationPeriods: 289 }) },
      { Alarm: resource(type, { ...compared, EvaluationPeriods: 8, Metrics: [query('m0', { Period: 86_400 })] }) },
    ],
  },
  {
    id: 'cloudwatch/ten-metrics',
    fact: 'An alarm on an expression takes ten metrics at most.',
    source: 'CloudWatch User Guide, alarms on metric math',
    sure: 'H',
    basis: 'documentation',
    of: [type],
    check: ({ Properties: { Metrics } }) => {
      const { length } = list(Metrics).filter((of) => object(of).MetricStat !== undefined)
      return length > 10 ? [{ property: 'Metrics', found: length, allowed: 'ten metrics at most' }] : []
    },
    wrong: [
      {
        Alarm: resource(type, {
          ...compared,
          Metrics: Array.from({ length: 11 }, (_, at) => ({ ...query(`m${at}`), ReturnData: at === 0 })),
        }),
      },
    ],
  },
  {
    id: 'cloudwatch/one-result',
    fact: 'Of the metrics and expressions of an alarm exactly one returns data; ReturnData is true by default.',
    source: 'CloudWatch API Reference, MetricDataQuery',
    sure: 'H',
    basis: 'documentation',
    of: [type],
    check: ({ Properties: { Metrics } }) => {
      const { length } = list(Metrics).filter((of) => object(of).ReturnData !== false)
      return Metrics === undefined || length === 1
        ? []
        : [{ property: 'Metrics', found: `${length} that return data`, allowed: 'one that returns data' }]
    },
    wrong: [{ Alarm: resource(type, { ...compared, Metrics: [query('m0'), query('m1')] }) }],
  },
  {
    id: 'cloudwatch/period',
    fact: 'The period of a metric in an expression is a multiple of 60 seconds; metrics of AWS have none below it.',
    source: 'CloudWatch API Reference, MetricStat',
    sure: 'H',
    basis: 'documentation',
    of: [type],
    check: ({ Properties: { Metrics } }) =>
      list<{ MetricStat?: { Period: number } }>(Metrics)
        .map(({ MetricStat }, at) => [`Metrics.${at}.MetricStat.Period`, MetricStat?.Period] as const)
        .filter(([, found]) => found !== undefined && Number(found) % 60 !== 0)
        .map(([property, found]) => ({ property, found, allowed: 'a multiple of 60' })),
    wrong: [{ Alarm: resource(type, { ...compared, Metrics: [query('m0', { Period: 90 })] }) }],
  },
]
