// The two AWS APIs the notifier calls, answered on this machine: DynamoDB's Query and PutItem, SSM's
// GetParametersByPath. For tests that need nothing but Node; the emulators answer the same calls in the acceptance.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AwsStandIn {
  readonly endpoint: string
  /** Channel secrets by name; what is a string is handed out as it is. */
  readonly secrets: Record<string, unknown>
  readonly items: Item[]
  /** Services that answer 500 to everything. */
  readonly down: Set<'dynamodb' | 'ssm'>
  /** DynamoDB answers reads and refuses writes. */
  readOnly: boolean
  readonly close: () => void
}

type Item = Record<string, { S?: string; N?: string }>

interface Input {
  readonly ExpressionAttributeValues?: Item
  readonly Item?: Item
  readonly Path?: string
  readonly WithDecryption?: boolean
}

export async function startAwsStandIn(secrets: Record<string, unknown>): Promise<AwsStandIn> {
  const items: AwsStandIn['items'] = []
  const down: AwsStandIn['down'] = new Set()

  const answers: Record<string, (input: Input) => object> = {
    'DynamoDB_20120810.Query': ({ ExpressionAttributeValues: values }) => ({
      Items: items.filter(({ alert }) => alert?.S === values?.[':alert']?.S),
    }),
    'DynamoDB_20120810.PutItem': ({ Item = {} }) => {
      const same = items.findIndex((item) => item.alert?.S === Item.alert?.S && item.delivery?.S === Item.delivery?.S)
      if (same >= 0) items.splice(same, 1)
      items.push(Item)
      return {}
    },
    'AmazonSSM.GetParametersByPath': ({ Path, WithDecryption }) => ({
      Parameters: Object.entries(WithDecryption ? secrets : {}).map(([name, secret]) => ({
        Name: `${Path}/${name}`,
        Value: typeof secret === 'string' ? secret : JSON.stringify(secret),
      })),
    }),
  }

  let standIn: AwsStandIn

  const server = createServer((incoming, outgoing) => {
    let body = ''
    incoming.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    incoming.on('end', () => {
      const target = String(incoming.headers['x-amz-target'])
      const signed = incoming.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=')
      const answer = answers[target]
      const broken =
        down.has(target.startsWith('DynamoDB') ? 'dynamodb' : 'ssm') || (standIn.readOnly && target.endsWith('PutItem'))
      if (broken) outgoing.writeHead(500).end('{"__type":"InternalServerError"}')
      else if (!signed || answer === undefined) outgoing.writeHead(400).end('{"__type":"UnknownOperationException"}')
      else outgoing.writeHead(200).end(JSON.stringify(answer(JSON.parse(body))))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  standIn = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    items,
    down,
    readOnly: false,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return standIn
}
