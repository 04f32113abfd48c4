// Carries the calls of client.ts out. Nothing else imports the SDK's StackSet commands.
import { randomUUID } from 'node:crypto'
import {
  type CallAs,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  DetectStackSetDriftCommand,
  ListStackInstanceResourceDriftsCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
  ListStackSetOperationsCommand,
  UpdateStackSetCommand,
} from '@aws-sdk/client-cloudformation'
import { aws, pages } from '../aws.ts'
import { defined, instanceState, operation, preferred, record, resourceDrift, targeted, token } from './aws-shapes.ts'
import type { StackSetClient } from './client.ts'
import { explained, isFault } from './fault.ts'
import { failedResource, stackStatus } from './stack.ts'
import { operationVerdict } from './verdict.ts'

/** `callAs` is for service-managed StackSets of an organization; self-managed ones take none. */
export function stackSetClient(region: string, callAs?: CallAs): StackSetClient {
  const cloudFormation = aws.cloudFormation(region)
  const as = callAs === undefined ? {} : { CallAs: callAs }
  const of = (stackSet: string) => ({ StackSetName: stackSet, ...as })
  return {
    describe: async (stackSet) => {
      try {
        return await explained('cloudformation:DescribeStackSet', stackSet, async () => {
          const { StackSet = {} } = await cloudFormation.send(new DescribeStackSetCommand(of(stackSet)))
          return {
            body: StackSet.TemplateBody ?? '',
            parameters: record(StackSet.Parameters, 'ParameterKey', 'ParameterValue'),
            tags: record(StackSet.Tags, 'Key', 'Value'),
            administrationRoleArn: StackSet.AdministrationRoleARN ?? '',
            executionRoleName: StackSet.ExecutionRoleName ?? '',
            managedExecution: StackSet.ManagedExecution?.Active === true,
          }
        })
      } catch (error) {
        if (isFault(error, 'not-found')) return undefined
        throw error
      }
    },

    create: (stackSet, definition) =>
      explained('cloudformation:CreateStackSet', stackSet, async () => {
        await cloudFormation.send(
          new CreateStackSetCommand({
            ...of(stackSet),
            ...defined(definition),
            PermissionModel: 'SELF_MANAGED',
            // The same request sent again after a lost answer is the same StackSet.
            ClientRequestToken: randomUUID(),
          }),
        )
      }),

    update: (stackSet, definition, preferences) =>
      once('cloudformation:UpdateStackSet', stackSet, async (OperationId) => {
        await cloudFormation.send(
          new UpdateStackSetCommand({
            ...of(stackSet),
            ...defined(definition),
            OperationId,
            ...preferred(preferences),
          }),
        )
      }),

    createInstances: (stackSet, where, preferences) =>
      once('cloudformation:CreateStackInstances', stackSet, async (OperationId) => {
        await cloudFormation.send(
          new CreateStackInstancesCommand({
            ...of(stackSet),
            ...targeted(where),
            OperationId,
            ...preferred(preferences),
          }),
        )
      }),

    deleteInstances: (stackSet, where, stacks, preferences) =>
      once('cloudformation:DeleteStackInstances', stackSet, async (OperationId) => {
        await cloudFormation.send(
          new DeleteStackInstancesCommand({
            ...of(stackSet),
            ...targeted(where),
            RetainStacks: stacks === 'retain-stacks',
            OperationId,
            ...preferred(preferences),
          }),
        )
      }),

    remove: (stackSet) =>
      explained('cloudformation:DeleteStackSet', stackSet, async () => {
        await cloudFormation.send(new DeleteStackSetCommand(of(stackSet)))
      }),

    instances: (stackSet) =>
      explained('cloudformation:ListStackInstances', stackSet, async () => {
        const found = await pages(
          (NextToken) => cloudFormation.send(new ListStackInstancesCommand({ ...of(stackSet), ...token(NextToken) })),
          ({ Summaries }) => Summaries,
          ({ NextToken }) => NextToken,
        )
        return found.map(instanceState)
      }),

    operation: (stackSet, OperationId) =>
      explained('cloudformation:DescribeStackSetOperation', stackSet, async () => {
        const { StackSetOperation } = await cloudFormation.send(
          new DescribeStackSetOperationCommand({ ...of(stackSet), OperationId }),
        )
        return operation(StackSetOperation ?? {})
      }),

    unfinished: (stackSet) =>
      explained('cloudformation:ListStackSetOperations', stackSet, async () => {
        // AWS lists the newest first, and what has not ended is among them: one page is enough.
        const { Summaries = [] } = await cloudFormation.send(new ListStackSetOperationsCommand(of(stackSet)))
        return Summaries.map(operation)
          .filter(({ status }) => operationVerdict(status) === 'going')
          .reverse()
      }),

    results: (stackSet, OperationId) =>
      explained('cloudformation:ListStackSetOperationResults', stackSet, async () => {
        const found = await pages(
          (NextToken) =>
            cloudFormation.send(
              new ListStackSetOperationResultsCommand({ ...of(stackSet), OperationId, ...token(NextToken) }),
            ),
          ({ Summaries }) => Summaries,
          ({ NextToken }) => NextToken,
        )
        return found.map(({ Region = '', Status = '', StatusReason = '' }) => ({
          region: Region,
          status: Status,
          reason: StatusReason,
        }))
      }),

    stackStatus,
    failedResource,

    detectDrift: (stackSet, preferences) =>
      once('cloudformation:DetectStackSetDrift', stackSet, async (OperationId) => {
        await cloudFormation.send(
          new DetectStackSetDriftCommand({ ...of(stackSet), OperationId, ...preferred(preferences) }),
        )
      }),

    resourceDrifts: (stackSet, OperationId, { account, region: where }) =>
      explained('cloudformation:ListStackInstanceResourceDrifts', stackSet, async () => {
        const found = await pages(
          (NextToken) =>
            cloudFormation.send(
              new ListStackInstanceResourceDriftsCommand({
                ...of(stackSet),
                OperationId,
                StackInstanceAccount: account,
                StackInstanceRegion: where,
                ...token(NextToken),
              }),
            ),
          ({ Summaries }) => Summaries,
          ({ NextToken }) => NextToken,
        )
        return found.map(resourceDrift)
      }),
  }
}

/**
 * A write that starts an operation. Its id is chosen here, so that a request the SDK sends again after a lost answer
 * cannot start a second one: AWS knows the id already, and that is as good as an answer.
 */
async function once(action: string, stackSet: string, call: (operation: string) => Promise<void>): Promise<string> {
  const id = randomUUID()
  try {
    await explained(action, stackSet, () => call(id))
  } catch (error) {
    if (!isFault(error, 'operation-known')) throw error
  }
  return id
}
