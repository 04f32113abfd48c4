// The local stage: the us-east-1 template deployed to an emulator, secrets in its SSM, and providers on this machine.
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation'
import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { PutParameterCommand } from '@aws-sdk/client-ssm'
import type { ChannelName, Settings } from '../../templates-src/config/schema.ts'
import { CommandError } from '../lib/command.ts'
import { servedAt } from '../lib/drill/alerts-url.ts'
import type { EmulatedAws } from './aws.ts'
import { startDiscord } from './providers/discord.ts'
import { startNhnKakao } from './providers/nhn-kakao.ts'
import { startNhnSms } from './providers/nhn-sms.ts'
import type { Provider } from './providers/provider.ts'
import { startSlack } from './providers/slack.ts'
import { startSolapi } from './providers/solapi.ts'
import { startTelegram } from './providers/telegram.ts'

export interface Stage {
  readonly aws: EmulatedAws
  readonly providers: Providers
  readonly settings: Settings
}

/** By channel. SOLAPI's two are faces of one server, since they have one address. */
export type Providers = Readonly<Record<ChannelName, Provider>>

const stackName = 'root-guard-rehearsal'

/** Sample accounts: the providers of the rehearsal know these and no others. */
export const sampleSecrets = {
  telegram: { token: '100000:rehearsal-bot-token', chatId: '-1000000000001' },
  'nhn-sms': {
    appKey: 'rehearsalAppKey',
    secretKey: 'rehearsalSecretKey',
    sender: '02-000-0000',
    recipients: ['010-0000-0000'],
  },
  'solapi-sms': {
    apiKey: 'REHEARSALAPIKEY',
    apiSecret: 'REHEARSALAPISECRET',
    sender: '02-000-0000',
    recipients: ['010-0000-0000'],
  },
  'nhn-alimtalk': {
    appKey: 'rehearsalKakaoAppKey',
    secretKey: 'rehearsalKakaoSecretKey',
    senderKey: 'rehearsalSenderKey',
    templateCode: 'root-guard',
    recipients: ['010-0000-0000'],
  },
  'solapi-alimtalk': {
    apiKey: 'REHEARSALAPIKEY',
    apiSecret: 'REHEARSALAPISECRET',
    pfId: 'KA01PF000000',
    templateId: 'KA01TP000000',
    recipients: ['010-0000-0000'],
  },
  slack: { webhookUrl: 'https://hooks.slack.com/services/TREHEARSAL/BREHEARSAL/rehearsalWebhook' },
  discord: { webhookUrl: 'https://discord.com/api/webhooks/100000000000000000/rehearsal-webhook' },
} satisfies Record<ChannelName, object>

/** The Korean text that docs/channels.md asks to register. */
export const kakaoTemplate = `[#{title}]
무엇: #{what}
누가: #{who}
어디서: #{from}
언제: #{when}
계정: #{account}
할 일: #{todo}`

export async function startProviders(): Promise<Providers> {
  const { telegram, 'nhn-sms': nhn, 'nhn-alimtalk': kakao, 'solapi-sms': solapi, slack, discord } = sampleSecrets
  const digits = (number: string) => number.replaceAll('-', '')
  const { pfId, templateId } = sampleSecrets['solapi-alimtalk']
  return {
    telegram: await startTelegram(telegram),
    'nhn-sms': await startNhnSms({ ...nhn, sender: digits(nhn.sender) }),
    'nhn-alimtalk': await startNhnKakao({ ...kakao, template: kakaoTemplate }),
    ...(await startSolapi({ ...solapi, sender: digits(solapi.sender), pfId, templateId, template: kakaoTemplate })),
    slack: await startSlack(slack),
    discord: await startDiscord(discord),
  }
}

/** Deploys the template, on an emulator of one's own after taking away what an earlier rehearsal left. Counts resources. */
export async function deployTemplate(aws: EmulatedAws, body: string): Promise<number> {
  const client = aws.cloudFormation
  const of = { StackName: stackName }
  await client.send(new DeleteStackCommand(of))
  await waitUntilStackDeleteComplete({ client, maxWaitTime: 60, minDelay: 1 }, of)
  await client.send(new CreateStackCommand({ ...of, TemplateBody: body, Capabilities: ['CAPABILITY_NAMED_IAM'] }))
  try {
    await waitUntilStackCreateComplete({ client, maxWaitTime: 120, minDelay: 1, maxDelay: 1 }, of)
  } catch {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand(of))
    const first = StackEvents.toReversed().find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')
    throw new CommandError(
      `the emulator could not create ${first?.LogicalResourceId ?? 'the stack'}: ${first?.ResourceStatusReason ?? 'it gives no reason'}`,
      'MiniStack 1.5.33, which npm start installs, can; unset AWS_ENDPOINT_URL to use it',
    )
  }
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand(of))
  return StackResources.length
}

/** Puts the sample secrets where the function looks for the real ones. */
export async function putSecrets({ ssm }: EmulatedAws, { name, routes }: Settings): Promise<readonly string[]> {
  const names: string[] = []
  for (const channel of new Set(Object.values(routes).flat())) {
    const Name = `/${name}/channels/${channel}`
    const Value = JSON.stringify(sampleSecrets[channel])
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }))
    names.push(Name)
  }
  return names
}

/** A channel without its variable here would call its real provider, so each must have one. */
export const urlVariables: Readonly<Record<ChannelName, string>> = {
  telegram: 'TELEGRAM_URL',
  'nhn-sms': 'NHN_SMS_URL',
  'solapi-sms': 'SOLAPI_URL',
  'nhn-alimtalk': 'NHN_KAKAO_URL',
  'solapi-alimtalk': 'SOLAPI_URL',
  slack: 'SLACK_URL',
  discord: 'DISCORD_URL',
}

/**
 * Adds the providers' addresses (and `more`) to the deployed function's environment: the one thing that differs from AWS. As on AWS, what
 * comes after a change of its configuration meets a new execution environment, which remembers nothing.
 */
export async function freshFunction(
  { lambda }: EmulatedAws,
  { name }: Settings,
  providers: Providers,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const of = { FunctionName: `${name}-notifier` }
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand(of))
  const urls = Object.entries(urlVariables).map(([channel, variable]) => [
    variable,
    providers[channel as ChannelName].url,
  ])
  const Variables = { ...Environment?.Variables, ...Object.fromEntries(urls), ...more }
  await lambda.send(new UpdateFunctionConfigurationCommand({ ...of, Environment: { Variables } }))
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30, minDelay: 1 }, of)
}

/** Where the emulator serves the deployed API. */
export async function alertsUrl({ cloudFormation, endpoint }: EmulatedAws): Promise<string> {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }))
  const output = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'AlertsUrl')
  return servedAt(output?.OutputValue ?? '', endpoint)
}
