// An AWS account with a guard deployed in it, as far as a drill sees it: the credentials' account, the stack and its output,
// the default bus, and the API with the notifier behind it.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { ApiEvent, Notifier } from '../handlers/notifier/notifier.ts'

export interface Account {
  readonly environment: Readonly<Record<string, string>>
  /** Calls so far: an action of the query APIs, `PutEvents`, or `GET` and a path. */
  readonly calls: string[]
  /** What does not work. */
  readonly broken: Set<Leg>
  readonly close: () => void
}

/** The rule hands nothing on; the bus takes no event; the API takes no caller; no stack is there, or one without the output. */
export type Leg = 'rule' | 'bus' | 'api' | 'stack' | 'output'

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
    if (method === 'GET') return getAlert(new URL(url, endpoint), headers.authorization ?? '')
    if (headers['x-amz-target'] === 'AWSEvents.PutEvents') return putEvents(body)
    const action = new URLSearchParams(body).get('Action') ?? ''
    calls.push(action)
    return queryAnswer(action, account, broken)
  }

  function putEvents(body: string): Reply {
    calls.push('PutEvents')
    if (broken.has('bus')) {
      const refused = { ErrorCode: 'InternalFailure', ErrorMessage: 'the bus is full' }
      return { body: JSON.stringify({ FailedEntryCount: 1, Entries: [refused] }) }
    }
    const { Entries } = JSON.parse(body) as { Entries: readonly Entry[] }
    if (!broken.has('rule')) for (const entry of Entries) void handOn(notifier, eventOf(entry, account))
    return { body: JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: 'sample' }] }) }
  }

  async function getAlert({ pathname, searchParams }: URL, authorization: string): Promise<Reply> {
    calls.push(`GET ${pathname}`)
    const signed = authorization.includes('/us-east-1/execute-api/aws4_request')
    if (broken.has('api') || !signed) return { status: 403, body: '{"message":"User is not authorized"}' }
    const id = /^\/_aws\/execute-api\/api\/live\/alerts\/([^/]+)$/.exec(pathname)?.[1]
    if (id === undefined) return { status: 404, body: '{"message":"Not Found"}' }
    const { statusCode, body } = await notifier({
      httpMethod: 'GET',
      pathParameters: { id: decodeURIComponent(id) },
      queryStringParameters: Object.fromEntries(searchParams),
      body: null,
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

interface Entry {
  readonly Source: string
  readonly DetailType: string
  readonly Detail: string
}

async function read(incoming: IncomingMessage): Promise<string> {
  let body = ''
  for await (const text of incoming.setEncoding('utf8')) body += text
  return body
}

/** As the default bus makes an event of an entry. */
function eventOf({ Source, DetailType, Detail }: Entry, account: string): object {
  const envelope = {
    version: '0',
    id: 'sample',
    account,
    region: 'us-east-1',
    time: new Date().toISOString(),
    resources: [],
  }
  return { ...envelope, source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) as unknown }
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
    GetCallerIdentity: `<Account>${account}</Account>`,
    DescribeStackSet: '<StackSet><TemplateBody>{}</TemplateBody></StackSet>',
    ListStackInstances: `<Summaries><member><Account>${account}</Account><Region>us-east-1</Region><Status>CURRENT</Status><StackId>${stackId}</StackId></member></Summaries>`,
    DescribeStacks: `<Stacks><member><StackName>sample</StackName><Outputs>${broken.has('output') ? '' : output}</Outputs></member></Stacks>`,
  }
  const result = `<${action}Result>${results[action] ?? ''}</${action}Result>`
  return { body: `<${action}Response>${result}</${action}Response>` }
}
