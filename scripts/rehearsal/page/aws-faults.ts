// What stands between the function and the emulator: a proxy that passes everything on, unless a service is to be down. The
// service is read from the signature's scope, so it is the one that the caller meant.
import { once } from 'node:events'
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const services = ['dynamodb', 'ssm', 'execute-api', 'sns'] as const
export type Service = (typeof services)[number]

export const faults = ['ok', 'broken', 'hangs'] as const
export type AwsFault = (typeof faults)[number]

export interface AwsFaults {
  readonly endpoint: string
  readonly of: Record<Service, AwsFault>
  readonly close: () => void
}

export async function startAwsFaults(endpoint: string): Promise<AwsFaults> {
  const of: Record<Service, AwsFault> = { dynamodb: 'ok', ssm: 'ok', 'execute-api': 'ok', sns: 'ok' }
  const server = createServer((incoming, outgoing) => {
    const fault = of[serviceOf(incoming) as Service] ?? 'ok'
    if (fault === 'hangs') return void incoming.resume()
    if (fault === 'broken') return refuse(incoming, outgoing)
    pass(endpoint, incoming, outgoing)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, of, close }
}

/** `Credential=KEY/20260101/us-east-1/dynamodb/aws4_request` */
function serviceOf({ headers }: IncomingMessage): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? ''
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume()
  outgoing.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' }).end('{"__type":"InternalServerError"}')
}

function pass(endpoint: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming
  const passed = forward(new URL(url ?? '/', endpoint), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  passed.once('error', () => outgoing.destroy())
  outgoing.once('close', () => passed.destroy())
  incoming.pipe(passed)
}
