// Events as the default bus makes them, of what is put on it and of what CloudTrail records.
import { randomUUID } from 'node:crypto'
import type { Event } from '../scripts/rehearsal/event-bridge.ts'

/** Of PutEvents. */
export interface Entry {
  readonly Source: string
  readonly DetailType: string
  readonly Detail: string
}

export function eventOf({ Source, DetailType, Detail }: Entry, account: string): Event {
  const detail = JSON.parse(Detail) as unknown
  return { ...envelope(account, 'us-east-1'), source: Source, 'detail-type': DetailType, detail }
}

/** CloudTrail's record of the call that the drill's role makes for it. */
export function recordOfDrill(account: string, region: string, requestID: string): Event {
  return {
    ...envelope(account, region),
    source: 'aws.cloudtrail',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      eventID: randomUUID(),
      requestID,
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'DescribeTrails',
      awsRegion: region,
      readOnly: true,
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${account}:assumed-role/root-guard-drill/run-1`,
        accountId: account,
      },
    },
  }
}

function envelope(account: string, region: string) {
  return { version: '0', id: randomUUID(), account, region, time: new Date().toISOString(), resources: [] }
}
