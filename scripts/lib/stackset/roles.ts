// The two roles of self-managed StackSets: CloudFormation assumes the first, and that one the second in each account.
import { defaultExecutionRole } from '../../../templates-src/config/contradictions.ts'
import type { Settings } from '../../../templates-src/config/schema.ts'

export interface StackSetRoles {
  readonly administrationRoleName: string
  readonly executionRoleName: string
}

/** AWS's default names, until root-guard.yaml says that the bootstrap's narrower ones are there. */
export function stackSetRoles({ name, stackSets }: Settings): StackSetRoles {
  return stackSets?.roles === 'bootstrap'
    ? {
        administrationRoleName: `${name}-stackset-administration`,
        executionRoleName: `${name}-stackset-execution`,
      }
    : {
        administrationRoleName: 'AWSCloudFormationStackSetAdministrationRole',
        executionRoleName: defaultExecutionRole,
      }
}
