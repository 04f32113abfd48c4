// `POST /alerts`: an EventBridge event comes in, people are told, and EventBridge learns whether to come again.
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { readActivity } from './activity.ts'
import { awsCaller } from './aws.ts'
import { channels } from './channels/registry.ts'
import { answerStatus, type Delivery, deliver } from './engine.ts'
import { deliveryRecords } from './records.ts'
import { maskRecipient } from './redact.ts'
import { secretReader } from './secrets.ts'
import { send } from './send.ts'
import type { NotifierEnvironment, NotifierSettings } from './settings.ts'
import { longText, smsText } from './words/messages.ts'

/** EventBridge hangs up after 5 s. By this time the last provider is given up, which leaves half a second for records. */
const providersUntilMs = 3_400

export type Notifier = (
  request: Pick<APIGatewayProxyEvent, 'body' | 'isBase64Encoded'>,
) => Promise<APIGatewayProxyResult>

export interface NotifierParts {
  readonly environment: NotifierEnvironment & Readonly<Record<string, string | undefined>>
  /** Takes one line of JSON. */
  readonly log: (line: string) => void
  readonly now: () => number
}

/** Answers 202 (settled), 503 (come again), 422 (given up) or 400 (not an event), with the deliveries as JSON. Never throws. */
export function notifier({ environment, log, now }: NotifierParts): Notifier {
  const settings = JSON.parse(environment.SETTINGS) as NotifierSettings
  const callAws = awsCaller(environment)
  const readSecret = secretReader(callAws, environment.SECRETS_PATH, now)
  const records = deliveryRecords(callAws, environment.DELIVERIES_TABLE)

  return async (request) => {
    const deadline = now() + providersUntilMs
    const reading = readActivity(bodyOf(request))
    if ('refused' in reading) {
      log(JSON.stringify({ level: 'error', refused: reading.refused }))
      return answer(400, { error: reading.refused })
    }
    const { activity } = reading
    const alert = { id: activity.id, texts: { sms: smsText(activity, settings), long: longText(activity, settings) } }

    // Without records nothing is known of earlier tries: a duplicate is better than a loss, so it is sent, and said.
    let recordsFailure: string | undefined
    const recordsFailed = (error: unknown) => {
      recordsFailure = (error as Error).message
      log(JSON.stringify({ level: 'error', alert: alert.id, records: recordsFailure }))
    }
    const before = records.read(alert.id).catch((error: unknown) => {
      recordsFailed(error)
      return records.remembered(alert.id)
    })

    const deliveries = await deliver(alert, {
      routes: settings.routes,
      channels,
      readSecret,
      before,
      keep: (record) => records.write(alert.id, record).catch(recordsFailed),
      send,
      urlOf: (channel) => environment[channel.urlVariable] || channel.url,
      log: (delivery) => log(JSON.stringify({ level: levelOf(delivery), alert: alert.id, ...seen(delivery) })),
      now,
      deadline,
    })
    return answer(answerStatus(deliveries), {
      alert: alert.id,
      records: recordsFailure ?? 'kept',
      deliveries: deliveries.map(seen),
    })
  }
}

function bodyOf({ body, isBase64Encoded }: Parameters<Notifier>[0]): string {
  return isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '')
}

/** A delivery as logs and answers may show it. */
function seen(delivery: Delivery): Delivery {
  return { ...delivery, recipient: delivery.recipient === '' ? '' : maskRecipient(delivery.recipient) }
}

function levelOf(delivery: Delivery): 'info' | 'error' {
  return delivery.outcome === 'accepted' ? 'info' : 'error'
}

function answer(statusCode: 202 | 400 | 422 | 503, body: object): APIGatewayProxyResult {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
