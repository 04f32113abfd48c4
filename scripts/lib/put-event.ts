// Puts an event of our own where CloudTrail's events come in: on the default bus of a Region.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { awsFailure } from './aws-failure.ts'
import { CommandError } from './command.ts'

export interface OwnEvent {
  readonly source: string
  readonly detailType: string
  readonly detail: object
}

export async function putEvent({ source, detailType, detail }: OwnEvent, region: string): Promise<void> {
  const client = new EventBridgeClient({ region })
  const entry = { Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }
  try {
    const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }))
    if (!FailedEntryCount) return
    const { ErrorCode = 'no code', ErrorMessage = 'no reason given' } = Entries?.[0] ?? {}
    throw new CommandError(
      `events:PutEvents: ${ErrorCode}: ${ErrorMessage}`,
      `the bus of ${region} refused the event, so nobody was told: mend what it says and run the command again`,
    )
  } catch (error) {
    throw awsFailure(error, 'events:PutEvents')
  }
}
