// An API of AWS's query protocol (CloudFormation, SNS) on this machine, for answers that fakecloud never gives.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface QueryAnswer {
  readonly status: number
  /** XML. */
  readonly body: string
}

/** The body of a success. */
export function answered(action: string, result = ''): QueryAnswer {
  return { status: 200, body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>` }
}

/**
 * Has the SDK's clients of this process ask it until it is closed, which puts the environment back. A client that has asked
 * already keeps its endpoint.
 */
export async function queryApi(
  answer: (asked: Readonly<Record<string, string>>) => QueryAnswer,
): Promise<{ readonly close: () => void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { status, body } = answer(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())))
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const before = { ...process.env }
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.AWS_ACCESS_KEY_ID = 'test'
  process.env.AWS_SECRET_ACCESS_KEY = 'test'
  return {
    close: () => {
      process.env = before
      server.close()
      server.closeAllConnections()
    },
  }
}
