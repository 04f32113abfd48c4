// The ways to hurt, simulated: none of the bootstrap's roles may go one, but for the few that are its job.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workflowRoles } from '../../templates-src/parts/bootstrap-github.ts'
import { statements } from '../templates-src/references.ts'
import { arn, HARM, role } from './harm.ts'
import { ADMINISTRATION, EXECUTION, may, WORKFLOW } from './holders.ts'
import { bus, keys } from './samples.ts'

const harmful = suite('what would hurt is denied')

/** The few ways to hurt that are somebody's job. */
const JOB_OF: Readonly<Record<string, readonly string[]>> = {
  'ssm:PutParameter': ['deploy'],
  'execute-api:Invoke GET/alerts/sample': ['drill'],
  'execute-api:Invoke POST/alerts/sample': ['drill'],
}

const MORE_HARM: readonly (readonly [action: string, resource: string])[] = [
  ['cloudtrail:UpdateTrail', arn('cloudtrail', 'ap-northeast-2', 'trail/root-guard-trail')],
  ['cloudtrail:PutEventSelectors', arn('cloudtrail', 'ap-northeast-2', 'trail/root-guard-trail')],
  ['events:DeleteRule', arn('events', 'us-east-1', 'rule/root-guard-root-activity')],
  ['events:PutTargets', arn('events', 'us-east-1', 'rule/root-guard-root-activity')],
  ['iam:CreateRole', role('root-guard-another')],
  ['iam:CreateUser', arn('iam', '', 'user/minji')],
  ['iam:AttachRolePolicy', role('root-guard-deploy')],
  ['iam:PutRolePolicy', role('root-guard-deploy')],
  ['iam:CreatePolicyVersion', arn('iam', '', 'policy/root-guard-stackset-boundary')],
  ['iam:AddClientIDToOpenIDConnectProvider', arn('iam', '', 'oidc-provider/token.actions.githubusercontent.com')],
  ['iam:CreateOpenIDConnectProvider', arn('iam', '', 'oidc-provider/example.com')],
  ...['plan', 'deploy', 'drift', 'drill', 'notifier', 'stackset-administration'].map(
    (name) => ['sts:AssumeRole', role(`root-guard-${name}`)] as const,
  ),
  ['sts:AssumeRole', role('AWSCloudFormationStackSetExecutionRole')],
  ['sts:AssumeRole', role('admin')],
  ['lambda:GetFunction', arn('lambda', 'us-east-1', 'function:payroll')],
  ['dynamodb:GetItem', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['dynamodb:PutItem', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['sqs:ReceiveMessage', arn('sqs', 'us-east-1', 'root-guard-dead-letters')],
  ['s3:PutObject', 'arn:aws:s3:::stackset-root-guard-trailbucket-0a1b2c3d4e5f/AWSLogs/sample'],
  ['cloudformation:UpdateStackSet', arn('cloudformation', 'ap-northeast-2', 'stackset/payroll:sample')],
  ['cloudformation:CreateStackInstances', arn('cloudformation', 'ap-northeast-2', 'stackset/payroll:sample')],
  ['cloudformation:UpdateStack', arn('cloudformation', 'ap-northeast-2', 'stack/root-guard-bootstrap/sample')],
  ['cloudformation:DeleteStack', arn('cloudformation', 'ap-northeast-2', 'stack/root-guard-bootstrap/sample')],
]

for (const [name, holder] of Object.entries({ ...WORKFLOW, 'stackset-administration': ADMINISTRATION })) {
  for (const [action, resource] of [...HARM, ...MORE_HARM]) {
    const request = resource.includes(':a1b2c3d4e5/live/') ? ` ${resource.split('/live/')[1]}` : ''
    if (JOB_OF[action + request]?.includes(name)) continue
    harmful(`${name}: ${action} on ${resource.split(':').slice(2).join(':')}`, async () =>
      assert.not.ok(await may(holder, action, resource)),
    )
  }
}

const SECRETS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory']
const HOLDERS = { ...WORKFLOW, 'stackset-administration': ADMINISTRATION, 'stackset-execution': EXECUTION }

for (const [name, holder] of Object.entries(HOLDERS)) {
  harmful(`${name}: to read the secrets of channels, but for the deploy, and by one call`, async () => {
    const secret = arn('ssm', 'us-east-1', 'parameter/root-guard/channels/telegram')
    for (const action of SECRETS) {
      assert.is(await may(holder, action, secret), name === 'deploy' && action === 'ssm:GetParameters', action)
    }
    const byItself = { 'kms:ResourceAliases': ['alias/aws/ssm'] }
    assert.not.ok(await may(holder, 'kms:Decrypt', keys.own[0] ?? '', byItself))
  })
}

/** What the execution role makes, changes and deletes is the guard's; the rest of the account is not, and no use of it either. */
const BEYOND_EXECUTION: readonly (readonly [action: string, resource: string])[] = [
  ['cloudtrail:DeleteTrail', arn('cloudtrail', 'ap-northeast-2', 'trail/payroll')],
  ['cloudtrail:StopLogging', arn('cloudtrail', 'ap-northeast-2', 'trail/payroll')],
  ['events:PutRule', arn('events', 'us-east-1', 'rule/payroll')],
  ['events:DeleteRule', arn('events', 'us-east-1', 'rule/payroll')],
  ['events:PutEvents', bus('us-east-1')],
  ['iam:PassRole', role('admin')],
  ['iam:CreateUser', arn('iam', '', 'user/minji')],
  ['iam:CreateAccessKey', arn('iam', '', 'user/minji')],
  ['iam:CreateRole', role('admin')],
  ['iam:AttachRolePolicy', role('root-guard-notify')],
  ['iam:UpdateAssumeRolePolicy', role('root-guard-deploy')],
  ...[...workflowRoles, 'notifier', 'stackset-administration'].map(
    (name) => ['sts:AssumeRole', role(`root-guard-${name}`)] as const,
  ),
  ['sts:AssumeRole', role('admin')],
  ['lambda:UpdateFunctionCode', arn('lambda', 'us-east-1', 'function:payroll')],
  ['lambda:GetFunction', arn('lambda', 'us-east-1', 'function:payroll')],
  ['lambda:InvokeFunction', arn('lambda', 'us-east-1', 'function:root-guard-notify')],
  ['dynamodb:DeleteTable', arn('dynamodb', 'us-east-1', 'table/payroll')],
  ['dynamodb:GetItem', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['dynamodb:PutItem', arn('dynamodb', 'us-east-1', 'table/root-guard-deliveries')],
  ['s3:DeleteBucket', 'arn:aws:s3:::payroll'],
  ['s3:GetObject', 'arn:aws:s3:::stackset-root-guard-trailbucket-0a1b2c3d4e5f/AWSLogs/sample'],
  ['s3:DeleteObject', 'arn:aws:s3:::stackset-root-guard-trailbucket-0a1b2c3d4e5f/AWSLogs/sample'],
  ['sns:Publish', arn('sns', 'us-east-1', 'root-guard-alerts')],
  ['sns:Subscribe', arn('sns', 'us-east-1', 'payroll')],
  ['sqs:ReceiveMessage', arn('sqs', 'us-east-1', 'root-guard-dead-letters')],
  ['logs:DeleteLogGroup', arn('logs', 'us-east-1', 'log-group:/aws/lambda/payroll')],
  ['ssm:PutParameter', arn('ssm', 'us-east-1', 'parameter/root-guard/channels/telegram')],
  ['execute-api:Invoke', arn('execute-api', 'us-east-1', 'a1b2c3d4e5/live/POST/alerts')],
  ['cloudformation:UpdateStack', arn('cloudformation', 'ap-northeast-2', 'stack/root-guard-bootstrap/sample')],
  ['cloudformation:DeleteStackSet', arn('cloudformation', 'ap-northeast-2', 'stackset/root-guard-us-east-1:sample')],
  ['ec2:RunInstances', arn('ec2', 'us-east-1', 'instance/i-0a1b2c3d4e5f')],
]

for (const [action, resource] of BEYOND_EXECUTION) {
  harmful(`stackset-execution: ${action} on ${resource.split(':').slice(2).join(':')}`, async () =>
    assert.not.ok(await may(EXECUTION, action, resource)),
  )
}

harmful('stackset-administration: becomes the execution role, and that is all', async () => {
  assert.ok(await may(ADMINISTRATION, 'sts:AssumeRole', role('root-guard-stackset-execution')))
  assert.equal(
    (ADMINISTRATION.identity ?? []).flatMap((document) => statements(document)).map(({ Action }) => Action),
    ['sts:AssumeRole'],
  )
})

harmful.run()
