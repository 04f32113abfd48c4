// Events as the default bus of us-east-1 makes them, of what is put on it and of what CloudTrail records.
import { randomUUID } from 'node:crypto'
import type { Event } from '../scripts/rehearsal/event-bridge.ts'

/** Of PutEvents. */
export interface Entry {
  readonly Source: string
  readonly DetailType: string
  readonly Detail: string
}

export function eventOf({ Source, DetailType, Detail }: Entry, account: string): Event {
  return { ...envelope(account), source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) as unknown }
}

/** CloudTrail's record of DescribeTrails, which the session of a role called. */
export function recordOfCall(session: string, account: string, requestID: string): Event {
  return {
    ...envelope(account),
    source: 'aws.cloudtrail',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      eventID: randomUUID(),
      requestID,
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'DescribeTrails',
      awsRegion: 'us-east-1',
      readOnly: true,
      userIdentity: { type: 'AssumedRole', arn: session, accountId: account },
    },
  }
}

function envelope(account: string) {
  const time = new Date().toISOString()
  return { version: '0', id: randomUUID(), account, region: 'us-east-1', time, resources: [] }
}
