// The event of a drill: something of root's that never happened, under a source of its own, which the rule takes like the
// real one, and what the drill asks for.
import { randomUUID } from 'node:crypto'
import { drillSource } from '../../../templates-src/own-events.ts'
import type { OwnEvent } from '../put-event.ts'
import { drillKinds } from './kinds.ts'
import type { Wish } from './wish.ts'

export interface DrillEvent extends OwnEvent {
  /** As the notifier keeps its records: the source belongs to the id of what AWS did not send. */
  readonly alertId: string
}

export function drillEvent(account: string, { from, kind, mode, channels }: Wish, now: Date): DrillEvent {
  const eventID = randomUUID()
  return {
    alertId: `${drillSource}~${eventID}`,
    source: drillSource,
    detailType: 'Root Guard Drill',
    detail: {
      eventVersion: '1.11',
      userIdentity: {
        type: 'Root',
        principalId: account,
        arn: `arn:aws:iam::${account}:root`,
        accountId: account,
        accessKeyId: '',
      },
      eventTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
      awsRegion: from,
      // An address of the documentation's, which nobody has.
      sourceIPAddress: '203.0.113.24',
      userAgent: 'root-guard drill',
      requestParameters: null,
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: 'Yes' },
      eventID,
      readOnly: false,
      eventType: 'AwsConsoleSignIn',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
      ...drillKinds[kind],
      // The notifier reads this in handlers/notifier/drill-wish.ts.
      drill: { mode, channels },
    },
  }
}
