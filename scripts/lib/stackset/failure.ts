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

/** One for each Region of the operation in which it did not succeed. */
export async function regionFailures(
  client: StackSetClient,
  stackSet: string,
  results: readonly OperationResult[],
  instances: readonly InstanceState[],
): Promise<readonly RegionFailure[]> {
  const unfortunate = results.filter(({ status }) => status !== 'SUCCEEDED')
  return Promise.all(
    unfortunate.map(async ({ region, status, reason }) => {
      const stackId = instances.find((instance) => instance.region === region)?.stackId ?? ''
      const resource = stackId === '' ? undefined : await client.failedResource(region, stackId)
      const stackStatus = stackId === '' ? '' : await client.stackStatus(region, stackId)
      return {
        stackSet,
        region,
        status,
        reason,
        ...(resource === undefined ? {} : { resource }),
        stackStatus,
        hint: hintFor(status, stackStatus, `${reason} ${resource?.reason ?? ''}`),
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

function hintFor(status: string, stackStatus: string, words: string): string {
  if (status === 'CANCELLED') return 'this Region was not tried; npm run deploy again does it once the other is mended'
  if (/AccessDenied|not authorized|is not able to assume|StackSetExecution/i.test(words)) {
    return 'the execution role may not do this, or the administration role may not assume it: npm run bootstrap, or see «Set it up» in README.md; then npm run deploy again'
  }
  if (/already exists/i.test(words)) {
    return 'something of that name is there that this stack did not make: delete or rename it, then npm run deploy again'
  }
  if (/limit|quota/i.test(words)) return 'a quota is used up: raise it, then npm run deploy again'
  if (stackStatus.startsWith('ROLLBACK')) {
    return 'mend the cause, then npm run deploy again: it deletes what is left of this stack and makes it anew (log buckets are kept; empty ones can be deleted by hand)'
  }
  return 'mend the cause that AWS names, then run npm run deploy again: it goes on from where this one stopped'
}
