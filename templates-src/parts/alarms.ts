// Who watches the guard. All of it rings the operations topic, which needs neither the API nor the function. Which failure each
// alarm alone finds, and why there are no more of them, is in docs/decisions/0013-alarm-metrics.md.
import { postureRegion, type Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { rootActivityName } from './activity-rule.ts'
import { type AlarmOptions, alarm, deadLettersAlarm, lately, sumOf } from './alarm.ts'
import { apiName } from './api.ts'
import { notifierName } from './notifier.ts'
import { topicId } from './operations-topic.ts'

/** The namespace of the metrics that the notifier writes; each has the dimension Guard, the guard's name. */
export const metricsNamespace = 'RootGuard'

export function alarms(settings: Settings): Resources {
  const ring = (suffix: string, description: string, options: Omit<AlarmOptions, 'description' | 'topic'>) =>
    alarm(settings, suffix, { description, topic: topicId, ...options })
  const guard = { Guard: settings.name }
  const own = (metric: string) => sumOf(metricsNamespace, metric, guard)
  const failed = (Failure: string, period?: number) =>
    sumOf(metricsNamespace, 'Deliveries', { ...guard, Failure }, period)
  return merge(deadLettersAlarm(settings, topicId), {
    // It counts the events of this rule alone. Where the queue takes no letters of other rules, `npm run drift` finds it.
    LettersLostAlarm: ring(
      'letters-lost',
      'An event could be handed on neither to its target nor to the dead letters: it is lost',
      {
        ...sumOf('AWS/Events', 'InvocationsFailedToBeSentToDlq', { RuleName: rootActivityName(settings) }),
        ...lately,
      },
    ),
    // Lambda counts the errors of each run, mostly none of them. Where it counts nothing, nothing ran: the rule that asks for
    // the digests every minute is off, may not call the function, or Lambda refuses to run it.
    NotifierAlarm: ring('notifier', 'The notifier failed, or has not run for about a quarter of an hour', {
      ...sumOf('AWS/Lambda', 'Errors', { FunctionName: notifierName(settings) }, 300),
      when: { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, TreatMissingData: 'breaching' },
    }),
    // One 503 is a delivery that is tried again, at first within minutes. EventBridge tries ever more seldom, so that five
    // minutes often go without a try: what is asked is three of the last twelve, not three in a row.
    Api5xxAlarm: ring('api-5xx', 'An alert has been waiting for a quarter of an hour or longer', {
      ...sumOf('AWS/ApiGateway', '5XXError', { ApiName: apiName(settings), Stage: 'live' }, 300),
      periods: 12,
      ofThem: 3,
    }),
    // A channel that is down is not refused: its deliveries go unanswered, or another one takes them, and nobody is told.
    DeliveriesUnsureAlarm: ring(
      'deliveries-unsure',
      'In three of the last 24 hours a delivery failed for a while, or nobody knows whether it arrived',
      { ...failed('unsure', 3_600), periods: 24, ofThem: 3 },
    ),
    DeliveriesRefusedAlarm: ring(
      'deliveries-refused',
      'A channel refused an alert for good: which one says the log of the notifier',
      { ...failed('refused'), ...lately },
    ),
    // What strangers can bring about has an alarm of its own: one that they keep on must not hide anything else.
    LimitsAlarm: ring(
      'limits',
      "The day's SMS are used up, or a drill was refused: the day's are used up, or no route has its channel",
      { ...own('LimitReached'), ...lately },
    ),
    PartsAlarm: ring(
      'parts',
      'The notifier could not use its delivery records, or not read the secret of a channel: which says its log',
      { ...own('PartUnusable'), ...lately },
    ),
    // One through the relay of Seoul proves all that one put in us-east-1 proves, and the relay, which cannot ring for itself
    // when relaying is what is broken. Of other relays no drill comes by itself.
    DrillsAlarm: ring(
      'drills',
      // CloudWatch looks further back than the periods for something to go by.
      `No drill from ${postureRegion} has passed for about ${settings.drillWithinHours} hours`,
      {
        ...sumOf(metricsNamespace, 'Drills', { ...guard, Region: postureRegion }, 3_600),
        periods: settings.drillWithinHours,
        when: { ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' },
      },
    ),
  })
}
