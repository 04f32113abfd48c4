// What the notifier is made of, once for each execution environment, so that each of its jobs is a function of it.
import { awsCaller, type CallAws } from './aws.ts'
import type { Answer, Channel, ChannelRequest } from './channels/channel.ts'
import { channels } from './channels/registry.ts'
import { type Claims, claims } from './claims.ts'
import { deliveryRecords, type Records } from './records.ts'
import { type Report, reporter } from './report.ts'
import { type Secrets, secrets } from './secrets.ts'
import { send } from './send.ts'
import type { ChannelName, NotifierEnvironment, NotifierSettings } from './settings.ts'
import { type SmsCap, smsCap } from './sms-cap.ts'
import { type Table, table } from './table.ts'
import { type Windows, windows } from './windows.ts'

export interface World {
  readonly settings: NotifierSettings
  readonly channels: Readonly<Record<ChannelName, Channel>>
  readonly table: Table
  readonly claims: Claims
  readonly records: Records
  readonly windows: Windows
  readonly cap: SmsCap
  readonly secrets: Secrets
  readonly report: Report
  readonly send: (request: ChannelRequest, timeoutMs: number) => Promise<Answer>
  /** Where a channel's provider is. */
  readonly urlOf: (channel: Channel) => string
  readonly now: () => number
  /** How long the table may take, for all it is asked before an alert is sent: after that it is sent without. */
  readonly askMs: number
}

/** EventBridge hangs up after 5 s. By this time the last provider is given up, which leaves half a second for records. */
export const providersUntilMs = 3_400

export interface NotifierParts {
  readonly environment: NotifierEnvironment & Readonly<Record<string, string | undefined>>
  /** Takes one line of JSON. */
  readonly log: (line: string) => void
  readonly now: () => number
  /** How long AWS may take, where it is not a second: a test on a busy machine that is not about time gives it more. */
  readonly askMs?: number
}

export function world({ environment, log, now, askMs = 1_000 }: NotifierParts): World {
  const settings = JSON.parse(environment.SETTINGS) as NotifierSettings
  const callAws: CallAws = awsCaller(environment, now)
  const items = table(callAws, environment.DELIVERIES_TABLE, askMs)
  // What is written at the end of an alert's four seconds has half of one.
  const ending = table(callAws, environment.DELIVERIES_TABLE, askMs / 2)
  const claimed = claims(items, ending, now)
  return {
    settings,
    channels,
    table: items,
    claims: claimed,
    records: deliveryRecords(ending),
    windows: windows(items, claimed, now),
    cap: smsCap(ending, settings.sms.dailyCap, now),
    secrets: secrets(callAws, environment.SECRETS_PATH, askMs, now),
    report: reporter(settings.name, log, now),
    send,
    urlOf: (channel) => environment[channel.urlVariable] || channel.url,
    now,
    askMs,
  }
}
