// Why an operation failed in a Region: the resource, AWS's own reason, and the state in which the stack was left.
// The operation's result often says only that the stack failed; the stack's own events know the resource.
import type { FailedResource, OperationResult, StackSetClient } from './client.ts'
import type { InstanceState } from './verdict.ts'

export interface RegionFailure {
  readonly stackSet: string
  readonly region: string
  /** FAILED, or CANCELLED when another Region's failure stopped the operation. */
  readonly status: string
  /** AWS's own words about the Region. */
  readonly reason: string
  /** The resource that failed first; absent when no stack was begun. */
  readonly resource?: FailedResource
  /** As ROLLBACK_COMPLETE; '' when there is no stack. */
  readonly stackStatus: string
  /** What to do. */
  readonly hint: string
}

/** One for each Region of the operation in which it did not succeed. `command` is what to run again, as it is typed. */
export async function regionFailures(
  client: StackSetClient,
  stackSet: string,
  results: readonly OperationResult[],
  instances: readonly InstanceState[],
  command = 'npm run deploy',
): Promise<readonly RegionFailure[]> {
  const unfortunate = results.filter(({ status }) => status !== 'SUCCEEDED')
  return Promise.all(
    unfortunate.map(async ({ region, status, reason }) => {
      const instance = instances.find((one) => one.region === region)
      const stackId = instance?.stackId ?? ''
      const resource = stackId === '' ? undefined : await client.failedResource(region, stackId)
      const stackStatus = stackId === '' ? '' : await client.stackStatus(region, stackId)
      return {
        stackSet,
        region,
        status,
        reason,
        ...(resource === undefined ? {} : { resource }),
        stackStatus,
        hint: hintFor({
          command,
          stackSet,
          instance,
          status,
          stackStatus,
          words: `${reason} ${resource?.reason ?? ''}`,
        }),
      }
    }),
  )
}

/** The failure as lines for a person. */
export function failureText({ stackSet, region, status, reason, resource, stackStatus, hint }: RegionFailure): string {
  const what = resource === undefined ? '' : `\n  resource ${resource.logicalId} (${resource.type}): ${resource.reason}`
  const left = stackStatus === '' ? '' : `\n  the stack was left ${stackStatus}`
  return `${stackSet}: ${region} ${status}${reason === '' ? '' : `: ${reason}`}${what}${left}\n  → ${hint}`
}

/** Where it failed, as far as what to do depends on it. */
interface Place {
  readonly command: string
  readonly stackSet: string
  readonly instance: InstanceState | undefined
  readonly status: string
  readonly stackStatus: string
  readonly words: string
}

function hintFor({ command, stackSet, instance, status, stackStatus, words }: Place): string {
  if (status === 'CANCELLED') return `this Region was not tried; ${command} again does it once the other is mended`
  if (/AccessDenied|not authorized|is not able to assume|StackSetExecution/i.test(words)) {
    return `the execution role may not do this, or the administration role may not assume it: npm run bootstrap, or see «Set it up» in README.md; then ${command} again`
  }
  if (instance !== undefined && (stackStatus === 'DELETE_FAILED' || instance.status === 'INOPERABLE')) {
    return `mend the cause, then ${command} again; or ${givingUp(stackSet, instance)}, then ${command} again`
  }
  if (/already exists/i.test(words)) {
    return `something of that name is there that this stack did not make: delete or rename it, then ${command} again`
  }
  if (/limit|quota/i.test(words)) return `a quota is used up: raise it, then ${command} again`
  if (stackStatus.startsWith('ROLLBACK')) {
    return `mend the cause, then ${command} again: it deletes what is left of this stack and makes it anew (log buckets are kept; empty ones can be deleted by hand)`
  }
  return `mend the cause that AWS names, then run ${command} again: it goes on from where this one stopped`
}

/** The way out where AWS cannot delete a stack: the StackSet lets go of it, and a person deletes it. */
export function givingUp(stackSet: string, { account, region }: Pick<InstanceState, 'account' | 'region'>): string {
  return `take it out of the StackSet (aws cloudformation delete-stack-instances --stack-set-name ${stackSet} --accounts ${account} --regions ${region} --retain-stacks) and delete the stack itself in ${region}`
}
