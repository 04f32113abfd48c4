// Where EventBridge puts what it could not hand on: refused for good, or a day of tries later. It lies here for two weeks.
import { Fn, type IntrinsicFunction, SQS } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { allowService, arn, fromResources } from './iam.ts'

const fourteenDays = 1_209_600

/** The queue, and a policy by which only the rules of those ARNs may put into it. `key` is a KMS key's logical id. */
export function deadLetters(settings: Settings, rules: readonly IntrinsicFunction[], key?: string): Resources {
  const queueArn = Fn.GetAtt('DeadLetters', 'Arn')
  return {
    DeadLetters: new SQS.Queue({
      QueueName: deadLettersName(settings),
      MessageRetentionPeriod: fourteenDays,
      SqsManagedSseEnabled: key === undefined,
      ...(key === undefined ? {} : { KmsMasterKeyId: Fn.Ref(key) }),
    }),
    DeadLettersPolicy: new SQS.QueuePolicy({
      Queues: [Fn.Ref('DeadLetters')],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [allowService('events.amazonaws.com', 'sqs:SendMessage', queueArn, fromResources(rules))],
      },
    }),
  }
}

export const deadLettersName = ({ name }: Settings) => `${name}-dead-letters`

export const deadLetterConfig = { Arn: Fn.GetAtt('DeadLetters', 'Arn') }

/** The same for a template that does not make the queue, where the stack with the queue is in its Region. */
export const deadLettersByName = (settings: Settings) => ({ Arn: arn('sqs', deadLettersName(settings)) })
