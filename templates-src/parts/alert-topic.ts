// E-mail: an SNS topic that the rules publish to. No code of ours is on this way.
import { createHash } from 'node:crypto'
import { Fn, type IntrinsicFunction, SNS } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { ownRuleArns } from './activity-rule.ts'
import { encryptionKey } from './encryption-key.ts'
import { allowService, fromResources } from './iam.ts'

export function alertTopic(settings: Settings): Resources {
  return {
    AlertTopic: new SNS.Topic({
      TopicName: `${settings.name}-alerts`,
      DisplayName: settings.name,
      ...(settings.encryption === 'customer-key' ? { KmsMasterKeyId: Fn.Ref(encryptionKey) } : {}),
    }),
    AlertTopicPolicy: new SNS.TopicPolicy({
      Topics: [Fn.Ref('AlertTopic')],
      PolicyDocument: publishers('AlertTopic', { 'events.amazonaws.com': ownRuleArns(settings) }),
    }),
    ...emailSubscriptions('Email', 'AlertTopic', settings.emails),
  }
}

/** A topic's policy: services that may publish to it, each on behalf of those resources of this account alone. */
export function publishers(topic: string, services: Readonly<Record<string, readonly IntrinsicFunction[]>>) {
  return {
    Version: '2012-10-17',
    Statement: Object.entries(services).map(([service, sourceArns]) =>
      allowService(service, 'sns:Publish', Fn.Ref(topic), fromResources(sourceArns)),
    ),
  }
}

/**
 * One subscription a resource and apart from the topic: an unconfirmed one vanishes after three days, and the topic
 * must not change when it is made again. The logical id is made of the address (and does not show it): counted ids would
 * shift when one is removed, and CloudFormation would then delete the subscription of somebody who stays.
 */
export function emailSubscriptions(
  prefix: string,
  topic: string,
  emails: readonly string[],
  filter: { FilterPolicy?: Record<string, unknown>; FilterPolicyScope?: string } = {},
): Resources {
  return Object.fromEntries(
    emails.map((email) => [
      `${prefix}${shortDigest(email)}`,
      new SNS.Subscription({ TopicArn: Fn.Ref(topic), Protocol: 'email', Endpoint: email, ...filter }),
    ]),
  )
}

/** Eight digits that stand for a text in a logical id. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
