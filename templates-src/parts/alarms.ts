// Who watches the guard. All of it rings the operations topic, which needs neither the API nor the function.
import { channelsOf, postureRegion, type Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { activityRuleNames } from './activity-rule.ts'
import { alarm, deadLetterAlarms, failedInvocations, sumOf, sumOfSeveral, type Watched } from './alarm.ts'
import { apiName } from './api.ts'
import { drillMailName } from './drill-mail.ts'
import { relayedAlarmsName, topicId } from './operations-topic.ts'
import { sweepName } from './sweep.ts'

/** The namespace of the metrics that the notifier writes; each has the dimension Guard, the guard's name. */
export const metricsNamespace = 'RootGuard'

export function alarms(settings: Settings): Resources {
  const ring = (suffix: string, description: string, watched: Watched & { periods?: number; ofThem?: number }) =>
    alarm(settings, suffix, { description, topic: topicId, ...watched })
  const guard = { Guard: settings.name }
  const own = (metric: string) => sumOf(metricsNamespace, metric, guard)
  const notifier = { FunctionName: `${settings.name}-notifier` }
  return merge(
    deadLetterAlarms(settings, topicId),
    {
      FailedInvocationsAlarm: ring(
        'failed-invocations',
        'EventBridge could not hand an event on',
        failedInvocations([
          ...activityRuleNames(settings),
          drillMailName(settings),
          sweepName(settings),
          relayedAlarmsName(settings),
        ]),
      ),
      NotifierErrorsAlarm: ring('notifier-errors', 'The notifier failed', sumOf('AWS/Lambda', 'Errors', notifier)),
      NotifierThrottlesAlarm: ring(
        'notifier-throttles',
        'Lambda refused to run the notifier',
        sumOf('AWS/Lambda', 'Throttles', notifier),
      ),
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
        {
          ...sumOfSeveral(
            metricsNamespace,
            'Deliveries',
            ['retryable', 'ambiguous'].map((Outcome) => ({ ...guard, Outcome })),
            3_600,
          ),
          periods: 24,
          ofThem: 3,
        },
      ),
      SmsCapAlarm: ring('sms-cap', 'The daily cap on SMS was reached', own('SmsCapReached')),
      RecordsAlarm: ring('records', 'The notifier could not use its delivery records', own('RecordsUnavailable')),
      SecretsAlarm: ring('secrets', 'The notifier could not read the secrets of channels', own('SecretsUnreadable')),
      DigestsLostAlarm: ring(
        'digests-lost',
        'What a digest would have told was given up after a day of tries',
        own('DigestsLost'),
      ),
      // A flood of them hides what is real; and whoever counts on a drill that is refused counts on nothing.
      DrillsRefusedAlarm: ring(
        'drills-refused',
        "A drill was refused: the day's are used up, or no route has its channel",
        own('DrillsRefused'),
      ),
      DrillsAlarm: noDrills(settings, 'drills', guard),
      // The relay of Seoul cannot ring for itself when relaying is what is broken. Of other relays no drill comes by itself.
      RelayDrillsAlarm: noDrills(settings, `drills-${postureRegion}`, { ...guard, Region: postureRegion }),
    },
    Object.fromEntries(
      channelsOf(settings).map((channel) => [
        `Channel${logicalId(channel)}Alarm`,
        ring(
          `channel-${channel}`,
          `${channel} refused an alert for good`,
          sumOf(metricsNamespace, 'Deliveries', { ...guard, Channel: channel, Outcome: 'permanent' }),
        ),
      ]),
    ),
  )
}

/** Where nothing was measured, no drill has passed. */
function noDrills(settings: Settings, suffix: string, dimensions: Readonly<Record<string, string>>) {
  const from = 'Region' in dimensions ? ` from ${dimensions.Region}` : ''
  return alarm(settings, suffix, {
    description: `No drill${from} has passed for ${settings.drillWithinHours} hours`,
    topic: topicId,
    ...sumOf(metricsNamespace, 'Drills', dimensions, 3_600),
    periods: settings.drillWithinHours,
    when: { ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' },
  })
}

/** `nhn-sms` as NhnSms: a logical id has letters and digits alone. */
function logicalId(channel: string): string {
  return channel.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase())
}
