// The stacks behind a StackSet's instances, in their own Regions: their status, and which resource made them fail.
import {
  DescribeStackEventsCommand,
  type DescribeStackEventsCommandOutput,
  DescribeStacksCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation'
import { aws } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { FailedResource } from './client.ts'

/** The stack's own status; '' when there is no stack. */
export async function stackStatus(region: string, stackId: string): Promise<string> {
  return explaining(
    'cloudformation:DescribeStacks',
    async () => {
      try {
        const { Stacks } = await aws.cloudFormation(region).send(new DescribeStacksCommand({ StackName: stackId }))
        return Stacks?.[0]?.StackStatus ?? ''
      } catch (error) {
        if (isAbsence(error)) return ''
        throw error
      }
    },
    region,
  )
}

/** CloudFormation says that a stack does not exist with a ValidationError, and so it does of everything else. */
function isAbsence(error: unknown): boolean {
  return /does not exist/.test((error as Error).message)
}

/** The resource that failed first in the stack's newest attempt; undefined when none did. */
export async function failedResource(region: string, stackId: string): Promise<FailedResource | undefined> {
  return explaining(
    'cloudformation:DescribeStackEvents',
    async () => {
      try {
        const [first] = causes(await newestAttempt(region, stackId))
        if (first === undefined) return undefined
        const { LogicalResourceId = '', ResourceType = '', ResourceStatusReason = '' } = first
        return { logicalId: LogicalResourceId, type: ResourceType, reason: ResourceStatusReason }
      } catch (error) {
        if (isAbsence(error)) return undefined
        throw error
      }
    },
    region,
  )
}

/** The events of the newest attempt, newest first. AWS pages them, and keeps those of ninety days: no more are read. */
async function newestAttempt(region: string, StackName: string): Promise<readonly StackEvent[]> {
  const events: StackEvent[] = []
  let NextToken: string | undefined
  do {
    const page: DescribeStackEventsCommandOutput = await aws
      .cloudFormation(region)
      .send(new DescribeStackEventsCommand({ StackName, ...(NextToken === undefined ? {} : { NextToken }) }))
    events.push(...(page.StackEvents ?? []))
    const beginning = events.findIndex(isBeginning)
    if (beginning >= 0) return events.slice(0, beginning + 1)
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return events
}

function isBeginning({ ResourceType, ResourceStatus }: StackEvent): boolean {
  return (
    ResourceType === 'AWS::CloudFormation::Stack' && /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(ResourceStatus ?? '')
  )
}

/** The failures, oldest first, without those that only followed from another. */
function causes(newestFirst: readonly StackEvent[]): readonly StackEvent[] {
  const failed = newestFirst.filter(
    ({ ResourceType, ResourceStatus = '', ResourceStatusReason = '' }) =>
      ResourceStatus.endsWith('_FAILED') &&
      ResourceType !== 'AWS::CloudFormation::Stack' &&
      !/cancelled/i.test(ResourceStatusReason),
  )
  return failed.reverse()
}
