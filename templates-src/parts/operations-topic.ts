// Where alarms ring: a topic of its own, so that who looks after the guard can be others than who is alerted of root, and
// so that an alert's topic can be broken without the alarm about it being lost.
import { Events, Fn, SNS } from 'cloudform'
import { alarmRegion, type Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { emailSubscriptions, eventBridgePublishes, topicPolicy } from './alert-topic.ts'
import { deadLettersByName } from './dead-letters.ts'
import { keyAlias } from './encryption-key.ts'
import { allowService, arn, fromResources } from './iam.ts'
import { relayedAlarms } from './relay-alarms.ts'

/** Its logical id. */
export const topicId = 'OperationsTopic'

export const relayedAlarmsName = ({ name }: Settings) => `${name}-relayed-alarms`

export function operationsTopic(settings: Settings): Resources {
  const { id, description, pattern } = relayedAlarms(settings)
  const ruleName = relayedAlarmsName(settings)
  return merge(
    {
      [topicId]: new SNS.Topic({
        TopicName: `${settings.name}-operations`,
        DisplayName: settings.name,
        ...(settings.encryption === 'customer-key' ? { KmsMasterKeyId: keyAlias(settings) } : {}),
      }),
      OperationsTopicPolicy: new SNS.TopicPolicy({
        Topics: [Fn.Ref(topicId)],
        PolicyDocument: topicPolicy([
          allowService(
            'cloudwatch.amazonaws.com',
            'sns:Publish',
            Fn.Ref(topicId),
            fromResources([arn('cloudwatch', `alarm:${settings.name}-*`)]),
          ),
          eventBridgePublishes(topicId),
        ]),
      }),
      [`Relayed${id}`]: new Events.Rule({
        Name: ruleName,
        Description: `From other Regions. ${description}`,
        // Alarms of this Region ring the topic themselves.
        EventPattern: { ...pattern, region: [{ 'anything-but': alarmRegion }] },
        State: 'ENABLED',
        Targets: [
          {
            Id: 'operations',
            Arn: Fn.Ref(topicId),
            DeadLetterConfig: deadLettersByName(settings),
            InputTransformer: {
              InputPathsMap: { alarm: '$.detail.alarmName', region: '$.region', time: '$.time' },
              InputTemplate: `"[${settings.name}] The alarm <alarm> rang in <region> at <time>"`,
            },
          },
        ],
      }).dependsOn('OperationsTopicPolicy'),
    },
    emailSubscriptions('OperationsEmail', topicId, settings.operationsEmails ?? settings.emails),
  )
}
