// Runs cells one after another, with a stage of its own: an AWS stand-in and the providers. Each cell begins with a fresh
// execution environment and an empty table, breaks what the cell says, posts one sign-in, mends everything and posts the
// same event again for as long as the answer asks for it, as EventBridge does.
import type { ChannelName } from '../../handlers/notifier/settings.ts'
import { type AwsStandIn, startAwsStandIn, tableName } from '../rehearsal/aws-stand-in.ts'
import { corpus, happeningNow } from '../rehearsal/records.ts'
import { type Providers, sampleSecrets, startProviders, urlVariables } from '../rehearsal/stage.ts'
import type { Clock, Running, Start } from './function.ts'
import { type Cell, type Channel, partners, shapes } from './matrix.ts'

/** What a cell came to. */
export interface Ran {
  readonly cell: Cell
  /** Whom the first answer left told. */
  readonly told: readonly Channel[]
  readonly status: number
  /** To the first answer. */
  readonly ms: number
  /** Whom the retries after it told; none were made unless the answer was 503. */
  readonly toldLater: readonly Channel[]
  /** The last answer of all. */
  readonly lastStatus: number
  /** Messages to one recipient on one channel beyond the first. */
  readonly copies: number
  /** The longest of the retries. */
  readonly slowestRetryMs: number
}

export interface Lane {
  readonly run: (cell: Cell) => Promise<Ran>
  readonly close: () => Promise<void>
}

export async function startLane(start: Start): Promise<Lane> {
  const aws = await startAwsStandIn(structuredClone(sampleSecrets))
  const providers = await startProviders()
  for (const provider of eachOf(providers)) provider.slowMs = slowMs
  return {
    run: (cell) => runCell({ aws, providers, start }, cell),
    close: async () => {
      aws.close()
      await Promise.all(eachOf(providers).map((provider) => provider.close()))
    },
  }
}

/** Within the time that a channel has even where the table took the most of it. */
const slowMs = 800

interface Stage {
  readonly aws: AwsStandIn
  readonly providers: Providers
  readonly start: Start
}

/** About what EventBridge waits at first. */
const backOffMs = 30_000

/** The first retry finds everything mended, so the second has nothing left to do. */
const mostRetries = 3

async function runCell(stage: Stage, cell: Cell): Promise<Ran> {
  const { aws, providers } = stage
  await aws.reset()
  for (const provider of eachOf(providers)) provider.clear()
  const clock = { ahead: 0 }
  const first = environment(stage, cell, clock)
  if (cell.warm) await warmUp(first, clock)
  breakWhat(cell, stage, clock)

  const event = signIn()
  const { statusCode: status, ms } = await timed(() => first.post(event))
  const told = toldBy(providers)
  mend(stage, clock)

  // While the table is up, what the first environment remembers must not be needed.
  const second = cell.dynamodb === 'up' ? environment(stage, cell, clock) : first
  let lastStatus = status
  let slowestRetryMs = 0
  for (let tries = 0; lastStatus === 503 && tries < mostRetries; tries++) {
    clock.ahead += backOffMs
    const retry = await timed(() => second.post(event))
    lastStatus = retry.statusCode
    slowestRetryMs = Math.max(slowestRetryMs, retry.ms)
  }
  const all = toldBy(providers)
  const toldLater = all.filter((channel) => !told.includes(channel))
  const copies = eachOf(providers).reduce((sum, { received }) => sum + Math.max(0, received.length - 1), 0)
  return { cell, told, status, ms, toldLater, lastStatus, copies, slowestRetryMs }
}

function environment({ aws, providers, start }: Stage, { shape, channel }: Cell, clock: Clock): Running {
  const settings = {
    name: 'root-guard',
    locale: 'ko',
    timeZone: 'Asia/Seoul',
    routes: shapes[shape](channel),
    sms: { long: false, dailyCap: 100 },
  }
  const urls = Object.entries(urlVariables).map(([name, variable]) => [variable, providers[name as ChannelName].url])
  const env = {
    SETTINGS: JSON.stringify(settings),
    DELIVERIES_TABLE: tableName,
    SECRETS_PATH: '/root-guard/channels',
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    ...Object.fromEntries(urls),
  }
  return start({ env, clock })
}

/** Secrets are kept for five minutes; these were read six minutes ago, so that SSM is asked again. */
async function warmUp(running: Running, clock: Clock): Promise<void> {
  clock.ahead = -6 * 60_000
  await running.sweep()
  clock.ahead = 0
}

function breakWhat({ channel, fault, dynamodb, ssm }: Cell, { aws, providers }: Stage, clock: Clock): void {
  aws.faults = { ...(dynamodb !== 'up' && { dynamodb }), ...(ssm !== 'up' && { ssm }) }
  if (fault === 'skewed') clock.ahead = 60 * 60_000
  else providers[channel].mood = fault
}

function mend({ aws, providers }: Stage, clock: Clock): void {
  aws.faults = {}
  clock.ahead = 0
  for (const provider of eachOf(providers)) provider.mood = 'ok'
}

/** Named by its channel, as partners lists them. */
function toldBy(providers: Providers): readonly Channel[] {
  return (Object.keys(partners) as Channel[]).filter((channel) => providers[channel].received.length > 0)
}

function eachOf(providers: Providers) {
  return [...new Set(Object.values(providers))]
}

async function timed<Answer>(call: () => Promise<Answer>): Promise<Answer & { readonly ms: number }> {
  const began = performance.now()
  const answer = await call()
  return { ...answer, ms: performance.now() - began }
}

function signIn(): object {
  return happeningNow(record.event, '111122223333')
}

const record = corpus().find(({ name }) => name === 'root-console-login-without-mfa') as ReturnType<typeof corpus>[0]
