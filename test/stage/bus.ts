// The rehearsal's stage as an account that a command is pointed at: MiniStack, and before it what MiniStack leaves of the default bus.
// It has one, which hands on by rules that are plain ENABLED, and to targets other than an API; by the others the hop of the rehearsal
// does (scripts/rehearsal/event-bridge.ts). CloudTrail's record of a drill's call comes the same way.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { type EmulatedAws, emulatedAws } from '../../scripts/rehearsal/aws.ts'
import { type Bystander, type Event, putEvent } from '../../scripts/rehearsal/event-bridge.ts'
import { type Entry, eventOf, recordOfCall } from '../bus-events.ts'

export interface Bus {
  /** Of the emulator itself, as who may everything. */
  readonly aws: EmulatedAws
  readonly endpoint: string
  /** What gets lost: events that were taken, or CloudTrail's records. */
  readonly loses: Set<'events' | 'records'>
  /** A session of the role, as an environment that points here. */
  readonly sessionOf: (role: string) => Promise<Environment>
  /** Settles when all that was handed to the rules has come to its end, dead letters included. Throws what went wrong with the hop. */
  readonly quiet: () => Promise<void>
  readonly close: () => Promise<void>
}

export type Environment = Readonly<
  Record<'AWS_ENDPOINT_URL' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_SESSION_TOKEN', string>
>

export async function openBus(emulator: string, account: string): Promise<Bus> {
  const aws = emulatedAws(emulator)
  const loses: Bus['loses'] = new Set()
  const sessions = new Map<string, string>()
  let passages: Promise<unknown>[] = []

  function handOn(event: Event, which: Bystander = {}): void {
    // A failure is quiet's to tell; until then nobody waits for it.
    passages.push(putEvent(aws, event, which).catch((error: Error) => error))
  }

  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await buffer(incoming)
      const answer = await ask(emulator, incoming, body)
      if (answer.status === 200) comeOntoTheBus(incoming, body, answer)
      outgoing.writeHead(answer.status, answer.headers).end(answer.body)
    } catch {
      outgoing.destroy()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function comeOntoTheBus({ headers }: IncomingMessage, asked: Buffer, answer: Answer): void {
    const target = String(headers['x-amz-target'] ?? '')
    if (target === 'AWSEvents.PutEvents' && !loses.has('events')) {
      const { Entries } = JSON.parse(asked.toString()) as { Entries: readonly Entry[] }
      const taken = JSON.parse(answer.body.toString()) as { Entries: readonly { EventId?: string }[] }
      const left = { rules: (state: string) => state !== 'ENABLED' }
      for (const [index, entry] of Entries.entries()) {
        if (taken.Entries[index]?.EventId !== undefined) handOn(eventOf(entry, account), left)
      }
    }
    if (target.endsWith('.DescribeTrails') && !loses.has('records')) {
      const caller = sessions.get(/Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '')
      if (caller !== undefined) handOn(recordOfCall(caller, account, String(answer.headers['x-amzn-requestid'])))
    }
  }

  async function sessionOf(role: string): Promise<Environment> {
    const RoleArn = `arn:aws:iam::${account}:role/${role}`
    const { Credentials, AssumedRoleUser } = await aws.sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'run-1' }),
    )
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    sessions.set(AccessKeyId, AssumedRoleUser?.Arn ?? '')
    return {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
    }
  }

  async function quiet(): Promise<void> {
    while (passages.length > 0) {
      const under = passages
      passages = []
      for (const came of await Promise.all(under)) if (came instanceof Error) throw came
    }
  }

  async function close(): Promise<void> {
    server.close()
    server.closeAllConnections()
    await Promise.all(passages)
  }

  return { aws, endpoint, loses, sessionOf, quiet, close }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** With the caller's own headers, since its signature is of them. */
async function ask(emulator: string, { method, url = '/', headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const passed = request(new URL(url, emulator), { method, headers })
  passed.end(body)
  const [answer] = (await once(passed, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await buffer(answer) }
}
