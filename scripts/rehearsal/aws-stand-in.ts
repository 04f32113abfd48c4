// The AWS APIs the notifier calls, answered on this machine, with what can be wrong with them: DynamoDB by dynalite, SSM's
// GetParameter by the few lines below. For tests and the fault matrix, which need nothing but Node; the emulators answer the same calls
// in the acceptance.
import { once } from 'node:events'
import { createServer, type IncomingMessage, Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import dynalite from 'dynalite'

/** How a service is broken: it answers 500, it refuses to be slowed down or not, or it does not answer at all. */
export type Fault = 'broken' | 'throttled' | 'hangs'

export interface AwsStandIn {
  readonly endpoint: string
  /** Channel secrets by name; what is a string is handed out as it is. */
  readonly secrets: Record<string, unknown>
  faults: Partial<Record<'dynamodb' | 'ssm', Fault>>
  /** Secrets that SSM refuses to hand out, while the others come. */
  readonly unreadable: Set<string>
  /** DynamoDB answers reads and refuses writes. */
  readOnly: boolean
  /** How long DynamoDB takes for each answer. */
  delayMs: number
  /** Calls so far, as `DynamoDB_20120810.Query`. */
  readonly calls: string[]
  /** All items of the table, as DynamoDB writes them. */
  readonly items: () => Promise<readonly Record<string, { S?: string; N?: string; SS?: string[] }>[]>
  readonly put: (item: Record<string, { S?: string; N?: string }>) => Promise<void>
  /** A new table, nothing wrong, no calls. */
  readonly reset: () => Promise<void>
  readonly close: () => void
}

export const tableName = 'deliveries'

export async function startAwsStandIn(secrets: Record<string, unknown>): Promise<AwsStandIn> {
  const database = dynalite({ createTableMs: 0, deleteTableMs: 0 })
  const databaseUrl = await listening(database)
  await createTable(databaseUrl)
  const server = createServer((incoming, outgoing) => {
    // A client that hangs up in the middle is no error of the stand-in's.
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  })
  const standIn: AwsStandIn = {
    endpoint: await listening(server),
    secrets,
    faults: {},
    unreadable: new Set(),
    readOnly: false,
    delayMs: 0,
    calls: [],
    items: async () => ((await ask(databaseUrl, 'Scan', { TableName: tableName })) as { Items: [] }).Items,
    put: async (item) => void (await ask(databaseUrl, 'PutItem', { TableName: tableName, Item: item })),
    reset: async () => {
      standIn.faults = {}
      standIn.unreadable.clear()
      standIn.readOnly = false
      standIn.delayMs = 0
      standIn.calls.length = 0
      await ask(databaseUrl, 'DeleteTable', { TableName: tableName })
      await gone(databaseUrl)
      await createTable(databaseUrl)
    },
    close: () => {
      // dynalite's own close would end its database as well, and a call that is still under way would throw. It is memory only.
      for (const one of [server, database]) {
        Server.prototype.close.call(one)
        one.closeAllConnections()
      }
    },
  }

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const target = String(incoming.headers['x-amz-target'])
    const service = target.startsWith('DynamoDB') ? 'dynamodb' : 'ssm'
    standIn.calls.push(target)
    if (service === 'dynamodb' && standIn.delayMs > 0) await pause(standIn.delayMs)
    const fault = standIn.faults[service]
    if (fault === 'hangs') return
    if (fault === 'broken') return end(outgoing, 500, { __type: 'InternalServerError' })
    if (fault === 'throttled') return end(outgoing, 400, { __type: throttling[service] })
    const signed = incoming.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=')
    if (!signed) return end(outgoing, 400, { __type: 'MissingAuthenticationTokenException' })
    if (!isTimely(incoming.headers['x-amz-date'])) return end(outgoing, 400, { __type: 'InvalidSignatureException' })
    if (target === 'AmazonSSM.GetParameter') {
      return getParameter(outgoing, JSON.parse(await read(incoming)) as ParameterInput)
    }
    if (service === 'ssm') return end(outgoing, 400, { __type: 'UnknownOperationException' })
    if (standIn.readOnly && /PutItem|UpdateItem/.test(target)) {
      return end(outgoing, 400, { __type: 'com.amazon.coral.service#AccessDeniedException' })
    }
    database.emit('request', incoming, outgoing)
  }

  function getParameter(outgoing: ServerResponse, { Name, WithDecryption }: ParameterInput): void {
    const channel = Name.split('/').at(-1) ?? ''
    const secret = standIn.secrets[channel]
    const written = typeof secret === 'string' ? secret : JSON.stringify(secret)
    const Value = WithDecryption ? written : 'encrypted'
    if (standIn.unreadable.has(channel)) end(outgoing, 400, { __type: 'AccessDeniedException' })
    else if (secret === undefined) end(outgoing, 400, { __type: 'ParameterNotFound' })
    else end(outgoing, 200, { Parameter: { Name, Type: 'SecureString', Value } })
  }

  return standIn
}

const throttling = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  ssm: 'ThrottlingException',
}

/** AWS takes a signature for five minutes, as 20260101T000000Z. */
function isTimely(date: string | string[] | undefined): boolean {
  const signed = String(date).replace(/^(.{4})(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5')
  return Math.abs(Date.now() - Date.parse(signed)) < 5 * 60_000
}

interface ParameterInput {
  readonly Name: string
  readonly WithDecryption?: boolean
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function read(incoming: IncomingMessage): Promise<string> {
  let body = ''
  for await (const text of incoming.setEncoding('utf8')) body += text
  return body
}

function end(outgoing: ServerResponse, status: number, body: object | string): void {
  outgoing.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** As the template makes it (templates-src/parts/notifier.ts). */
async function createTable(url: string): Promise<void> {
  const attribute = (AttributeName: string, KeyType: string) => ({
    definition: { AttributeName, AttributeType: 'S' },
    key: { AttributeName, KeyType },
  })
  const attributes = [attribute('alert', 'HASH'), attribute('delivery', 'RANGE')]
  await ask(url, 'CreateTable', {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map(({ definition }) => definition),
    KeySchema: attributes.map(({ key }) => key),
  })
  for (;;) {
    const { Table } = (await ask(url, 'DescribeTable', { TableName: tableName })) as { Table: { TableStatus: string } }
    if (Table.TableStatus === 'ACTIVE') return
    await pause(1)
  }
}

async function gone(url: string): Promise<void> {
  while ('Table' in ((await ask(url, 'DescribeTable', { TableName: tableName })) as object)) await pause(1)
}

/** dynalite wants to see a signature, and does not check it. */
async function ask(url: string, action: string, input: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=test',
    },
    body: JSON.stringify(input),
  })
  return response.json()
}
