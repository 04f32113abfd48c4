// Between the client's words and the SDK's: what a request says, and what an answer comes to. Pure.
import type {
  StackInstanceResourceDriftsSummary,
  StackInstanceSummary,
  StackSetOperationSummary,
} from '@aws-sdk/client-cloudformation'
import type { Definition, Operation, Preferences, ResourceDrift, Where } from './client.ts'
import type { InstanceState } from './verdict.ts'

/** A guard's StackSets carry this description; it is how people find them in the console. */
export const stackSetDescription = 'Root Guard: tells the owners of this account what its root user does'

export function defined({ body, parameters, tags, administrationRoleArn, executionRoleName }: Definition) {
  return {
    Description: stackSetDescription,
    TemplateBody: body,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    AdministrationRoleARN: administrationRoleArn,
    ExecutionRoleName: executionRoleName,
    // The templates name their roles, so that policies can name them too.
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    // A second operation waits its turn instead of being refused.
    ManagedExecution: { Active: true },
  }
}

export function targeted(where: Where) {
  const Regions = [...where.regions]
  return 'accounts' in where
    ? { Accounts: [...where.accounts], Regions }
    : { DeploymentTargets: { OrganizationalUnitIds: [...where.organizationalUnits] }, Regions }
}

/** Regions side by side. */
export function preferred({ failureTolerance }: Preferences) {
  return {
    OperationPreferences: {
      RegionConcurrencyType: 'PARALLEL' as const,
      FailureToleranceCount: failureTolerance,
      // AWS holds this to the tolerance plus one; there is one account.
      MaxConcurrentCount: 1,
    },
  }
}

export const token = (NextToken: string | undefined) => (NextToken === undefined ? {} : { NextToken })

export function record<Key extends string, Value extends string>(
  list: readonly Partial<Record<Key | Value, unknown>>[] | undefined,
  key: Key,
  value: Value,
): Record<string, string> {
  return Object.fromEntries((list ?? []).map((item) => [String(item[key] ?? ''), String(item[value] ?? '')]))
}

export function operation(found: StackSetOperationSummary): Operation {
  const { OperationId = '', Action = '', Status = 'UNKNOWN', StatusReason = '' } = found
  return { id: OperationId, action: Action, status: Status, reason: StatusReason }
}

export function instanceState(summary: StackInstanceSummary): InstanceState {
  return {
    account: summary.Account ?? '',
    region: summary.Region ?? '',
    status: summary.Status ?? 'UNKNOWN',
    detail: summary.StackInstanceStatus?.DetailedStatus ?? '',
    reason: summary.StatusReason ?? '',
    stackId: summary.StackId ?? '',
  }
}

export function resourceDrift(summary: StackInstanceResourceDriftsSummary): ResourceDrift {
  return {
    logicalId: summary.LogicalResourceId ?? '',
    type: summary.ResourceType ?? '',
    status: summary.StackResourceDriftStatus ?? 'UNKNOWN',
    differences: (summary.PropertyDifferences ?? []).map(({ PropertyPath, ExpectedValue, ActualValue }) => ({
      path: PropertyPath ?? '',
      expected: ExpectedValue ?? '',
      actual: ActualValue ?? '',
    })),
  }
}
