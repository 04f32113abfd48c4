// What people and mistakes do to a deployed guard, each by the call of AWS that does it.
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb'
import { DisableRuleCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge'
import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { DeleteParameterCommand } from '@aws-sdk/client-ssm'
import type { EmulatedAws } from '../../scripts/rehearsal/aws.ts'

export type Break = (aws: EmulatedAws) => Promise<unknown>

export function ruleDisabled(rule: string): Break {
  return ({ eventBridge }) => eventBridge.send(new DisableRuleCommand({ Name: rule }))
}

export function targetRemoved(rule: string, target: string): Break {
  return ({ eventBridge }) => eventBridge.send(new RemoveTargetsCommand({ Rule: rule, Ids: [target] }))
}

export function roleWithoutPolicy(role: string, policy: string): Break {
  return (aws) => iam(aws).send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: policy }))
}

/** Nobody may assume the role any more. */
export function roleWithoutTrust(role: string): Break {
  const nobody = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [nobody] })
  return (aws) => iam(aws).send(new UpdateAssumeRolePolicyCommand({ RoleName: role, PolicyDocument }))
}

/** The policy of the role without the action, wherever it allows it. */
export function roleWithout(action: string, role: string, policy: string): Break {
  return async (aws) => {
    const of = { RoleName: role, PolicyName: policy }
    const { PolicyDocument = '' } = await iam(aws).send(new GetRolePolicyCommand(of))
    const { Statement, ...rest } = JSON.parse(decodeURIComponent(PolicyDocument)) as Document
    const left = Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    })).filter(({ Action }) => Action.length > 0)
    const put = { ...of, PolicyDocument: JSON.stringify({ ...rest, Statement: left }) }
    return iam(aws).send(new PutRolePolicyCommand(put))
  }
}

interface Document {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[]
}

/** The function throws before it has looked at anything: somebody wrote into its environment by hand. */
export const functionThrows: Break = async ({ lambda }) => {
  const of = { FunctionName: 'root-guard-notifier' }
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand(of))
  const Variables = { ...Environment?.Variables, SETTINGS: 'telegram' }
  await lambda.send(new UpdateFunctionConfigurationCommand({ ...of, Environment: { Variables } }))
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.5 }, of)
}

export const functionGone: Break = ({ lambda }) =>
  lambda.send(new DeleteFunctionCommand({ FunctionName: 'root-guard-notifier' }))

export const tableGone: Break = ({ dynamoDb }) =>
  dynamoDb.send(new DeleteTableCommand({ TableName: 'root-guard-deliveries' }))

export function secretGone(channel: string): Break {
  return ({ ssm }) => ssm.send(new DeleteParameterCommand({ Name: `/root-guard/channels/${channel}` }))
}

/** An event that was given up earlier. */
export const letterBuried: Break = async ({ sqs }) => {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'root-guard-dead-letters' }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }))
}

function iam({ endpoint, credentials }: EmulatedAws): IAMClient {
  return new IAMClient({ endpoint, credentials, region: 'us-east-1' })
}
