// What only a live account can say, read after the steps: why stacks failed, the API's policy as AWS keeps it, which calls CloudTrail
// calls reads, and what CloudWatch counted. What cannot be read is said to be unknown.
import { GetRestApiCommand } from '@aws-sdk/client-api-gateway'
import { DescribeStackEventsCommand, ListStackResourcesCommand, type StackEvent } from '@aws-sdk/client-cloudformation'
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { alarmRegion, postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { attempt } from '../attempt.ts'
import { aws, pages } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import { fenced } from '../command.ts'
import { figuresOf } from '../drill/figures.ts'
import { countersOnTheWay } from '../drill/mail.ts'
import { row } from '../report/findings.ts'
import { stackSetClient } from '../stackset/aws-client.ts'
import { observe } from '../stackset/converge.ts'
import type { InstanceState } from '../stackset/verdict.ts'

export interface Fact {
  readonly title: string
  readonly state: 'known' | 'unknown'
  /** Markdown. */
  readonly lines: readonly string[]
}

export async function liveFacts(settings: Settings, now: Date): Promise<readonly Fact[]> {
  return Promise.all([
    fact('Stacks, and why CloudFormation failed', () => stacks(settings)),
    fact("The API's policy, as GetRestApi answers it", () => apiPolicy(settings)),
    fact('Calls, and whether CloudTrail calls them reads', () => readOnlyFlags(settings)),
    fact('What CloudWatch counted in the last three hours', () => counted(settings, now)),
  ])
}

/** What it looks at, or a sentence why there is nothing to see. */
type Seen = readonly string[] | { readonly nothing: string }

const late = { nothing: 'AWS has nothing of it yet; it comes minutes late: look again with --facts-only' }
const notDeployed = { nothing: 'nothing is deployed' }

async function fact(title: string, look: () => Promise<Seen>): Promise<Fact> {
  const looked = await attempt(title, look)
  if ('refusal' in looked) return unknown(title, `${looked.refusal.message} (${looked.refusal.hint})`)
  const { result } = looked
  return 'nothing' in result ? unknown(title, result.nothing) : { title, state: 'known', lines: result }
}

function unknown(title: string, why: string): Fact {
  return { title, state: 'unknown', lines: [`unknown: ${why}`] }
}

async function stacks({ name, homeRegion }: Settings): Promise<Seen> {
  const client = stackSetClient(homeRegion)
  const parts = ['notifier', 'us-east-1', 'operations', 'ap-northeast-2', 'relay'].map((part) => `${name}-${part}`)
  const observed = await Promise.all(
    parts.map(async (stackSet) => ({ stackSet, instances: (await observe(client, stackSet)).instances })),
  )
  const found = observed.flatMap(({ stackSet, instances }) => instances.map((instance) => ({ stackSet, instance })))
  if (found.length === 0) return notDeployed
  const rows = await Promise.all(found.map(({ stackSet, instance }) => ofStack(stackSet, instance)))
  return ['| StackSet | Region | instance | events | failed |', '|---|---|---|---|---|', ...rows]
}

async function ofStack(stackSet: string, { region, status, detail, reason, stackId }: InstanceState): Promise<string> {
  const said = [status, detail, reason].filter((part) => part !== '').join(', ')
  if (stackId === '') return row([stackSet, region, said, 'no stack was begun', ''])
  const events = await explaining(
    'cloudformation:DescribeStackEvents',
    () =>
      pages(
        (NextToken) =>
          aws
            .cloudFormation(region)
            .send(new DescribeStackEventsCommand({ StackName: stackId, ...(NextToken ? { NextToken } : {}) })),
        ({ StackEvents }) => StackEvents,
        ({ NextToken }) => NextToken,
      ),
    stackSet,
  )
  return row([stackSet, region, said, `${events.length}`, events.filter(isFailure).map(reasonOf).join('; ')])
}

function isFailure({ ResourceStatus }: StackEvent): boolean {
  return ResourceStatus?.endsWith('_FAILED') === true
}

function reasonOf({
  LogicalResourceId,
  ResourceType,
  ResourceStatus,
  ResourceStatusReason = 'no reason',
}: StackEvent): string {
  return `${LogicalResourceId} (${ResourceType}) ${ResourceStatus}: ${ResourceStatusReason}`
}

async function apiPolicy({ name, homeRegion }: Settings): Promise<Seen> {
  const { instances } = await observe(stackSetClient(homeRegion), `${name}-us-east-1`)
  const stack = instances.find(({ region }) => region === alarmRegion)?.stackId
  if (!stack) return notDeployed
  const resources = await explaining('cloudformation:ListStackResources', () =>
    pages(
      (NextToken) =>
        aws
          .cloudFormation(alarmRegion)
          .send(new ListStackResourcesCommand({ StackName: stack, ...(NextToken ? { NextToken } : {}) })),
      ({ StackResourceSummaries }) => StackResourceSummaries,
      ({ NextToken }) => NextToken,
    ),
  )
  const restApiId = resources.find(
    ({ ResourceType }) => ResourceType === 'AWS::ApiGateway::RestApi',
  )?.PhysicalResourceId
  if (restApiId === undefined) return { nothing: 'the stack has no API' }
  const { policy = '' } = await explaining('apigateway:GET', () =>
    aws.apiGateway(alarmRegion).send(new GetRestApiCommand({ restApiId })),
  )
  return fenced(policy.replaceAll(restApiId, 'API-ID')).split('\n')
}

/** Nobody has attested yet whether the calls that detect drift are reads; a root sign-in is here to compare times with. */
const callsOfInterest = ['DetectStackSetDrift', 'DetectStackDrift', 'DetectStackResourceDrift', 'ConsoleLogin']

async function readOnlyFlags({ homeRegion }: Settings): Promise<Seen> {
  const regions = [...new Set([homeRegion, alarmRegion, postureRegion])]
  const found = await Promise.all(regions.map(flagsIn))
  const rows = found.flat()
  if (rows.length === 0) return late
  return ['| call | Region | readOnly | records | latest |', '|---|---|---|---|---|', ...rows]
}

/** One after the other: CloudTrail lets an account look up twice a second. */
async function flagsIn(region: string): Promise<readonly string[]> {
  const rows: string[] = []
  for (const call of callsOfInterest) {
    const { Events = [] } = await explaining('cloudtrail:LookupEvents', () =>
      aws
        .cloudTrail(region)
        .send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: call }] })),
    )
    if (Events.length === 0) continue
    const flags = [...new Set(Events.map(({ ReadOnly = 'not said' }) => ReadOnly))].join(', ')
    rows.push(row([call, region, flags, `${Events.length}`, Events[0]?.EventTime?.toISOString() ?? '']))
  }
  return rows
}

async function counted(settings: Settings, now: Date): Promise<Seen> {
  const since = new Date(now.getTime() - 3 * 3_600_000)
  const looked = await figuresOf(countersOnTheWay(settings, { from: postureRegion }), since, now)
  if ('unreadable' in looked) return { nothing: `${looked.unreadable} (${looked.hint})` }
  const rows = looked.figures
    .filter(({ sum }) => sum !== undefined)
    .map(({ region, kind, of, metric, sum }) => row([`${kind} ${of}`, region, metric, `${sum}`]))
  return rows.length === 0 ? late : ['| of | Region | metric | sum |', '|---|---|---|---|', ...rows]
}
