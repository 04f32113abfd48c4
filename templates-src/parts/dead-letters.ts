// Where EventBridge puts what it could not hand on after a day of tries. Nothing is lost: it lies here for two weeks.
import { Fn, type IntrinsicFunction, SQS } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'

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
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: Fn.GetAtt('DeadLetters', 'Arn'),
            Condition: { ArnEquals: { 'aws:SourceArn': rule } },
          },
        ],
      },
    }),
  }
}

export const deadLetterConfig = { Arn: Fn.GetAtt('DeadLetters', 'Arn') }
