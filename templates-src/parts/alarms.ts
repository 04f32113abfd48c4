// Who watches the guard: dead letters ring the topic that e-mail hangs on, which needs neither the API nor the function.
import { CloudWatch, Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'

export function alarms({ name }: Settings): Resources {
  return {
    DeadLettersAlarm: new CloudWatch.Alarm({
      AlarmName: `${name}-dead-letters`,
      AlarmDescription: `An alert could not be handed on and lies in the queue ${name}-dead-letters`,
      Namespace: 'AWS/SQS',
      // Arrivals, not what lies there: letters lie for two weeks, and an alarm that stays on does not ring for the next.
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [{ Name: 'QueueName', Value: Fn.GetAtt('DeadLetters', 'QueueName') }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
      AlarmActions: [Fn.Ref('AlertTopic')],
    }),
  }
}
