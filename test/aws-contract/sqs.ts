// SQS: what CreateQueue and SetQueueAttributes refuse.
import { type Rule, resource } from './rule.ts'

const type = 'AWS::SQS::Queue'

export const sqs: readonly Rule[] = [
  {
    id: 'sqs/queue-name',
    fact: "A standard queue's name has letters, digits, hyphens and underscores, 80 at most.",
    source: 'SQS API Reference, CreateQueue',
    sure: 'H',
    basis: 'documentation',
    of: [type],
    check: ({ Properties: { QueueName, FifoQueue } }) =>
      typeof QueueName !== 'string' || FifoQueue === true || /^[\w-]{1,80}$/.test(QueueName)
        ? []
        : [{ property: 'QueueName', found: QueueName, allowed: 'letters, digits, - and _, 80 at most' }],
    wrong: ['root guard', 'a'.repeat(81)].map((QueueName) => ({ Queue: resource(type, { QueueName }) })),
  },
  {
    id: 'sqs/one-encryption',
    fact: "A queue has one kind of encryption. SQS's own key is on by default, so a queue with a KMS key says SqsManagedSseEnabled: false.",
    source: 'SQS API Reference, SetQueueAttributes',
    sure: 'L',
    basis: 'reasoning',
    of: [type],
    check: ({ Properties: { KmsMasterKeyId, SqsManagedSseEnabled } }) =>
      KmsMasterKeyId === undefined || SqsManagedSseEnabled === false
        ? []
        : [{ property: 'SqsManagedSseEnabled', found: SqsManagedSseEnabled, allowed: 'false beside KmsMasterKeyId' }],
    wrong: [{ KmsMasterKeyId: 'alias/sample' }, { KmsMasterKeyId: 'alias/sample', SqsManagedSseEnabled: true }].map(
      (properties) => ({ Queue: resource(type, properties) }),
    ),
  },
]
