// The settings the notifier is deployed with: what root-guard.yaml says of it, as one JSON value in its environment.
// templates-src writes this value and handlers/notifier reads it, so its type is the contract between the two.

/** The ways to reach people that the notifier has code for. */
export type ChannelName =
  | 'telegram'
  | 'nhn-sms'
  | 'solapi-sms'
  | 'nhn-alimtalk'
  | 'solapi-alimtalk'
  | 'slack'
  | 'discord'

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
  readonly sms: {
    /** LMS instead of SMS: every detail, at the price of a long message. */
    readonly long: boolean
    /** How many messages a day, in the time zone above, may go out by channels on the SMS bill. */
    readonly dailyCap: number
  }
}

/** Every channel of every route, once. */
export function channelsOf({ routes }: Pick<NotifierSettings, 'routes'>): readonly ChannelName[] {
  return [...new Set(Object.values(routes).flat())]
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

/** What the sweep's rule hands to the function, where a request of API Gateway would be. */
export interface SweepEvent {
  readonly sweep: true
}
