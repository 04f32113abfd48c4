// The rehearsal's stage as an account that a command is pointed at: MiniStack with the templates deployed and each caller held to its
// policies, and before it the default bus, which MiniStack does not have: what is put there, and CloudTrail's record of the drill's call,
// is handed to the rules as deployed.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type EmulatedAws, emulatedAws } from '../../scripts/rehearsal/aws.ts'
import { type Event, putEvent } from '../../scripts/rehearsal/event-bridge.ts'
import { type Entry, eventOf, recordOfDrill } from '../bus-events.ts'

export interface Account {
  readonly endpoint: string
  /** Of the emulator itself, as who may everything. */
  readonly aws: EmulatedAws
  /** Whether CloudTrail hands records on. */
  records: boolean
  /** When all that was handed to the rules has come to its end, as far as it goes: dead letters included. */
  readonly quiet: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openAccount(emulator: string, account: string): Promise<Account> {
  const aws = emulatedAws(emulator)
  const passages: Promise<unknown>[] = []
  const handOn = (event: Event) => void passages.push(putEvent(aws, event))
  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await read(incoming)
      const answer = await ask(emulator, incoming, body)
      if (answer.status === 200) for (const event of eventsOf(incoming, body, answer)) handOn(event)
      outgoing.writeHead(answer.status, answer.headers).end(answer.body)
    } catch {
      outgoing.destroy()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  /** What comes onto the bus by a call that was answered. */
  function eventsOf({ headers }: IncomingMessage, body: Buffer, answer: Answer): readonly Event[] {
    const target = String(headers['x-amz-target'] ?? '')
    if (target === 'AWSEvents.PutEvents') {
      const { Entries } = JSON.parse(body.toString()) as { Entries: readonly Entry[] }
      return Entries.map((entry) => eventOf(entry, account))
    }
    if (!target.endsWith('.DescribeTrails') || !opened.records) return []
    return [recordOfDrill(account, 'us-east-1', String(answer.headers['x-amzn-requestid']))]
  }

  const quiet = async () => {
    for (const passage of passages.splice(0)) await passage
  }
  const opened: Account = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    aws,
    records: true,
    quiet,
    close: async () => {
      await quiet()
      server.close()
      server.closeAllConnections()
    },
  }
  return opened
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** With the caller's own headers: its signature is of them. */
async function ask(emulator: string, { method, url = '/', headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const passed = request(new URL(url, emulator), { method, headers })
  passed.end(body)
  const [answer] = (await once(passed, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await read(answer) }
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of message) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
