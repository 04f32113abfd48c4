// The settings the notifier is deployed with: what root-guard.yaml says of it, as one JSON value in its environment.
// templates-src writes this value and handlers/notifier reads it, so its type is the contract between the two.

/** The ways to reach people that the notifier has code for. */
export type ChannelName = 'telegram' | 'nhn-sms' | 'solapi-sms'

/** The languages an alert can be told in. */
export type Locale = 'ko' | 'en'

export interface NotifierSettings {
  /** What people call this guard; it opens every message. */
  readonly name: string
  readonly locale: Locale
  /** An IANA time zone name; messages give the time there. */
  readonly timeZone: string
  /** Channels in order, by the name of their route. */
  readonly routes: Readonly<Record<string, readonly ChannelName[]>>
}

/** What the function finds in its environment, by the names Lambda gives it. */
export interface NotifierEnvironment {
  /** NotifierSettings as JSON. */
  readonly SETTINGS: string
  /** The DynamoDB table of delivery records. */
  readonly DELIVERIES_TABLE: string
  /** The SSM path below which each channel's secret lies, without a slash at its end. */
  readonly SECRETS_PATH: string
}
