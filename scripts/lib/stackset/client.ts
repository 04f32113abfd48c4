// What we ask of CloudFormation's StackSets, and nothing more. aws-client.ts carries it out; tests may stand in for it.
import type { InstanceState, OperationStatus } from './verdict.ts'

export interface StackSetClient {
  /** Undefined when there is no such StackSet. */
  readonly describe: (stackSet: string) => Promise<StackSetState | undefined>
  readonly create: (stackSet: string, definition: Definition) => Promise<void>
  /** Replaces the definition and redeploys every instance. Answers the operation's id, as all that take a while do. */
  readonly update: (stackSet: string, definition: Definition, preferences: Preferences) => Promise<string>
  readonly createInstances: (stackSet: string, where: Where, preferences: Preferences) => Promise<string>
  readonly deleteInstances: (
    stackSet: string,
    where: Where,
    stacks: 'delete-stacks' | 'retain-stacks',
    preferences: Preferences,
  ) => Promise<string>
  /** Only an empty StackSet can be deleted. */
  readonly remove: (stackSet: string) => Promise<void>
  readonly instances: (stackSet: string) => Promise<readonly InstanceState[]>
  readonly operation: (stackSet: string, id: string) => Promise<Operation>
  /** Operations that have not ended, oldest first. */
  readonly unfinished: (stackSet: string) => Promise<readonly Operation[]>
  /** What the operation came to in each Region. */
  readonly results: (stackSet: string, id: string) => Promise<readonly OperationResult[]>
  /** The status of an instance's own stack, as ROLLBACK_COMPLETE; '' when there is no such stack. */
  readonly stackStatus: (region: string, stackId: string) => Promise<string>
  /** The resource whose failure ended the stack's newest attempt; undefined when none did. */
  readonly failedResource: (region: string, stackId: string) => Promise<FailedResource | undefined>
  readonly detectDrift: (stackSet: string, preferences: Preferences) => Promise<string>
  readonly resourceDrifts: (
    stackSet: string,
    operation: string,
    instance: Pick<InstanceState, 'account' | 'region'>,
  ) => Promise<readonly ResourceDrift[]>
}

/** Everything about a StackSet that a deploy decides. */
export interface Definition {
  /** The template, at most 51,200 bytes. */
  readonly body: string
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly administrationRoleArn: string
  readonly executionRoleName: string
}

export interface StackSetState extends Definition {
  readonly managedExecution: boolean
}

/** Accounts for self-managed StackSets; organizational units for service-managed ones, which we do not make yet. */
export type Where = ({ readonly accounts: readonly string[] } | { readonly organizationalUnits: readonly string[] }) & {
  readonly regions: readonly string[]
}

export interface Preferences {
  /** In how many accounts of a Region it may fail before it is stopped there. */
  readonly failureTolerance: number
}

export interface Operation {
  readonly id: string
  /** CREATE, UPDATE, DELETE, DETECT_DRIFT. */
  readonly action: string
  readonly status: OperationStatus
  /** AWS's own words; '' when it gave none. */
  readonly reason: string
}

export interface OperationResult {
  readonly region: string
  readonly status: string
  readonly reason: string
}

export interface FailedResource {
  readonly logicalId: string
  readonly type: string
  readonly reason: string
}

export interface ResourceDrift {
  readonly logicalId: string
  readonly type: string
  /** IN_SYNC, MODIFIED, DELETED, NOT_CHECKED, UNKNOWN. */
  readonly status: string
  readonly differences: readonly { readonly path: string; readonly expected: string; readonly actual: string }[]
}
