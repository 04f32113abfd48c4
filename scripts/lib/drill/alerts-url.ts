// Where the notifier's API is: what the stack in us-east-1 says of itself.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { awsFailure, isAwsError } from '../aws-failure.ts'
import { CommandError } from '../command.ts'
import { stackSetClient } from '../stackset/aws-client.ts'

/** The output AlertsUrl of the StackSet's stack in us-east-1. */
export async function findAlertsUrl({ name, account, homeRegion }: Settings): Promise<string> {
  const stackSet = `${name}-us-east-1`
  const stackId = await stackOf(stackSet, account, homeRegion)
  if (stackId === '') {
    throw new CommandError(
      `${stackSet} has no stack in ${alarmRegion}`,
      'npm run deploy, then run the drill again; no event was put',
    )
  }
  const url = await outputOf(stackId)
  if (url === '') {
    throw new CommandError(
      `the stack of ${stackSet} in ${alarmRegion} has no output AlertsUrl`,
      'npm run deploy brings it up to date; or give the address with --url; no event was put',
    )
  }
  return servedAt(url, process.env.AWS_ENDPOINT_URL)
}

/** An emulator serves an API below its own address, whatever the stack's output says. */
export function servedAt(url: string, endpoint: string | undefined): string {
  const found = /^https:\/\/(\w+)\.execute-api\.[^/]+\/(.+)$/.exec(url)
  return endpoint && found ? `${endpoint.replace(/\/$/, '')}/_aws/execute-api/${found[1]}/${found[2]}` : url
}

async function stackOf(stackSet: string, account: string, homeRegion: string): Promise<string> {
  const client = stackSetClient(homeRegion)
  if ((await client.describe(stackSet)) === undefined) return ''
  const instances = await client.instances(stackSet)
  return instances.find((one) => one.account === account && one.region === alarmRegion)?.stackId ?? ''
}

async function outputOf(stackId: string): Promise<string> {
  const client = new CloudFormationClient({ region: alarmRegion })
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackId }))
    return Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'AlertsUrl')?.OutputValue ?? ''
  } catch (error) {
    if (isAwsError(error, 'ValidationError')) return ''
    throw awsFailure(error, 'cloudformation:DescribeStacks')
  }
}
