// Root's calls are recorded in the Region that was called. This rule hands them to us-east-1's default bus.
import { Events, Fn, IAM } from 'cloudform'
import { alarmRegion, type Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { activityPattern, activityRuleState, relayRuleName, ruleArn } from './activity-rule.ts'
import { aDayOfRetries, deadLetterConfig, deadLetters } from './dead-letters.ts'
import { inlinePolicy, trust } from './iam.ts'

const alarmBus = Fn.Sub(`arn:\${AWS::Partition}:events:${alarmRegion}:\${AWS::AccountId}:event-bus/default`, {})

export function relay(settings: Settings): Resources {
  const rule = ruleArn(relayRuleName(settings))
  return merge(deadLetters(settings, rule), {
    RelayRule: new Events.Rule({
      Name: relayRuleName(settings),
      Description: `Hands what the root user does in this Region to ${alarmRegion}`,
      EventPattern: activityPattern(),
      State: activityRuleState,
      Targets: [
        {
          Id: 'alarm-region',
          Arn: alarmBus,
          RoleArn: Fn.GetAtt('RelayRole', 'Arn'),
          DeadLetterConfig: deadLetterConfig,
          RetryPolicy: aDayOfRetries,
        },
      ],
    }).dependsOn('DeadLettersPolicy'),
    RelayRole: new IAM.Role({
      // IAM is global, so the name says which Region's relay it is.
      RoleName: Fn.Sub(`${settings.name}-relay-\${AWS::Region}`, {}),
      Description: `Lets the relay rule put events on the bus of ${alarmRegion}`,
      AssumeRolePolicyDocument: trust('events.amazonaws.com', rule),
      Policies: [inlinePolicy('relay', [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: alarmBus }])],
    }),
  })
}
