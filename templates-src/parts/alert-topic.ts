// E-mail: an SNS topic that the rule and the alarms publish to. No code of ours is on this way.
import { createHash } from 'node:crypto'
import { Fn, Refs, SNS } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { activityRuleName, ruleArn } from './activity-rule.ts'
import { allowService, arn } from './iam.ts'

export function alertTopic(settings: Settings): Resources {
  return {
    AlertTopic: new SNS.Topic({ TopicName: `${settings.name}-alerts`, DisplayName: settings.name }),
    AlertTopicPolicy: new SNS.TopicPolicy({
      Topics: [Fn.Ref('AlertTopic')],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          publish('events.amazonaws.com', { ArnEquals: { 'aws:SourceArn': ruleArn(activityRuleName(settings)) } }),
          publish('cloudwatch.amazonaws.com', {
            StringEquals: { 'aws:SourceAccount': Refs.AccountId },
            ArnLike: { 'aws:SourceArn': arn('cloudwatch', `alarm:${settings.name}-*`) },
          }),
        ],
      },
    }),
    ...emailSubscriptions('Email', 'AlertTopic', settings.emails),
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
      `${prefix}${createHash('sha256').update(email).digest('hex').slice(0, 8)}`,
      new SNS.Subscription({ TopicArn: Fn.Ref(topic), Protocol: 'email', Endpoint: email, ...filter }),
    ]),
  )
}

function publish(service: string, condition: object) {
  return allowService(service, 'sns:Publish', Fn.Ref('AlertTopic'), condition)
}
