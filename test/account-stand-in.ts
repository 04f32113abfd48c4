// An AWS account with a guard deployed in it, as far as a drill sees it: the credentials' account, the stack and its output,
// the default bus, and the API with the notifier behind it.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { ApiEvent, Notifier } from '../handlers/notifier/notifier.ts'
import { type Entry, eventOf } from './bus-events.ts'

export interface Account {
  readonly environment: Readonly<Record<string, string>>
  /** Calls so far: an action of the query APIs, `PutEvents`, or `GET` and a path. */
  readonly calls: string[]
  /** What does not work. */
  readonly broken: Set<Leg>
  /** What CloudWatch answers of the mail that the drills on the bus make. */
  readonly cloudWatch: { mood: Mood }
  readonly close: () => void
}

/** `late`: figures come with the third question; `never`: none does; `other-mail`: the topic's alone; `throttled`: the first question is refused. */
type Mood =
  | 'counts'
  | 'late'
  | 'never'
  | 'topic-refuses'
  | 'mailbox-refuses'
  | 'one-of-two'
  | 'other-mail'
  | 'denied'
  | 'throttled'

/** The bus takes no event; the relay of another Region is off; no stack is there, or one without the output. */
export type Leg = 'bus' | 'relay' | 'stack' | 'output'

export async function startAccount(account: string, notifier: Notifier): Promise<Account> {
  const calls: string[] = []
  const broken = new Set<Leg>()
  const cloudWatch: Account['cloudWatch'] = { mood: 'counts' }
  const sentAt: number[] = []
  const server = createServer((incoming, outgoing) => {
    const end = ({ status = 200, body }: Reply) => outgoing.writeHead(status).end(body)
    answer(incoming).then(end, () => outgoing.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(incoming: IncomingMessage): Promise<Reply> {
    const { method, url = '/', headers } = incoming
    const body = await read(incoming)
    const target = String(headers['x-amz-target'] ?? '')
    const region = /\/\d{8}\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? ''
    if (method === 'GET' || url.includes('/execute-api/')) {
      return callApi(method === 'GET' ? 'GET' : 'POST', new URL(url, endpoint), headers.authorization ?? '', body)
    }
    if (target === 'AWSEvents.PutEvents') return putEvents(body, region)
    if (target.endsWith('.GetMetricData')) {
      calls.push('GetMetricData')
      const asked = calls.filter((call) => call === 'GetMetricData').length
      return metricData(JSON.parse(body), region, { mood: cloudWatch.mood, asked, sentAt })
    }
    if (target !== '') {
      calls.push(target.split('.').at(-1) ?? '')
      return lookAt(target, JSON.parse(body), endpoint, broken)
    }
    const action = new URLSearchParams(body).get('Action') ?? ''
    calls.push(action)
    return queryAnswer(action, account, broken)
  }

  function putEvents(body: string, region: string): Reply {
    calls.push(region === 'us-east-1' ? 'PutEvents' : `PutEvents in ${region}`)
    if (broken.has('bus')) {
      const refused = { ErrorCode: 'InternalFailure', ErrorMessage: 'the bus is full' }
      return { body: JSON.stringify({ FailedEntryCount: 1, Entries: [refused] }) }
    }
    const { Entries } = JSON.parse(body) as { Entries: readonly Entry[] }
    for (const { Detail = '{}' } of Entries) if (JSON.parse(Detail).drill?.mode !== 'check') sentAt.push(Date.now())
    const silent = region !== 'us-east-1' && broken.has('relay')
    if (!silent) for (const entry of Entries) void handOn(notifier, eventOf(entry, account))
    return { body: JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: 'sample' }] }) }
  }

  async function callApi(
    httpMethod: 'GET' | 'POST',
    { pathname, searchParams }: URL,
    authorization: string,
    said: string,
  ): Promise<Reply> {
    calls.push(`${httpMethod} ${pathname}`)
    const signed = authorization.includes('/us-east-1/execute-api/aws4_request')
    if (!signed) return { status: 403, body: '{"message":"User is not authorized"}' }
    const id = /^\/_aws\/execute-api\/api\/live\/alerts\/([^/]+)$/.exec(pathname)?.[1]
    if (id === undefined) return { status: 404, body: '{"message":"Not Found"}' }
    const { statusCode, body } = await notifier({
      httpMethod,
      pathParameters: { id: decodeURIComponent(id) },
      queryStringParameters: Object.fromEntries(searchParams),
      body: said || null,
      isBase64Encoded: false,
    } satisfies ApiEvent)
    return { status: statusCode, body }
  }

  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
  return {
    environment: { ...credentials, AWS_ENDPOINT_URL: endpoint },
    calls,
    broken,
    cloudWatch,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Reply {
  readonly status?: number
  readonly body: string
}

async function read(incoming: IncomingMessage): Promise<string> {
  let body = ''
  for await (const text of incoming.setEncoding('utf8')) body += text
  return body
}

/** Comes again while it is answered 503, in steps of a fraction of EventBridge's. */
async function handOn(notifier: Notifier, event: object): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const { statusCode } = await notifier({ body: JSON.stringify(event), isBase64Encoded: false } satisfies ApiEvent)
    if (statusCode !== 503) return
    await pause(300)
  }
}

const stackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/StackSet-root-guard-us-east-1/sample'
const alertsUrl = 'https://api.execute-api.us-east-1.amazonaws.com/live/alerts'

function queryAnswer(action: string, account: string, broken: ReadonlySet<Leg>): Reply {
  if (action === 'DescribeStackSet' && broken.has('stack')) {
    const error = '<Code>StackSetNotFoundException</Code><Message>StackSet root-guard-us-east-1 not found</Message>'
    return { status: 404, body: `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>` }
  }
  const output = `<member><OutputKey>AlertsUrl</OutputKey><OutputValue>${alertsUrl}</OutputValue></member>`
  const results: Readonly<Record<string, string>> = {
    GetCallerIdentity: `<Account>${account}</Account><Arn>arn:aws:sts::${account}:assumed-role/root-guard-drill/run-1</Arn>`,
    DescribeStackSet: '<StackSet><TemplateBody>{}</TemplateBody></StackSet>',
    ListStackInstances: `<Summaries><member><Account>${account}</Account><Region>us-east-1</Region><Status>CURRENT</Status><StackId>${stackId}</StackId></member></Summaries>`,
    DescribeStacks: `<Stacks><member><StackName>sample</StackName><Outputs>${broken.has('output') ? '' : output}</Outputs></member></Stacks>`,
  }
  const result = `<${action}Result>${results[action] ?? ''}</${action}Result>`
  return { body: `<${action}Response>${result}</${action}Response>` }
}

/** Rules, their targets and the dead letters, as those who look for a broken leg see them. */
function lookAt(
  target: string,
  { Name, Rule }: { readonly Name?: string; readonly Rule?: string },
  endpoint: string,
  broken: ReadonlySet<Leg>,
): Reply {
  const rule = Name ?? Rule ?? ''
  const isRelay = rule.includes('-relay-')
  if (target.endsWith('.DescribeRule')) {
    const on = rule.endsWith('-drill-mail') ? 'ENABLED' : 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'
    return { body: JSON.stringify({ Name: rule, State: isRelay && broken.has('relay') ? 'DISABLED' : on }) }
  }
  if (target.endsWith('.ListTargetsByRule')) {
    const Targets = ['phones', 'email', 'alarm-region'].map((Id) => ({ Id, Arn: 'sample' }))
    return { body: JSON.stringify({ Targets }) }
  }
  if (target.endsWith('.GetQueueUrl')) return { body: `{"QueueUrl":"${endpoint}/111122223333/sample"}` }
  return { body: JSON.stringify({ Attributes: { ApproximateNumberOfMessages: '0' } }) }
}

interface MetricsAsked {
  readonly StartTime: number
  readonly EndTime: number
  readonly MetricDataQueries: readonly {
    readonly Id: string
    readonly MetricStat: {
      readonly Stat: string
      readonly Period: number
      readonly Metric: {
        readonly Namespace: string
        readonly MetricName: string
        readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[]
      }
    }
  }[]
}

/** As CloudWatch answers: a metric that it does not know, or that has no datapoint in the window, has no value, and no zero. */
function metricData(
  { StartTime, EndTime, MetricDataQueries }: MetricsAsked,
  region: string,
  { mood, asked, sentAt }: { readonly mood: Mood; readonly asked: number; readonly sentAt: readonly number[] },
): Reply {
  if (mood === 'denied') {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/root-guard-drill/run-1 is not authorized to perform: cloudwatch:GetMetricData'
    return { status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message }) }
  }
  if (mood === 'throttled' && asked === 1) {
    return { status: 400, body: JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }) }
  }
  const isWrong = MetricDataQueries.some(
    ({ Id, MetricStat }) => !/^[a-z][a-zA-Z0-9_]*$/.test(Id) || MetricStat.Period % 60 !== 0,
  )
  if (StartTime >= EndTime || MetricDataQueries.length > 500 || isWrong) {
    return { status: 400, body: JSON.stringify({ __type: 'ValidationError', message: 'not a query' }) }
  }
  const isThere = mood !== 'never' && !(mood === 'late' && asked < 3)
  const MetricDataResults = MetricDataQueries.map(({ Id, MetricStat: { Metric, Period } }) => {
    const { Namespace, MetricName, Dimensions } = Metric
    const of = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join()
    const each = region === 'us-east-1' && isThere ? counted[mood]?.[`${Namespace} ${of} ${MetricName}`] : undefined
    // SNS dates what it pushes by five minutes; a datapoint before the window is not in it, and what is in it is summed by period.
    const pushed = Namespace === 'AWS/SNS' ? 300 : 60
    const points = sentAt.map((at) => floored(at / 1000, pushed)).filter((at) => at >= StartTime && at < EndTime)
    const Timestamps = each === undefined ? [] : [...new Set(points.map((at) => floored(at, Period)))]
    const Values = Timestamps.map((from) => points.filter((at) => floored(at, Period) === from).length * (each ?? 0))
    return { Id, Label: MetricName, Timestamps, Values, StatusCode: 'Complete' }
  })
  return { body: JSON.stringify({ MetricDataResults, Messages: [] }) }
}

function floored(seconds: number, period: number): number {
  return Math.floor(seconds / period) * period
}

const mailRule = 'AWS/Events RuleName=root-guard-drill-mail'
const alerts = 'AWS/SNS TopicName=root-guard-alerts'
const published = { [`${mailRule} Invocations`]: 1, [`${alerts} NumberOfMessagesPublished`]: 1 }
const delivered = { ...published, [`${alerts} NumberOfNotificationsDelivered`]: 1 }
/** What one drill that is sent adds to each metric. */
const counted: Readonly<Partial<Record<Mood, Readonly<Record<string, number>>>>> = {
  counts: delivered,
  late: delivered,
  throttled: delivered,
  'one-of-two': delivered,
  'other-mail': { [`${alerts} NumberOfMessagesPublished`]: 1, [`${alerts} NumberOfNotificationsDelivered`]: 1 },
  // What a topic's policy does not let EventBridge do is tried once, and goes to the dead letters of the target.
  'topic-refuses': {
    [`${mailRule} Invocations`]: 1,
    [`${mailRule} InvocationsSentToDlq`]: 1,
    [`${mailRule} FailedInvocations`]: 1,
  },
  'mailbox-refuses': { ...published, [`${alerts} NumberOfNotificationsFailed`]: 1 },
}
