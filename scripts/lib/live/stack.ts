// Looks at every resource of a deployed stack as AWS holds it now, and answers what is not as it was deployed.
import { GetTemplateCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import { attempt, type Refusal } from '../attempt.ts'
import { aws, pages } from '../aws.ts'
import { awsFailure, explaining } from '../aws-failure.ts'
import type { CommandError } from '../command.ts'
import { limited } from '../limited.ts'
import type { InstanceState } from '../stackset/verdict.ts'
import { gone, isGone, type LiveCheck, type Observation } from './check.ts'
import { liveChecks } from './checks.ts'
import { type PlainResource, resolveResources, type Template } from './resolve.ts'

export interface Finding {
  readonly stackSet: string
  readonly region: string
  /** The logical id; '' for the stack or the account as a whole. */
  readonly resource: string
  readonly type: string
  readonly what: string
  readonly wished: string
  readonly found: string
  /**
   * `waiting` findings are told and fail nothing. `unknown`: it could not be looked at, which fails what looked, and says
   * of nobody that they changed something.
   */
  readonly state: 'differs' | 'waiting' | 'unknown'
  /** Of what is `unknown`: AWS lets this account never look, so that each look names it and it fails nothing. */
  readonly isLasting?: true
  readonly hint: string
}

/** The findings of every instance that is CURRENT: what AWS itself calls behind is told as that, and not looked into. */
export async function lookAtStacks(
  stackSets: readonly { readonly stackSet: string; readonly instances: readonly InstanceState[] }[],
): Promise<readonly Finding[]> {
  const looked = stackSets.flatMap(({ stackSet, instances }) =>
    instances.filter(({ status }) => status === 'CURRENT').map((instance) => lookAtStack(stackSet, instance)),
  )
  return (await Promise.all(looked)).flat()
}

/** What differs in the instance's stack. An instance without a stack has nothing to look at. */
export async function lookAtStack(stackSet: string, instance: InstanceState): Promise<readonly Finding[]> {
  const { region, stackId } = instance
  if (stackId === '') return []
  const looked = await attempt(stackSet, () => atMostEight(() => deployedResources(instance)))
  if ('refusal' in looked) return [unseenStack(stackSet, instance, looked.refusal)]
  const resources = looked.result
  if (resources === undefined) return [stackIsGone(stackSet, instance)]
  const found = await Promise.all(
    resources.map(async (resource) => {
      const observations = await atMostEight(() => observationsOf(resource, instance, resources))
      return observations.map((observation) => finding(stackSet, region, resource, observation))
    }),
  )
  return found.flat()
}

/** Of all stacks together: seventeen of them at once have CloudFormation and IAM throttle for longer than the SDK waits. */
const atMostEight = limited(8)

/** The stack's resources with the values they were deployed with; undefined when there is no such stack. */
export async function deployedResources({
  account,
  region,
  stackId,
}: Pick<InstanceState, 'account' | 'region' | 'stackId'>): Promise<readonly PlainResource[] | undefined> {
  const cloudFormation = aws.cloudFormation(region)
  return explaining(
    'cloudformation:GetTemplate',
    async () => {
      try {
        const { TemplateBody = '{}' } = await cloudFormation.send(new GetTemplateCommand({ StackName: stackId }))
        const listed = await pages(
          (NextToken) =>
            cloudFormation.send(
              new ListStackResourcesCommand({ StackName: stackId, ...(NextToken ? { NextToken } : {}) }),
            ),
          ({ StackResourceSummaries }) => StackResourceSummaries,
          ({ NextToken }) => NextToken,
        )
        const physicalIds = Object.fromEntries(
          listed
            .filter(({ ResourceStatus = '' }) => ResourceStatus !== 'DELETE_COMPLETE')
            .map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [LogicalResourceId, PhysicalResourceId]),
        )
        const template = JSON.parse(TemplateBody || '{}') as Partial<Template>
        if (template.Resources === undefined) return undefined
        return resolveResources({ Resources: template.Resources }, physicalIds, { account, region, stackId })
      } catch (error) {
        if (/does not exist/.test((error as Error).message)) return undefined
        throw error
      }
    },
    region,
  )
}

async function observationsOf(
  resource: PlainResource,
  { region, account }: InstanceState,
  stack: readonly PlainResource[],
): Promise<readonly Observation[]> {
  const check = liveChecks[resource.type]
  if (check === undefined) return []
  if (resource.physicalId === '') return [gone]
  try {
    return await check.look(resource, region, stack, account)
  } catch (error) {
    return isGone(error) ? [gone] : [unseen(error, check)]
  }
}

/** A check that could not look has not found that all is well. */
function unseen(error: unknown, { actions }: LiveCheck): Observation {
  const { message, hint }: CommandError = awsFailure(error, actions.join(', '))
  return { what: 'the live check', wished: 'done', found: message, state: 'unknown', hint }
}

function unseenStack(stackSet: string, { region }: InstanceState, { message, hint }: Refusal): Finding {
  const type = 'AWS::CloudFormation::Stack'
  const state = 'unknown'
  return { stackSet, region, resource: '', type, what: 'the live checks', wished: 'done', found: message, state, hint }
}

function stackIsGone(stackSet: string, { account, region }: InstanceState): Finding {
  return {
    stackSet,
    region,
    resource: '',
    type: 'AWS::CloudFormation::Stack',
    what: 'the stack',
    wished: 'there',
    found: 'gone',
    state: 'differs',
    hint: `somebody deleted it behind the StackSet: aws cloudformation delete-stack-instances --stack-set-name ${stackSet} --accounts ${account} --regions ${region} --retain-stacks, then npm run deploy`,
  }
}

function finding(
  stackSet: string,
  region: string,
  { logicalId, type }: PlainResource,
  observation: Observation,
): Finding {
  const { what, wished, found, state = 'differs', hint = restore } = observation
  return { stackSet, region, resource: logicalId, type, what, wished, found, state, hint }
}

const restore =
  'find out who changed it (CloudTrail names them), then put it back by hand: a deploy does not write what the template does not change'
