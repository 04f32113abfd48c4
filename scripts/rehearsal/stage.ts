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
import { type ChannelName, channelsOf, type Settings } from '../../templates-src/config/schema.ts'
import { notifierName } from '../../templates-src/parts/notifier.ts'
import { CommandError } from '../lib/command.ts'
import { servedAt } from '../lib/drill/alerts-url.ts'
import type { StackSetTemplate } from '../lib/generated.ts'
import { parameterOf } from '../lib/secrets/schema.ts'
import type { EmulatedAws } from './aws.ts'
import { playable, staged } from './played.ts'
import { type Providers, sampleSecrets, urlVariables } from './stand-ins.ts'

export interface Stage {
  readonly aws: EmulatedAws
  readonly providers: Providers
  readonly settings: Settings
}

export { kakaoTemplate, type Providers, sampleSecrets, startProviders, urlVariables } from './stand-ins.ts'

export const stackNames = {
  notifier: 'root-guard-rehearsal-notifier',
  'us-east-1': 'root-guard-rehearsal',
  operations: 'root-guard-rehearsal-operations',
} as const

/**
 * Deploys the templates of us-east-1, as far as the emulator makes them (played.ts), on an emulator of one's own after
 * taking away what an earlier rehearsal left. Counts resources.
 */
export async function deployTemplates(aws: EmulatedAws, templates: readonly StackSetTemplate[]): Promise<number> {
  const counts: number[] = []
  for (const part of staged) {
    const body = templates.find(({ file }) => file.path.endsWith(`/${part}.yaml`))?.body ?? ''
    counts.push(await deployStack(aws, stackNames[part], playable(body)))
  }
  return counts.reduce((one, other) => one + other, 0)
}

/** The emulator takes a fraction of a second; the SDK's own pauses are seconds. */
const patience = { maxWaitTime: 120, minDelay: 0.05, maxDelay: 1 }

/** Deploys the template in place of what was deployed under the name. Counts resources. */
export async function deployStack(
  { cloudFormation: client }: EmulatedAws,
  name: string,
  body: string,
): Promise<number> {
  const of = { StackName: name }
  await client.send(new DeleteStackCommand(of))
  await waitUntilStackDeleteComplete({ client, ...patience }, of)
  await client.send(new CreateStackCommand({ ...of, TemplateBody: body, Capabilities: ['CAPABILITY_NAMED_IAM'] }))
  try {
    await waitUntilStackCreateComplete({ client, ...patience }, of)
  } catch {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand(of))
    const first = StackEvents.toReversed().find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')
    throw new CommandError(
      `the emulator could not create ${first?.LogicalResourceId ?? name}: ${first?.ResourceStatusReason ?? 'it gives no reason'}`,
      'MiniStack 1.5.33, which npm start installs, can; unset AWS_ENDPOINT_URL to use it',
    )
  }
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand(of))
  return StackResources.length
}

/** Puts the sample secrets where the function looks for the real ones. */
export async function putSecrets({ ssm }: EmulatedAws, settings: Settings): Promise<readonly string[]> {
  const names: string[] = []
  for (const channel of channelsOf(settings)) {
    const Name = parameterOf(settings.name, channel)
    const Value = JSON.stringify(sampleSecrets[channel])
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }))
    names.push(Name)
  }
  return names
}

/**
 * Adds the providers' addresses (and `more`) to the deployed function's environment, which on AWS has none. As there, what comes after
 * a change of its configuration meets a new execution environment, which remembers nothing.
 */
export async function freshFunction(
  { lambda }: EmulatedAws,
  settings: Settings,
  providers: Providers,
  more: Readonly<Record<string, string>> = {},
  functionName = notifierName(settings),
): Promise<void> {
  const of = { FunctionName: functionName }
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand(of))
  const urls = Object.entries(urlVariables).map(([channel, variable]) => [
    variable,
    providers[channel as ChannelName].url,
  ])
  const Variables = { ...Environment?.Variables, ...Object.fromEntries(urls), ...more }
  await lambda.send(new UpdateFunctionConfigurationCommand({ ...of, Environment: { Variables } }))
  // It takes the emulator some milliseconds; the SDK would ask again only after a second or more.
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.5 }, of)
}

/** Where the emulator serves the deployed API. */
export async function alertsUrl({ cloudFormation, endpoint }: EmulatedAws): Promise<string> {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackNames['us-east-1'] }))
  const output = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'AlertsUrl')
  return servedAt(output?.OutputValue ?? '', endpoint)
}

/** The id of the guard's API, as its AlertsUrl has it. */
export async function apiId(aws: EmulatedAws): Promise<string> {
  const [, id = ''] = /\/_aws\/execute-api\/(\w+)\//.exec(await alertsUrl(aws)) ?? []
  return id
}
