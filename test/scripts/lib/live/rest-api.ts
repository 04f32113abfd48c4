// An AWS on this machine that answers as a test has it, whatever the protocol: for what fakecloud never says.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  readonly path: string
  /** As a signature names it: `s3`, `apigateway`. */
  readonly service: string
  /** Of the query protocol; '' in any other. */
  readonly action: string
  /** Of the JSON protocols, as `DescribeRule`; '' in any other. */
  readonly target: string
}

export interface Answer {
  readonly status: number
  readonly type: 'application/json' | 'text/xml'
  readonly body: string
}

export const json = (value: unknown): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(value),
})

const MESSAGE = 'User: arn:aws:sts::111122223333:assumed-role/root-guard-drift/tester is not authorized'

/** A refusal in the protocol of the service that was asked. */
export function denied({ service, action }: Asked): Answer {
  if (service === 's3' || action !== '') {
    const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${MESSAGE}</Message></Error>`
    return { status: 403, type: 'text/xml', body: action === '' ? error : `<ErrorResponse>${error}</ErrorResponse>` }
  }
  const body = JSON.stringify({ __type: 'AccessDeniedException', message: MESSAGE })
  return { status: 403, type: 'application/json', body }
}

/** Has the SDK's clients of this process ask it while the work lasts. A client that asked before keeps its endpoint. */
export async function answering<Result>(
  answer: (asked: Asked) => Answer,
  work: () => Promise<Result>,
): Promise<Result> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { status, type, body } = answer(asked(request, Buffer.concat(chunks).toString()))
      const error = status === 403 ? { 'x-amzn-errortype': 'AccessDeniedException' } : {}
      response.writeHead(status, { 'content-type': type, ...error }).end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const before = { ...process.env }
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.AWS_ACCESS_KEY_ID = 'test'
  process.env.AWS_SECRET_ACCESS_KEY = 'test'
  try {
    return await work()
  } finally {
    process.env = before
    server.close()
    server.closeAllConnections()
  }
}

function asked({ method = '', url = '', headers }: IncomingMessage, body: string): Asked {
  const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? []
  const isForm = headers['content-type']?.includes('x-www-form-urlencoded') === true
  const action = isForm ? (new URLSearchParams(body).get('Action') ?? '') : ''
  return {
    method,
    path: url,
    service,
    action,
    target:
      String(headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) ?? '',
  }
}
