// The functions that the notifier is measured against, on one stage: the same providers, the same table, the same events.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChannelName } from '../../handlers/notifier/settings.ts'
import { bundleNotifier } from '../lib/bundle.ts'
import { startAwsStandIn, tableName } from '../rehearsal/aws-stand-in.ts'
import { corpus, happeningNow } from '../rehearsal/records.ts'
import { sampleSecrets, startProviders, urlVariables } from '../rehearsal/stage.ts'
import { type Started, startFunction } from './function-process.ts'

/** `notifier` is the inline code as deployed, `not packed` the same without its compression. */
export const contenders = ['empty', 'single', 'sequential', 'notifier', 'not packed'] as const
export type Contender = (typeof contenders)[number]

export interface Contest {
  readonly minified: string
  readonly inline: string
  readonly files: Readonly<Record<Contender, string>>
  readonly environment: Readonly<Record<string, string>>
  /** When each provider was asked, since the last `reset`. */
  readonly asked: number[]
  readonly reset: () => Promise<void>
  readonly end: () => Promise<void>
}

const settings = {
  name: 'root-guard',
  locale: 'ko',
  timeZone: 'Asia/Seoul',
  routes: { telegram: ['telegram'], sms: ['nhn-sms', 'solapi-sms'] },
  sms: { long: false, dailyCap: 100 },
} as const

/** `folder` is for the code of the functions; every provider answers `providerMs` late. */
export async function startContest(folder: string, providerMs: number): Promise<Contest> {
  const { code, minified } = await bundleNotifier(settings)
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const aws = await startAwsStandIn(structuredClone(sampleSecrets))
  const providers = await startProviders()
  const asked: number[] = []
  for (const provider of Object.values(providers)) {
    Object.assign(provider, { mood: 'slow', slowMs: providerMs })
    provider.requests.push = (...requests) => asked.push(...requests.map(() => performance.now()))
  }
  const urls = Object.entries(urlVariables).map(([name, url]) => [url, providers[name as ChannelName].url])
  return {
    minified,
    inline: code,
    files: {
      empty: ours('empty'),
      single: ours('single'),
      sequential: ours('sequential'),
      notifier: written('index.cjs', code),
      'not packed': written('not-packed.cjs', minified),
    },
    environment: { ...environmentOf(aws.endpoint), ...Object.fromEntries(urls) },
    asked,
    reset: async () => {
      asked.length = 0
      await aws.reset()
    },
    end: async () => {
      aws.close()
      await Promise.all([...new Set(Object.values(providers))].map((provider) => provider.close()))
    },
  }
}

interface Contended {
  readonly started: Started
  readonly answerMs: number
  /** NaN when no provider was asked. */
  readonly lastRequestMs: number
}

/** One event of the corpus, by its name, to a function that runs, or else to one started for it. */
export async function contend(
  { files, environment, asked, reset }: Contest,
  contender: Contender,
  record: string,
  running?: Started,
): Promise<Contended> {
  await reset()
  const started = running ?? (await startFunction(files[contender], environment))
  const event = corpus().find(({ name }) => name === record)?.event
  const request = { body: JSON.stringify(happeningNow(event as Record<string, unknown>, '111122223333')) }
  const began = performance.now()
  const { statusCode } = await started.invoke(request)
  const answerMs = performance.now() - began
  if (statusCode > 202) throw new Error(`${contender} answered ${statusCode} to ${record}`)
  return { started, answerMs, lastRequestMs: (asked.at(-1) ?? Number.NaN) - began }
}

function ours(name: string): string {
  return fileURLToPath(new URL(`./handlers/${name}.cjs`, import.meta.url))
}

function environmentOf(endpoint: string): Readonly<Record<string, string>> {
  const { telegram, 'nhn-sms': nhn } = sampleSecrets
  return {
    SETTINGS: JSON.stringify(settings),
    DELIVERIES_TABLE: tableName,
    SECRETS_PATH: '/root-guard/channels',
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    // The sequential one's.
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_CHAT: telegram.chatId,
    NHN_APP_KEY: nhn.appKey,
    NHN_SECRET_KEY: nhn.secretKey,
    NHN_SENDER: nhn.sender.replaceAll('-', ''),
    NHN_RECIPIENT: '01000000000',
  }
}
