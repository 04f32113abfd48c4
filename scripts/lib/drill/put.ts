// Puts the drill's event where CloudTrail's events come in: on the default bus of us-east-1.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { alarmRegion } from '../../../templates-src/config/schema.ts'
import { awsFailure } from '../aws-failure.ts'
import { CommandError } from '../command.ts'
import type { DrillEvent } from './event.ts'

export async function putDrill({ source, detailType, detail }: DrillEvent): Promise<void> {
  const client = new EventBridgeClient({ region: alarmRegion })
  const entry = { Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }
  try {
    const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }))
    if (!FailedEntryCount) return
    const { ErrorCode = 'no code', ErrorMessage = 'no reason given' } = Entries?.[0] ?? {}
    throw new CommandError(
      `events:PutEvents: ${ErrorCode}: ${ErrorMessage}`,
      `${alarmRegion} refused the event, so nobody was told: mend what it says and run the command again`,
    )
  } catch (error) {
    throw awsFailure(error, 'events:PutEvents')
  }
}
