// E-mail: an SNS topic that the rules publish to. No code of ours is on this way.
import { createHash } from 'node:crypto'
import { Fn, SNS } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { encryptionKey } from './encryption-key.ts'
import { allowService } from './iam.ts'

export function alertTopic(settings: Settings): Resources {
  return {
    AlertTopic: new SNS.Topic({
      TopicName: `${settings.name}-alerts`,
      DisplayName: settings.name,
      ...(settings.encryption === 'customer-key' ? { KmsMasterKeyId: Fn.Ref(encryptionKey) } : {}),
    }),
    AlertTopicPolicy: new SNS.TopicPolicy({
      Topics: [Fn.Ref('AlertTopic')],
      PolicyDocument: topicPolicy([eventBridgePublishes('AlertTopic')]),
    }),
    ...emailSubscriptions('Email', 'AlertTopic', settings.emails),
  }
}

export function topicPolicy(statements: readonly object[]) {
  return { Version: '2012-10-17', Statement: statements }
}

/**
 * EventBridge may publish, under no condition: with one, SNS refuses what its rules publish (EventBridge User Guide, Amazon SNS
 * permissions). Whose rules that lets in is in docs/threat-model.md.
 */
export function eventBridgePublishes(topic: string) {
  return allowService('events.amazonaws.com', 'sns:Publish', Fn.Ref(topic))
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
