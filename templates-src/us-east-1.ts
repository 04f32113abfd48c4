// us-east-1 holds the alarm: root's console sign-ins are recorded here, and every other Region relays to here.
import { Fn, type Template } from 'cloudform'
import { alarmRegion, type Settings } from './config/schema.ts'
import { ownRuleArns } from './parts/activity-rule.ts'
import { alarmRule } from './parts/alarm-rule.ts'
import { alertTopic } from './parts/alert-topic.ts'
import { api } from './parts/api.ts'
import { deadLetters } from './parts/dead-letters.ts'
import { deliveries } from './parts/deliveries.ts'
import { encryptionKey, type KeyUser, key, ofThisAccount } from './parts/encryption-key.ts'
import { arn } from './parts/iam.ts'
import { sweep } from './parts/sweep.ts'
import { stackTemplate } from './stack-template.ts'
import { writtenOut } from './template.ts'

/**
 * Both topics, the operations template's as well, and the queue are encrypted with it. When EventBridge publishes to a topic KMS is
 * not shown for whom, so that a condition on the source would refuse it (SNS Developer Guide, key management); for a queue it is.
 */
function keyUsers({ name }: Settings): readonly KeyUser[] {
  const events = 'events.amazonaws.com'
  const ofTopics = { 'kms:EncryptionContext:aws:sns:topicArn': arn('sns', `${name}-*`) }
  return [
    { service: events, Condition: { StringLike: ofTopics } },
    { service: [events, 'cloudwatch.amazonaws.com'], Condition: ofThisAccount },
  ]
}

export function usEast1(settings: Settings): Template {
  const ownKey = settings.encryption === 'customer-key'
  const template = stackTemplate('us-east-1', settings, {
    Description: 'Root Guard, the alarm: tells people when the root user does anything',
    parts: [
      alarmRule(settings),
      api(settings),
      deliveries(settings),
      sweep(settings),
      alertTopic(settings),
      deadLetters(settings, ownRuleArns(settings), ownKey ? encryptionKey : undefined),
      key(settings, keyUsers(settings)),
    ],
    Outputs: {
      AlertsUrl: {
        Description: 'POST an EventBridge event here, IAM-signed',
        Value: Fn.Sub(`https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/live/alerts`, {}),
      },
      DeadLettersUrl: { Description: 'What could not be handed on', Value: Fn.Ref('DeadLetters') },
      DeliveriesTable: { Description: 'The record of each delivery', Value: Fn.Ref('Deliveries') },
    },
  })
  return writtenOut(template, { account: settings.account, region: alarmRegion })
}
