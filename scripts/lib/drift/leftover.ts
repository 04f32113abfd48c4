// What the release that moved the function to a stack of its own may have left: CloudFormation calls an update complete although it
// could not delete what the new template no longer has, and forgets it.
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { GetRoleCommand } from '@aws-sdk/client-iam'
import { GetFunctionCommand } from '@aws-sdk/client-lambda'
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { formerNotifier, hasFunction } from '../../../templates-src/former-notifier.ts'
import { attempt, refusalsOf, resultsOf } from '../attempt.ts'
import { aws, ifThere } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { Finding } from '../live/stack.ts'
import type { Observed } from '../stackset/verdict.ts'

interface Leftover {
  readonly type: string
  readonly isThere: () => Promise<boolean>
  /** The command that deletes it. */
  readonly deletion: string
}

/** The old function, its role and its log, where us-east-1's stack (`alarm`) is past the release that had them. */
export async function leftoverFindings(settings: Settings, alarm: Observed | undefined): Promise<readonly Finding[]> {
  // Until the stack itself is as its StackSet says, it still calls the old function.
  const { stackSet: definition, instances } = alarm ?? { instances: [] }
  if (definition === undefined || hasFunction(definition.body)) return []
  if (instances.length === 0 || instances.some(({ status }) => status !== 'CURRENT')) return []
  const stackSet = `${settings.name}-${alarmRegion}`
  const looked = await Promise.all(
    leftovers(settings).map((one) =>
      attempt(one.type, async () => ((await one.isThere()) ? [found(stackSet, one)] : [])),
    ),
  )
  return [
    ...resultsOf(looked).flat(),
    ...refusalsOf(looked).map(
      ({ part, message, hint }): Finding => ({
        ...general(stackSet, part),
        wished: 'looked at',
        found: message,
        state: 'unknown',
        hint,
      }),
    ),
  ]
}

function leftovers({ name }: Settings): readonly Leftover[] {
  const old = `${name}-${formerNotifier}`
  const log = `/aws/lambda/${old}`
  return [
    {
      type: 'AWS::Lambda::Function',
      isThere: async () => {
        const asked = () => aws.lambda(alarmRegion).send(new GetFunctionCommand({ FunctionName: old }))
        const answer = () => ifThere(asked(), 'ResourceNotFoundException')
        return (await explaining('lambda:GetFunction', answer)) !== undefined
      },
      deletion: `aws lambda delete-function --region ${alarmRegion} --function-name ${old}`,
    },
    {
      type: 'AWS::IAM::Role',
      isThere: async () => {
        const asked = () => aws.iam(alarmRegion).send(new GetRoleCommand({ RoleName: old }))
        const answer = () => ifThere(asked(), ['NoSuchEntity', 'NoSuchEntityException'])
        return (await explaining('iam:GetRole', answer)) !== undefined
      },
      deletion: `aws iam delete-role-policy --role-name ${old} --policy-name notifier && aws iam delete-role --role-name ${old}`,
    },
    {
      type: 'AWS::Logs::LogGroup',
      isThere: async () => {
        const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: log })
        const { logGroups = [] } = await explaining('logs:DescribeLogGroups', () => aws.logs(alarmRegion).send(command))
        return logGroups.some(({ logGroupName }) => logGroupName === log)
      },
      deletion: `aws logs delete-log-group --region ${alarmRegion} --log-group-name ${log}`,
    },
  ]
}

function found(stackSet: string, { type, deletion }: Leftover): Finding {
  return {
    ...general(stackSet, type),
    wished: 'gone',
    found: 'still there',
    state: 'differs',
    hint: `nothing of the guard uses it: ${deletion}`,
  }
}

const general = (stackSet: string, type: string) => ({
  stackSet,
  region: alarmRegion,
  resource: '',
  type,
  what: 'what an earlier release made',
})
