// Overhears which AWS calls the notifier makes while it sends an alert: the real bundle in a process of its own, a local
// provider that accepts, and a proxy before the stand-in for AWS.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bundleNotifier } from '../../scripts/lib/bundle.ts'
import { startAwsStandIn, tableName } from '../../scripts/rehearsal/aws-stand-in.ts'
import { corpusRecord } from '../../scripts/rehearsal/records.ts'
import { sampleSecrets, startProviders } from '../../scripts/rehearsal/stage.ts'
import { invokeFunction } from '../function-process.ts'
import { allTemplates, at, settings } from '../templates-src/references.ts'
import { account } from './simulate.ts'

export interface OverheardCall {
  readonly action: string
  readonly resource: string
}

export async function callsOfTheNotifier(): Promise<readonly OverheardCall[]> {
  const calls: OverheardCall[] = []
  const standIn = await startAwsStandIn(sampleSecrets)
  const providers = await startProviders()
  const proxy = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming)
    const target = String(incoming.headers['x-amz-target'])
    calls.push(...overheard(target, JSON.parse(body)))
    const headers = { 'x-amz-target': target, authorization: String(incoming.headers.authorization) }
    // The stand-in has one table, of a name of its own.
    const own = body.replace('root-guard-deliveries', tableName)
    const answer = await fetch(standIn.endpoint, { method: 'POST', headers, body: own })
    outgoing.writeHead(answer.status).end(await answer.text())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  try {
    const { port } = proxy.address() as AddressInfo
    const { event } = corpusRecord('root-console-login-without-mfa')
    const { code } = await bundleNotifier(settings)
    await invokeFunction(code, environment(port, providers), { httpMethod: 'POST', body: JSON.stringify(event) })
  } finally {
    proxy.close()
    proxy.closeAllConnections()
    standIn.close()
    for (const provider of Object.values(providers)) await provider.close()
  }
  return calls
}

function environment(port: number, providers: Awaited<ReturnType<typeof startProviders>>): Record<string, string> {
  const { notifier } = allTemplates(settings)
  const variables = at(notifier?.Resources.Notifier, 'Properties.Environment.Variables') as Record<string, string>
  return {
    ...variables,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    TELEGRAM_URL: providers.telegram.url,
    NHN_SMS_URL: providers['nhn-sms'].url,
    SOLAPI_URL: providers['solapi-sms'].url,
  }
}

/** `DynamoDB_20120810.PutItem` and its table as IAM names them. A call of a service that is not known here is a defect. */
function overheard(
  target: string,
  input: { TableName?: string; Path?: string; Name?: string; Names?: string[] },
): OverheardCall[] {
  const [service = '', call = ''] = target.split('.')
  if (service.startsWith('DynamoDB')) {
    return [{ action: `dynamodb:${call}`, resource: `arn:aws:dynamodb:us-east-1:${account}:table/${input.TableName}` }]
  }
  if (service !== 'AmazonSSM') throw new Error(`the notifier called ${target}`)
  const parameters = [input.Path, input.Name, ...(input.Names ?? [])].filter((name) => name !== undefined)
  return parameters.map((name) => ({
    action: `ssm:${call}`,
    resource: `arn:aws:ssm:us-east-1:${account}:parameter${name}`,
  }))
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
