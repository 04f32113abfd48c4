// Where EventBridge puts what it could not hand on: refused for good, or a day of tries later. It lies here for two weeks.
import { Fn, type IntrinsicFunction, SQS } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { allowService } from './iam.ts'

const fourteenDays = 1_209_600

/** The queue, and a policy by which only the rule of that ARN may put into it. */
export function deadLetters({ name }: Settings, rule: IntrinsicFunction): Resources {
  return {
    DeadLetters: new SQS.Queue({
      QueueName: `${name}-dead-letters`,
      MessageRetentionPeriod: fourteenDays,
      SqsManagedSseEnabled: true,
    }),
    DeadLettersPolicy: new SQS.QueuePolicy({
      Queues: [Fn.Ref('DeadLetters')],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          allowService('events.amazonaws.com', 'sqs:SendMessage', Fn.GetAtt('DeadLetters', 'Arn'), {
            ArnEquals: { 'aws:SourceArn': rule },
          }),
        ],
      },
    }),
  }
}

export const deadLetterConfig = { Arn: Fn.GetAtt('DeadLetters', 'Arn') }

/** As long as EventBridge tries at all: 24 hours, 185 times. */
export const aDayOfRetries = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 }
