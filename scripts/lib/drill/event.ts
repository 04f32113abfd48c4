// The event of a drill: a root sign-in that never happened, under a source of its own, which the rule takes like the real one.
import { randomUUID } from 'node:crypto'

export interface DrillEvent {
  /** As the notifier keeps its records: the source belongs to the id of what AWS did not send. */
  readonly alertId: string
  readonly source: string
  readonly detailType: string
  readonly detail: object
}

export const drillSource = 'root-guard.drill'

export function drillEvent(account: string, region: string, now: Date): DrillEvent {
  const eventID = randomUUID()
  return {
    alertId: `${drillSource} ${eventID}`,
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
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      awsRegion: region,
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
    },
  }
}
