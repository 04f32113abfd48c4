// A notifier with everything around it on this machine: a table and a parameter store, the providers, a clock that can be
// put forward, and events to hand it.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Notifier, notifier } from '../../../handlers/notifier/notifier.ts'
import type { ChannelName, NotifierSettings } from '../../../handlers/notifier/settings.ts'
import { type AwsStandIn, startAwsStandIn, tableName } from '../../../scripts/rehearsal/aws-stand-in.ts'
import { corpus, happeningNow } from '../../../scripts/rehearsal/records.ts'
import { type Providers, sampleSecrets, startProviders, urlVariables } from '../../../scripts/rehearsal/stage.ts'

export interface Guard {
  aws: AwsStandIn
  providers: Providers
  /** The lines of every environment, in the order they were written. */
  log: string[]
  clock: { ahead: number }
  /** A notifier as a fresh execution environment has it: nothing cached. */
  start: (settings?: Partial<NotifierSettings>) => Notifier
  /** How long AWS may take: longer in what is not about time, so that a busy machine is no broken table. */
  patience: { askMs?: number }
}

export const settings: NotifierSettings = {
  name: 'root-guard',
  locale: 'ko',
  timeZone: 'Asia/Seoul',
  routes: { telegram: ['telegram'], sms: ['nhn-sms', 'solapi-sms'] },
  sms: { long: false, dailyCap: 100 },
}

/** A suite each of whose tests has a guard of its own. */
export function guardSuite(title: string) {
  const test = suite<Guard>(title)
  test.before.each(async (context) => {
    Object.assign(context, await startGuard())
  })
  test.after.each(endGuard)
  return test
}

export async function endGuard({ aws, providers }: Guard): Promise<void> {
  aws.close()
  for (const provider of new Set(Object.values(providers))) await provider.close()
}

export async function startGuard(): Promise<Guard> {
  const aws = await startAwsStandIn(structuredClone(sampleSecrets))
  const providers = await startProviders()
  const log: string[] = []
  const clock = { ahead: 0 }
  const urls = Object.entries(urlVariables).map(([channel, variable]) => [
    variable,
    providers[channel as ChannelName].url,
  ])
  const patience: Guard['patience'] = {}
  const start: Guard['start'] = (change = {}) =>
    notifier({
      ...patience,
      environment: {
        SETTINGS: JSON.stringify({ ...settings, ...change }),
        DELIVERIES_TABLE: tableName,
        SECRETS_PATH: '/root-guard/channels',
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        ...Object.fromEntries(urls),
      },
      log: (line) => log.push(line),
      now: () => Date.now() + clock.ahead,
    })
  return { aws, providers, log, clock, patience, start }
}

export interface Request {
  readonly body: string
  readonly isBase64Encoded: false
}

/** Root's sign-in without MFA, happening now: an event of its own each time. */
export function signIn(): Request {
  return happens('root-console-login-without-mfa')
}

/** A record of the corpus, happening now, with fields of its detail changed. */
export function happens(name: string, detail: object = {}): Request {
  const record = corpus().find((one) => one.name === name)
  assert.ok(record, `test/records has no ${name}`)
  const event = happeningNow(record.event, '111122223333')
  return posted({ ...event, detail: { ...(event.detail as object), ...detail } })
}

export function posted(event: object): Request {
  return { body: JSON.stringify(event), isBase64Encoded: false }
}

export function idOf({ body }: Request): string {
  return (JSON.parse(body) as { detail: { eventID: string } }).detail.eventID
}

/** How many messages arrived at each provider that got any. */
export function told(providers: Providers): Record<string, number> {
  const all = [...new Set(Object.values(providers))].flatMap(({ received }) => received)
  const counts: Record<string, number> = {}
  for (const { provider } of all) counts[provider] = (counts[provider] ?? 0) + 1
  return counts
}

/** The fields of every log line. */
export function lines(log: readonly string[]): readonly Record<string, unknown>[] {
  return log.map((line) => JSON.parse(line) as Record<string, unknown>)
}
