// Topics, their subscriptions and policies, queues and theirs. CloudFormation detects no drift of the policies and
// subscriptions at all.
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
} from '@aws-sdk/client-sns'
import { GetQueueAttributesCommand, GetQueueUrlCommand, type QueueAttributeName } from '@aws-sdk/client-sqs'
import { aws, pages } from '../../aws.ts'
import type { LiveCheck, Observation } from '../check.ts'
import { differencesOfDocuments, differencesWithin } from '../compare.ts'
import { resourceName } from '../resolve.ts'

export const messageChecks = {
  'AWS::SNS::Topic': {
    actions: ['sns:GetTopicAttributes'],
    covers: ['DisplayName', 'KmsMasterKeyId'],
    fixed: ['TopicName'],
    look: async ({ physicalId, properties }, region) => {
      const found = await topicAttributes(physicalId, region)
      return [
        ...differencesWithin('DisplayName', properties.DisplayName, found.DisplayName),
        ...differencesWithin('KmsMasterKeyId', properties.KmsMasterKeyId ?? '', found.KmsMasterKeyId ?? ''),
      ]
    },
  },

  'AWS::SNS::TopicPolicy': {
    actions: ['sns:GetTopicAttributes'],
    covers: ['PolicyDocument', 'Topics'],
    fixed: [],
    look: async ({ properties }, region) => {
      const topics = (properties.Topics ?? []) as readonly string[]
      const found = await Promise.all(topics.map((topic) => topicAttributes(topic, region)))
      return found.flatMap(({ Policy }) => differencesOfDocuments('policy', properties.PolicyDocument, Policy ?? ''))
    },
  },

  'AWS::SNS::Subscription': {
    actions: ['sns:ListSubscriptionsByTopic', 'sns:GetSubscriptionAttributes'],
    covers: ['Endpoint', 'FilterPolicy', 'FilterPolicyScope', 'Protocol', 'TopicArn'],
    fixed: [],
    look: async ({ properties }, region) => {
      const { TopicArn = '', Protocol = '', Endpoint = '' } = properties as Readonly<Record<string, string>>
      const all = await pages(
        (NextToken) =>
          aws.sns(region).send(new ListSubscriptionsByTopicCommand({ TopicArn, ...(NextToken ? { NextToken } : {}) })),
        ({ Subscriptions }) => Subscriptions,
        ({ NextToken }) => NextToken,
      )
      const SubscriptionArn = all.find((one) => one.Protocol === Protocol && one.Endpoint === Endpoint)?.SubscriptionArn
      if (SubscriptionArn === undefined || SubscriptionArn === 'Deleted')
        return [unsubscribed(TopicArn, Endpoint, region)]
      if (SubscriptionArn === 'PendingConfirmation') return [unconfirmed(TopicArn, Endpoint, region)]
      const { Attributes = {} } = await aws.sns(region).send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))
      if (Attributes.PendingConfirmation === 'true') return [unconfirmed(TopicArn, Endpoint, region)]
      return [
        ...differencesOfDocuments('FilterPolicy', properties.FilterPolicy ?? '', Attributes.FilterPolicy ?? ''),
        ...differencesWithin('FilterPolicyScope', properties.FilterPolicyScope, Attributes.FilterPolicyScope),
      ]
    },
  },

  'AWS::SQS::Queue': {
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
    covers: ['KmsMasterKeyId', 'MessageRetentionPeriod', 'SqsManagedSseEnabled'],
    fixed: ['QueueName'],
    look: async ({ properties, physicalId }, region) => {
      const found = await queueAttributes(String(properties.QueueName ?? resourceName(physicalId)), 'All', region)
      const { MessageRetentionPeriod, SqsManagedSseEnabled } = properties
      return [
        ...differencesWithin('', { MessageRetentionPeriod, SqsManagedSseEnabled }, found),
        // A key that a service may not use loses what is sent to the queue.
        ...differencesWithin('KmsMasterKeyId', properties.KmsMasterKeyId ?? '', found.KmsMasterKeyId ?? ''),
      ]
    },
  },

  'AWS::SQS::QueuePolicy': {
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
    covers: ['PolicyDocument', 'Queues'],
    fixed: [],
    look: async ({ properties }, region) => {
      const queues = (properties.Queues ?? []) as readonly string[]
      const found = await Promise.all(queues.map((queue) => queueAttributes(resourceName(queue), 'Policy', region)))
      return found.flatMap(({ Policy }) => differencesOfDocuments('policy', properties.PolicyDocument, Policy ?? ''))
    },
  },
} satisfies Record<string, LiveCheck>

/** A pending subscription cannot be deleted; it vanishes three days after it was made, and its resource stays behind. */
function unconfirmed(topic: string, endpoint: string, region: string): Observation {
  return {
    what: `subscription of ${endpoint}`,
    wished: 'confirmed',
    found: 'not confirmed yet',
    state: 'waiting',
    hint: `AWS's mail to ${endpoint} is good for three days: ${confirmation(topic, region)}`,
  }
}

function unsubscribed(topic: string, endpoint: string, region: string): Observation {
  return {
    what: `subscription of ${endpoint}`,
    wished: 'confirmed',
    found: 'gone: unsubscribed (mail scanners click links, too), or never confirmed within three days',
    hint: `a deploy does not notice: aws sns subscribe --region ${region} --topic-arn ${topic} --protocol email --notification-endpoint ${endpoint}, then with the new mail: ${confirmation(topic, region)}`,
  }
}

/**
 * How to confirm so that only an AWS identity can unsubscribe: by the link alone anybody who gets one of the mails can, a scanner too.
 * Source: SNS API reference, ConfirmSubscription, AuthenticateOnUnsubscribe.
 */
function confirmation(topic: string, region: string): string {
  const call = `aws sns confirm-subscription --region ${region} --topic-arn ${topic} --authenticate-on-unsubscribe true --token TOKEN`
  return `${call} (TOKEN follows Token= in its link; a click confirms as well, but then any of the mails can be used to unsubscribe)`
}

async function topicAttributes(TopicArn: string, region: string): Promise<Readonly<Record<string, string>>> {
  return (await aws.sns(region).send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {}
}

/** By name: the URL that an emulator gives a queue may be its own, and nobody else's. */
async function queueAttributes(
  QueueName: string,
  attribute: QueueAttributeName,
  region: string,
): Promise<Readonly<Record<string, string>>> {
  const { QueueUrl } = await aws.sqs(region).send(new GetQueueUrlCommand({ QueueName }))
  const answer = await aws.sqs(region).send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [attribute] }))
  return answer.Attributes ?? {}
}
