// What a live check is: for one type of resource, how AWS holds it now, held against what was deployed.
import { isAwsError } from '../aws-failure.ts'
import type { Difference } from './compare.ts'
import type { PlainResource } from './resolve.ts'

export interface LiveCheck {
  /** What it asks of AWS, as IAM names it. */
  readonly actions: readonly string[]
  /** The properties that `look` compares. Of these CloudFormation's MODIFIED does not count. */
  readonly covers: readonly string[]
  /** Those that stay as they are while the resource is the same one: AWS cannot change them, or finds it by them. */
  readonly fixed: readonly string[]
  /** Nothing where the resource is as it was deployed. That it is gone may be thrown, as AWS does. `stack`: all its resources. */
  readonly look: (
    resource: PlainResource,
    region: string,
    stack: readonly PlainResource[],
    account: string,
  ) => Promise<readonly Observation[]>
}

export interface Observation extends Difference {
  /** `waiting`: nobody changed anything, somebody must still do something. It does not make a drift. `unknown`: it could not be looked at. */
  readonly state?: 'waiting' | 'unknown'
  /** What to do, where «deploy again» is not it. */
  readonly hint?: string
}

/** Whether a live check has looked at what CloudFormation calls different. `path` is CloudFormation's, as /Policy/Version. */
export function isCovered({ covers, fixed }: LiveCheck, path: string): boolean {
  const [property = ''] = path.replace(/^\//, '').split('/')
  return covers.includes(property) || fixed.includes(property)
}

export const gone: Observation = { what: 'the resource', wished: 'there', found: 'gone' }

/** The many names by which AWS's services say that something is not there. */
export function isGone(error: unknown): boolean {
  return goneNames.some((name) => isAwsError(error, name))
}

const goneNames = [
  'NoSuchEntityException',
  'NoSuchEntity',
  'NoSuchBucket',
  'NotFound',
  'NotFoundException',
  'ResourceNotFoundException',
  'ResourceNotFound',
  'DashboardNotFoundError',
  'QueueDoesNotExist',
  'NonExistentQueue',
  'AWS.SimpleQueueService.NonExistentQueue',
  'TrailNotFoundException',
  'NoSuchConfigRuleException',
  'NoSuchConfigurationRecorderException',
  'NoSuchDeliveryChannelException',
]
