// us-east-1 holds the alarm: root's console sign-ins are recorded here, and every other Region relays to here.
import { Fn, type Template } from 'cloudform'
import { alarmRegion, type Settings } from './config/schema.ts'
import { ownRuleArns } from './parts/activity-rule.ts'
import { alarmRule } from './parts/alarm-rule.ts'
import { alertTopic } from './parts/alert-topic.ts'
import { api } from './parts/api.ts'
import { deadLetters } from './parts/dead-letters.ts'
import { encryptionKey, key, ofThisAccount } from './parts/encryption-key.ts'
import { notifier } from './parts/notifier.ts'
import { sweep } from './parts/sweep.ts'
import { stackTemplate } from './stack-template.ts'
import { writtenOut } from './template.ts'

/** `notifierCode` is the built bundle of handlers/notifier. */
export function usEast1(settings: Settings, notifierCode: string): Template {
  const ownKey = settings.encryption === 'customer-key'
  const template = stackTemplate('us-east-1', settings, {
    Description: 'Root Guard, the alarm: tells people when the root user does anything',
    parts: [
      alarmRule(settings),
      api(settings),
      notifier(settings, notifierCode),
      sweep(settings),
      alertTopic(settings),
      deadLetters(settings, ownRuleArns(settings), ownKey ? encryptionKey : undefined),
      // The topic of the operations template is encrypted with it as well, and CloudWatch publishes there.
      key(settings, [{ service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'], Condition: ofThisAccount }]),
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
