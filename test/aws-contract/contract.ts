// What AWS refuses and the emulators take: every rule, and what a template breaks of them.
import { apiGateway } from './api-gateway.ts'
import { cloudformation } from './cloudformation.ts'
import { cloudtrail } from './cloudtrail.ts'
import { cloudwatch } from './cloudwatch.ts'
import { config } from './config.ts'
import { events } from './events.ts'
import { iam } from './iam.ts'
import { kms } from './kms.ts'
import { lambda } from './lambda.ts'
import { model } from './model.ts'
import { notifications } from './notifications.ts'
import type { Rule } from './rule.ts'
import { sns } from './sns.ts'
import { sqs } from './sqs.ts'

/** By service, in the order of the page. */
export const contract: Readonly<Record<string, readonly Rule[]>> = {
  EventBridge: events,
  SNS: sns,
  SQS: sqs,
  KMS: kms,
  IAM: iam,
  Lambda: lambda,
  CloudWatch: cloudwatch,
  'AWS Config': config,
  CloudTrail: cloudtrail,
  'API Gateway': apiGateway,
  'User Notifications': notifications,
  CloudFormation: cloudformation,
  'Every service': model,
}

export const rules: readonly Rule[] = Object.values(contract).flat()
