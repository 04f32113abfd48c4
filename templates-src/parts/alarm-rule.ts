// The rules in us-east-1 and their two ways out, which share nothing but the rule: the API for phones, SNS for e-mail.
import { Events, Fn, IAM } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { activityRuleState, activityRules, ruleArns } from './activity-rule.ts'
import { alertsPostArn } from './api.ts'
import { ruleToApiRoleName } from './api-policy.ts'
import { deadLetterConfig } from './dead-letters.ts'
import { emailText, type Told } from './email-text.ts'
import { inlinePolicy, trust } from './iam.ts'

export function alarmRule(settings: Settings): Resources {
  const rules = activityRules(settings, Fn.Ref('Api')).map(({ id, name, description, pattern, told }) => ({
    [id]: new Events.Rule({
      Name: `${settings.name}-${name}`,
      Description: description,
      EventPattern: pattern,
      State: activityRuleState,
      Targets: targets(settings, told),
      // No event may meet a way that is not there yet: a 403 or 404 is not tried again.
    }).dependsOn(['Stage', 'ApiInvokesFunction', 'AlertTopicPolicy', 'DeadLettersPolicy']),
  }))
  return merge(...rules, {
    RuleToApiRole: new IAM.Role({
      RoleName: ruleToApiRoleName(settings),
      Description: 'Lets the rules call POST /alerts',
      AssumeRolePolicyDocument: trust('events.amazonaws.com', ruleArns(settings)),
      Policies: [
        inlinePolicy('post-alerts', [
          { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: alertsPostArn('live') },
        ]),
      ],
    }),
  })
}

function targets(settings: Settings, told: Told | undefined) {
  // No RetryPolicy: a day and 185 tries is what EventBridge does by itself, and the most that it does.
  const kept = { DeadLetterConfig: deadLetterConfig }
  const phones = { Id: 'phones', Arn: alertsPostArn('live'), RoleArn: Fn.GetAtt('RuleToApiRole', 'Arn'), ...kept }
  if (told === undefined) return [phones]
  return [phones, { Id: 'email', Arn: Fn.Ref('AlertTopic'), ...kept, InputTransformer: emailText(settings, told) }]
}
