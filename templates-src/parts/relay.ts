// Root's calls are recorded in the Region that was called. These rules hand them to us-east-1's default bus.
import { Events, Fn, IAM } from 'cloudform'
import { alarmRegion, type Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { activityRuleState, activityRules, ruleArn, ruleArns } from './activity-rule.ts'
import { deadLetterConfig, deadLetters } from './dead-letters.ts'
import { inlinePolicy, trust } from './iam.ts'
import { relayAlarms, relayedAlarms } from './relay-alarms.ts'

const alarmBus = Fn.Sub(`arn:\${AWS::Partition}:events:${alarmRegion}:\${AWS::AccountId}:event-bus/default`, {})

export function relay(settings: Settings): Resources {
  const rules = activityRules(settings).map((rule) => ({ ...rule, state: activityRuleState }))
  const alarms = { ...relayedAlarms(settings), state: 'ENABLED' }
  const arns = [...ruleArns(settings, 'relay-'), ruleArn(`${settings.name}-relay-${alarms.name}`)]
  return merge(
    deadLetters(settings, arns),
    ...[...rules, alarms].map(({ id, name, description, pattern, state }) => ({
      [`Relay${id}`]: new Events.Rule({
        Name: `${settings.name}-relay-${name}`,
        Description: `Handed to ${alarmRegion}. ${description}`,
        EventPattern: pattern,
        State: state,
        // A target that is a bus takes no RetryPolicy; what EventBridge does by default is a day and 185 tries.
        Targets: [
          {
            Id: 'alarm-region',
            Arn: alarmBus,
            RoleArn: Fn.GetAtt('RelayRole', 'Arn'),
            DeadLetterConfig: deadLetterConfig,
          },
        ],
      }).dependsOn('DeadLettersPolicy'),
    })),
    {
      RelayRole: new IAM.Role({
        // IAM is global, so the name says which Region's relay it is.
        RoleName: Fn.Sub(`${settings.name}-relay-\${AWS::Region}`, {}),
        Description: `Lets the relay put events on the bus of ${alarmRegion}`,
        AssumeRolePolicyDocument: trust('events.amazonaws.com', arns),
        Policies: [inlinePolicy('relay', [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: alarmBus }])],
      }),
    },
    relayAlarms(settings),
  )
}
