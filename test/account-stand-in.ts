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
  readonly close: () => void
}

/** The bus takes no event; the relay of another Region is off; no stack is there, or one without the output. */
export type Leg = 'bus' | 'relay' | 'stack' | 'output'

export async function startAccount(account: string, notifier: Notifier): Promise<Account> {
  const calls: string[] = []
  const broken = new Set<Leg>()
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
