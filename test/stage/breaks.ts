// What people and mistakes do to a deployed guard: of AWS's parts each by the call that does it there.
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb'
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { DeleteFunctionCommand } from '@aws-sdk/client-lambda'
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { DeleteParameterCommand } from '@aws-sdk/client-ssm'
import type { EmulatedAws } from '../../scripts/rehearsal/aws.ts'
import type { Mood } from '../../scripts/rehearsal/providers/provider.ts'
import { freshFunction } from '../../scripts/rehearsal/stage.ts'
import type { ChannelName } from '../../templates-src/config/schema.ts'
import type { Deployed } from './stage-suite.ts'

export type Break = (deployed: Deployed) => unknown

export function ruleDisabled(rule: string): Break {
  return ({ aws }) => aws.eventBridge.send(new DisableRuleCommand({ Name: rule }))
}

/** As `aws events enable-rule` enables it, which takes no state: read-only calls pass it by. */
export function ruleWithoutReads(rule: string): Break {
  return ({ aws }) => aws.eventBridge.send(new EnableRuleCommand({ Name: rule }))
}

export function targetRemoved(rule: string, target: string): Break {
  return ({ aws }) => aws.eventBridge.send(new RemoveTargetsCommand({ Rule: rule, Ids: [target] }))
}

export function ruleGone(rule: string, targets: readonly string[]): Break {
  return async ({ aws }) => {
    await aws.eventBridge.send(new RemoveTargetsCommand({ Rule: rule, Ids: [...targets] }))
    await aws.eventBridge.send(new DeleteRuleCommand({ Name: rule }))
  }
}

export function roleWithoutPolicy(role: string, policy: string): Break {
  return ({ aws }) => aws.iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: policy }))
}

/** Nobody may assume the role any more. */
export function roleWithoutTrust(role: string): Break {
  return trustOf(role, { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' })
}

export function trustOf(role: string, statement: object): Break {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  return ({ aws }) => aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: role, PolicyDocument }))
}

/** The policy of the role without the action, wherever it allows it. */
export function roleWithout(action: string, role: string, policy: string): Break {
  return ({ aws }) =>
    policyRewritten(aws, role, policy, (statement) => {
      const Action = [statement.Action].flat().filter((one) => one !== action)
      return Action.length === 0 ? [] : [{ ...statement, Action }]
    })
}

/** The policy of the role, allowing the action under the condition alone. */
export function roleAsking(condition: object, action: string, role: string, policy: string): Break {
  return ({ aws }) =>
    policyRewritten(aws, role, policy, (statement) =>
      [statement.Action].flat().includes(action) ? [{ ...statement, Condition: condition }] : [statement],
    )
}

/** The role may do everything that its own policies can allow. */
export function roleMayEverything(role: string): Break {
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  return ({ aws }) =>
    aws.iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: 'everything', PolicyDocument }))
}

interface Statement {
  readonly Action: string | readonly string[]
}

async function policyRewritten(
  { iam }: EmulatedAws,
  role: string,
  policy: string,
  rewritten: (statement: Statement) => readonly Statement[],
): Promise<void> {
  const of = { RoleName: role, PolicyName: policy }
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand(of))
  const document = JSON.parse(decodeURIComponent(PolicyDocument)) as { readonly Statement: readonly Statement[] }
  const put = {
    ...of,
    PolicyDocument: JSON.stringify({ ...document, Statement: document.Statement.flatMap(rewritten) }),
  }
  await iam.send(new PutRolePolicyCommand(put))
}

/** The function throws before it has looked at anything: somebody wrote into its environment by hand. */
export const functionThrows: Break = ({ aws, settings, providers }) =>
  freshFunction(aws, settings, providers, { SETTINGS: 'telegram' })

export const functionGone: Break = ({ aws }) =>
  aws.lambda.send(new DeleteFunctionCommand({ FunctionName: 'root-guard-notify' }))

export const tableGone: Break = ({ aws }) =>
  aws.dynamoDb.send(new DeleteTableCommand({ TableName: 'root-guard-deliveries' }))

export function secretGone(channel: ChannelName): Break {
  return ({ aws }) => aws.ssm.send(new DeleteParameterCommand({ Name: `/root-guard/channels/${channel}` }))
}

export function providerThat(mood: Mood, channel: ChannelName): Break {
  return ({ providers }) => {
    providers[channel].mood = mood
  }
}

/** Events are taken, or calls are made, and nothing comes of them. */
export function loses(what: 'events' | 'records'): Break {
  return ({ bus }) => bus.loses.add(what)
}

/** An event that was given up earlier. */
export const letterBuried: Break = async ({ aws }) => {
  const { QueueUrl } = await aws.sqs.send(new GetQueueUrlCommand({ QueueName: 'root-guard-dead-letters' }))
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }))
}
