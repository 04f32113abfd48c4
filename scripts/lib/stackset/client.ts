// The calls to CloudFormation's StackSets that we use, and no others. Nothing else imports their SDK commands.
import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
  type StackInstanceSummary,
  UpdateStackSetCommand,
} from '@aws-sdk/client-cloudformation'
import { awsFailure, isAwsError } from '../aws-failure.ts'
import type { InstanceState, OperationStatus } from './verdict.ts'

export interface StackSetClient {
  /** The template the StackSet holds, or undefined when there is no such StackSet. */
  readonly template: (stackSet: string) => Promise<string | undefined>
  readonly create: (stackSet: string, body: string) => Promise<void>
  /** Replaces the template and redeploys every instance. Answers the operation's id. */
  readonly update: (stackSet: string, body: string) => Promise<string>
  readonly createInstances: (stackSet: string, account: string, regions: readonly string[]) => Promise<string>
  readonly instances: (stackSet: string) => Promise<readonly InstanceState[]>
  readonly operation: (stackSet: string, id: string) => Promise<OperationStatus>
  /** What the operation came to in each Region. */
  readonly results: (stackSet: string, id: string) => Promise<readonly OperationResult[]>
}

export interface OperationResult {
  readonly region: string
  readonly status: string
  /** AWS's own words; '' when it gave none. */
  readonly reason: string
}

/** Regions side by side; one that fails stops the operation. These are wishes about speed, not about what is deployed. */
const preferences = { RegionConcurrencyType: 'PARALLEL', FailureToleranceCount: 0, MaxConcurrentCount: 1 } as const

/** The templates name their roles, so that policies can name them too. */
const capabilities = ['CAPABILITY_NAMED_IAM'] as const

export function stackSetClient(region: string): StackSetClient {
  const aws = new CloudFormationClient({ region })
  return {
    template: (stackSet) =>
      explained('cloudformation:DescribeStackSet', async () => {
        try {
          const { StackSet } = await aws.send(new DescribeStackSetCommand({ StackSetName: stackSet }))
          return StackSet?.TemplateBody ?? ''
        } catch (error) {
          if (isAwsError(error, 'StackSetNotFoundException')) return undefined
          throw error
        }
      }),

    create: (stackSet, body) =>
      explained('cloudformation:CreateStackSet', async () => {
        await aws.send(
          new CreateStackSetCommand({
            StackSetName: stackSet,
            Description: 'Root Guard: tells the owners of this account what its root user does',
            TemplateBody: body,
            PermissionModel: 'SELF_MANAGED',
            Capabilities: [...capabilities],
            // A second operation waits its turn instead of being refused.
            ManagedExecution: { Active: true },
          }),
        )
      }),

    update: (stackSet, body) =>
      explained('cloudformation:UpdateStackSet', async () => {
        const { OperationId } = await aws.send(
          new UpdateStackSetCommand({
            StackSetName: stackSet,
            TemplateBody: body,
            Capabilities: [...capabilities],
            OperationPreferences: preferences,
            ManagedExecution: { Active: true },
          }),
        )
        return OperationId ?? ''
      }),

    createInstances: (stackSet, account, regions) =>
      explained('cloudformation:CreateStackInstances', async () => {
        const { OperationId } = await aws.send(
          new CreateStackInstancesCommand({
            StackSetName: stackSet,
            Accounts: [account],
            Regions: [...regions],
            OperationPreferences: preferences,
          }),
        )
        return OperationId ?? ''
      }),

    instances: (stackSet) =>
      explained('cloudformation:ListStackInstances', async () => {
        const found: InstanceState[] = []
        let token: string | undefined
        do {
          const page = await aws.send(
            new ListStackInstancesCommand({ StackSetName: stackSet, ...(token ? { NextToken: token } : {}) }),
          )
          found.push(...(page.Summaries ?? []).map(instanceState))
          token = page.NextToken
        } while (token)
        return found
      }),

    operation: (stackSet, id) =>
      explained('cloudformation:DescribeStackSetOperation', async () => {
        const { StackSetOperation } = await aws.send(
          new DescribeStackSetOperationCommand({ StackSetName: stackSet, OperationId: id }),
        )
        return StackSetOperation?.Status ?? 'UNKNOWN'
      }),

    results: (stackSet, id) =>
      explained('cloudformation:ListStackSetOperationResults', async () => {
        const found: OperationResult[] = []
        let token: string | undefined
        do {
          const page = await aws.send(
            new ListStackSetOperationResultsCommand({
              StackSetName: stackSet,
              OperationId: id,
              ...(token ? { NextToken: token } : {}),
            }),
          )
          for (const { Region, Status, StatusReason } of page.Summaries ?? []) {
            found.push({ region: Region ?? '', status: Status ?? '', reason: StatusReason ?? '' })
          }
          token = page.NextToken
        } while (token)
        return found
      }),
  }
}

function instanceState(summary: StackInstanceSummary): InstanceState {
  return {
    account: summary.Account ?? '',
    region: summary.Region ?? '',
    status: summary.Status ?? 'UNKNOWN',
    detail: summary.StackInstanceStatus?.DetailedStatus ?? '',
    reason: summary.StatusReason ?? '',
    stackId: summary.StackId ?? '',
  }
}

async function explained<Result>(action: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    throw awsFailure(error, action)
  }
}
