// Starts fakecloud, an emulator with StackSets, and listens in on what is said to it: every AWS call, by its name.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError } from '../../scripts/lib/command.ts'
import { keep } from '../../scripts/rehearsal/kept.ts'
import { freePort } from '../../scripts/rehearsal/ministack.ts'
import { orEnd } from '../or-end.ts'
import {
  asAwsAnswers,
  completion,
  makeStackSetRoles,
  ownershipByDefault,
  stackTags,
} from './what-fakecloud-leaves-out.ts'

export interface Fakecloud {
  /** Where commands under test are pointed: it passes everything on and keeps the names of the calls. */
  readonly endpoint: string
  /** The names of the calls so far, as `CreateStackSet`. */
  readonly calls: string[]
  /** Holds a call until what it answers has ended: what another run does meanwhile. */
  beforeCall: (name: string) => Promise<void>
  /** Told of each call when its answer has been passed back: `number` counts from 1. */
  afterCall: (name: string, number: number) => void
  /** What is passed back instead of an answer to ListStackSetOperations; undefined for the answer as it is. */
  instead: (name: string, answer: string) => string | undefined
  /** Answers a call in fakecloud's place: what it never says, as a refusal. Undefined passes the call on. */
  answer: (name: string, body: string) => { readonly status: number; readonly body: string } | undefined
  /** The Regions with a notification hub, of which fakecloud knows nothing. */
  hubs: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly stop: () => void
}

export interface FakecloudOptions {
  /** `strict` holds every call against the caller's own policies, but for the key `test`. */
  readonly iam?: 'off' | 'strict'
  /** Of `endpoint`; any that is free when left out. */
  readonly port?: number
}

/** For a test, whose run ends where it cannot be started. */
export function startFakecloud(account: string, options: FakecloudOptions = {}): Promise<Fakecloud> {
  return orEnd(() => openFakecloud(account, options))
}

export async function openFakecloud(account: string, options: FakecloudOptions): Promise<Fakecloud> {
  const { iam = 'off', port: wanted = 0 } = options
  const port = await freePort()
  const args = ['--addr', `127.0.0.1:${port}`, '--account-id', account, '--log-level', 'error', '--iam', iam]
  const kept = keep(fakecloudCommand(), process.env, { args })
  const calls: string[] = []
  const complete = completion(`http://127.0.0.1:${port}`, account)
  const ear = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks)
      const name = callName(incoming.headers['x-amz-target'], body, `${incoming.method} ${incoming.url}`)
      const number = calls.push(name)
      const answered = fakecloud.answer(name, body.toString('utf8'))
      if (answered !== undefined) return void outgoing.writeHead(answered.status).end(answered.body)
      await fakecloud.beforeCall(name)
      if (name === 'GET /notification-hubs') return void outgoing.end(notificationHubs(fakecloud.hubs))
      await complete(name)
      const tags = stackTags(name)
      if (tags !== undefined) return void outgoing.end(tags)
      const { method = 'GET', url = '/' } = incoming
      const headers = asByTls(incoming.headers)
      const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
        if (name === 'ListTargetsByRule') {
          return retold(answer, outgoing, (text) => ofRegion(text, regionOf(headers.authorization)))
        }
        if (name === 'ListStackSetOperations') {
          return retold(answer, outgoing, (text) => fakecloud.instead(name, text) ?? text)
        }
        if (/[?&]ownershipControls/.test(name) && answer.statusCode === 404) {
          answer.resume()
          return void outgoing.end(ownershipByDefault)
        }
        if (/^GET \/restapis\/|^ListStackInstanceResourceDrifts$/.test(name) && answer.statusCode === 200) {
          const place = { region: regionOf(headers.authorization), account }
          return retold(answer, outgoing, (text) => asAwsAnswers(name, body.toString('utf8'), text, place))
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      outgoing.on('close', () => fakecloud.afterCall(name, number))
      passed.on('error', () => outgoing.destroy())
      passed.end(body)
    })
  })
  const stop = () => {
    ear.close()
    ear.closeAllConnections()
    kept.stop()
  }
  try {
    ear.listen(wanted, '127.0.0.1')
    await listening(ear, wanted)
    await answers(`http://127.0.0.1:${port}/_fakecloud/health`, kept.hasEnded)
    await makeStackSetRoles(`http://127.0.0.1:${port}`, account)
  } catch (error) {
    // Otherwise this process would wait for it for ever.
    stop()
    throw error
  }

  const endpoint = `http://127.0.0.1:${(ear.address() as AddressInfo).port}`
  const fakecloud: Fakecloud = {
    endpoint,
    calls,
    beforeCall: async () => {},
    afterCall: () => {},
    instead: () => undefined,
    answer: () => undefined,
    hubs: [],
    environment: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    stop,
  }
  return fakecloud
}

/** What the query protocol says of a call that the caller may not make. */
export const denied = {
  status: 403,
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::111122223333:user/tester is not authorized</Message></Error></ErrorResponse>',
}

/** The same of the JSON protocols. */
export const deniedJson = {
  status: 400,
  body: JSON.stringify({
    __type: 'AccessDeniedException',
    message: 'User: arn:aws:iam::111122223333:user/tester is not authorized',
  }),
}

/** Calls that change something at AWS: everything but looking. */
export function writes(calls: readonly string[]): string[] {
  return calls.filter((call) => !/^(Describe|List|Get|HEAD |GET |POST \/listRegions)/.test(call))
}

function fakecloudCommand(): string {
  const command = process.env.FAKECLOUD ?? 'fakecloud'
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return command
  } catch {
    throw new CommandError(
      `fakecloud does not run as "${command}"`,
      'cargo install fakecloud --version 0.51.0 --locked, or set FAKECLOUD to its path',
      2,
    )
  }
}

function notificationHubs(regions: readonly string[]): string {
  return JSON.stringify({
    notificationHubs: regions.map((notificationHubRegion) => ({
      notificationHubRegion,
      statusSummary: { status: 'ACTIVE', reason: '' },
    })),
  })
}

/** The query protocol says Action=…, the JSON protocols X-Amz-Target; REST calls are named by method and path. */
function callName(target: string | string[] | undefined, body: Buffer, rest: string): string {
  if (typeof target === 'string') return target.split('.').at(-1) ?? target
  return new URLSearchParams(body.toString('utf8')).get('Action') ?? rest
}

/** A signature says for which Region it is: `Credential=KEY/20260101/us-east-1/events/aws4_request`. */
function regionOf(authorization = ''): string {
  return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(authorization)?.[1] ?? ''
}

/**
 * fakecloud keeps the rules of all Regions together, so that a relay's targets are those of the Region deployed last.
 * The Region is the only thing in which relays differ, and the answer is given as of the one that was asked.
 */
function ofRegion(text: string, region: string): string {
  return text.includes('"Id":"alarm-region"')
    ? text.replaceAll(/(-relay-|arn:aws:sqs:)[a-z]{2}-[a-z]+-\d/g, `$1${region}`)
    : text
}

/** Our buckets refuse whoever comes without TLS, as a command does here; to AWS it never does. */
function asByTls(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers.authorization?.includes('/s3/aws4_request') ? { ...headers, 'x-forwarded-proto': 'https' } : headers
}

function retold(answer: IncomingMessage, outgoing: ServerResponse, tell: (text: string) => string): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('end', () => {
    const told = tell(Buffer.concat(chunks).toString('utf8'))
    const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers
    outgoing.writeHead(answer.statusCode ?? 502, headers)
    outgoing.end(told)
  })
}

async function listening(server: Server, port: number): Promise<void> {
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new CommandError(`port ${port} is not to be had: ${(error as Error).message}`, 'PORT says another', 2)
  }
}

async function answers(url: string, ended: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !ended(); tries++) {
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (up) return
    await pause(100)
  }
  throw new Error(`nothing answers at ${url}`)
}
