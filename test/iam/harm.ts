// Ways to hurt the guard, or to become somebody by it: calls that no role has any business with, but for the few whose job
// one of them is.
import { account } from './simulate.ts'

export const arn = (service: string, region: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`
export const role = (name: string) => arn('iam', '', `role/${name}`)

export const HARM: readonly (readonly [action: string, resource: string])[] = [
  ['cloudtrail:DeleteTrail', arn('cloudtrail', 'ap-northeast-2', 'trail/root-guard-trail')],
  ['cloudtrail:StopLogging', arn('cloudtrail', 'ap-northeast-2', 'trail/root-guard-trail')],
  ['config:StopConfigurationRecorder', arn('config', 'ap-northeast-2', 'configuration-recorder/root-guard-recorder/x')],
  ['events:PutRule', arn('events', 'us-east-1', 'rule/root-guard-root-activity')],
  ['events:DisableRule', arn('events', 'us-east-1', 'rule/root-guard-root-activity')],
  ['events:RemoveTargets', arn('events', 'us-east-1', 'rule/root-guard-root-activity')],
  ['events:PutEvents', arn('events', 'us-east-1', 'event-bus/another')],
  ['events:PutEvents', arn('events', 'eu-west-1', 'event-bus/default')],
  ['events:PutEvents', 'arn:aws:events:us-east-1:444455556666:event-bus/default'],
  ['ssm:GetParameter', arn('ssm', 'us-east-1', 'parameter/another/secret')],
  ['ssm:GetParametersByPath', arn('ssm', 'us-east-1', 'parameter/another')],
  ['ssm:PutParameter', arn('ssm', 'us-east-1', 'parameter/root-guard/channels/telegram')],
  ['ssm:DeleteParameter', arn('ssm', 'us-east-1', 'parameter/root-guard/channels/telegram')],
  ['iam:PassRole', role('admin')],
  ['iam:PassRole', role('root-guard-notify')],
  ['iam:PutRolePolicy', role('root-guard-notify')],
  ['iam:UpdateAssumeRolePolicy', role('root-guard-deploy')],
  ['iam:CreateAccessKey', arn('iam', '', 'user/minji')],
  ['sts:AssumeRole', role('root-guard-deploy')],
  ['lambda:UpdateFunctionCode', arn('lambda', 'us-east-1', 'function:root-guard-notify')],
  ['lambda:InvokeFunction', arn('lambda', 'us-east-1', 'function:root-guard-notify')],
  ['dynamodb:DeleteTable', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['dynamodb:PutItem', arn('dynamodb', 'us-east-1', 'table/another')],
  ['sns:Subscribe', arn('sns', 'us-east-1', 'root-guard-alerts')],
  ['sns:Publish', arn('sns', 'us-east-1', 'root-guard-alerts')],
  ['sqs:PurgeQueue', arn('sqs', 'us-east-1', 'root-guard-dead-letters')],
  ['logs:DeleteLogGroup', arn('logs', 'us-east-1', 'log-group:/aws/lambda/root-guard-notify')],
  ['logs:PutLogEvents', arn('logs', 'us-east-1', 'log-group:another:log-stream:sample')],
  ['s3:GetObject', 'arn:aws:s3:::stackset-root-guard-trailbucket-0a1b2c3d4e5f/AWSLogs/sample'],
  ['s3:DeleteObject', 'arn:aws:s3:::stackset-root-guard-trailbucket-0a1b2c3d4e5f/AWSLogs/sample'],
  ['kms:Decrypt', arn('kms', 'us-east-1', 'key/00000000-0000-4000-8000-000000000001')],
  ['cloudformation:DeleteStackSet', arn('cloudformation', 'ap-northeast-2', 'stackset/root-guard-us-east-1:sample')],
  ...['GET/alerts', 'GET/alerts/sample', 'POST/alerts/sample', 'PUT/alerts', 'DELETE/alerts/sample'].map(
    (request) => ['execute-api:Invoke', arn('execute-api', 'us-east-1', `a1b2c3d4e5/live/${request}`)] as const,
  ),
  ['execute-api:Invoke', arn('execute-api', 'us-east-1', 'another000/live/POST/alerts')],
]
