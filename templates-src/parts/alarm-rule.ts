// The rule in us-east-1 and its two ways out, which share nothing but the rule: the API for phones, SNS for e-mail.
import { Events, Fn, IAM } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { activityPattern, activityRuleName, activityRuleState, ruleArn } from './activity-rule.ts'
import { alertsPostArn } from './api.ts'
import { aDayOfRetries, deadLetterConfig } from './dead-letters.ts'
import { inlinePolicy, trust } from './iam.ts'

export function alarmRule(settings: Settings): Resources {
  return {
    RootActivityRule: new Events.Rule({
      Name: activityRuleName(settings),
      Description: 'Everything the root user does, and drills',
      EventPattern: activityPattern(),
      State: activityRuleState,
      Targets: [
        {
          Id: 'phones',
          Arn: alertsPostArn('live'),
          RoleArn: Fn.GetAtt('RuleToApiRole', 'Arn'),
          DeadLetterConfig: deadLetterConfig,
          RetryPolicy: aDayOfRetries,
        },
        {
          Id: 'email',
          Arn: Fn.Ref('AlertTopic'),
          DeadLetterConfig: deadLetterConfig,
          RetryPolicy: aDayOfRetries,
          InputTransformer: emailText(settings),
        },
      ],
      // No event may meet a way that is not there yet: a 403 or 404 is not tried again.
    }).dependsOn(['Stage', 'ApiInvokesNotifier', 'AlertTopicPolicy', 'DeadLettersPolicy']),
    RuleToApiRole: new IAM.Role({
      RoleName: `${settings.name}-rule-to-api`,
      Description: 'Lets the root activity rule call POST /alerts',
      AssumeRolePolicyDocument: trust('events.amazonaws.com', ruleArn(activityRuleName(settings))),
      Policies: [
        inlinePolicy('post-alerts', [
          { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: alertsPostArn('live') },
        ]),
      ],
    }),
  }
}

/** EventBridge wants each line of a text template quoted, and leaves out what a record lacks. */
function emailText({ name }: Settings) {
  const lines = [
    `[${name}] Root user activity, or a drill, in AWS account <account>`,
    'What: <name> (<service>) <error>',
    'Who: <who> <arn>',
    'From: <ip>',
    'MFA: <mfa>',
    'When: <time>',
    'Region: <region>',
    'Record: <id>',
  ]
  return {
    InputPathsMap: {
      account: '$.account',
      name: '$.detail.eventName',
      service: '$.source',
      error: '$.detail.errorMessage',
      who: '$.detail.userIdentity.type',
      arn: '$.detail.userIdentity.arn',
      ip: '$.detail.sourceIPAddress',
      mfa: '$.detail.additionalEventData.MFAUsed',
      time: '$.time',
      region: '$.detail.awsRegion',
      id: '$.detail.eventID',
    },
    InputTemplate: lines.map((line) => `"${line}"`).join('\n'),
  }
}
