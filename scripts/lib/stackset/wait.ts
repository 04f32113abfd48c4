// Waits for StackSet operations with growing pauses, and says what AWS is doing meanwhile.
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError, type Notes } from '../command.ts'
import type { Operation, StackSetClient } from './client.ts'
import { isFault } from './fault.ts'
import { type InstanceState, operationVerdict } from './verdict.ts'

/**
 * Waits until the operation has ended, and answers it: succeeded or failed. A line whenever something changed, and
 * every quarter of a minute when nothing did. Throws a CommandError when it has not ended at the limit.
 */
export async function operationEnded(
  client: StackSetClient,
  stackSet: string,
  id: string,
  { note }: Notes,
): Promise<Operation> {
  let said = { line: '', at: 0 }
  for await (const waited of growingPauses(limitMs())) {
    const operation = await client.operation(stackSet, id)
    if (operationVerdict(operation.status) !== 'going') {
      note(`${stackSet}: ${seconds(waited)} ${operation.action} ${operation.status}`)
      return operation
    }
    const line = `${operation.action} ${operation.status} (${await progress(client, stackSet)})`
    if (line !== said.line || Date.now() - said.at > sayAgainMs) {
      note(`${stackSet}: ${seconds(waited)} ${line}`)
      said = { line, at: Date.now() }
    }
  }
  throw new CommandError(
    `${stackSet}: operation ${id} has not ended after ${minutes(limitMs())} minutes`,
    'look at the StackSet in the CloudFormation console; running the command again goes on from where it is',
  )
}

/** Waits until no operation of the StackSet runs or is queued, whoever began it. */
export async function quiet(client: StackSetClient, stackSet: string, { note }: Notes): Promise<void> {
  let said = ''
  let last: Operation | undefined
  for await (const waited of growingPauses(limitMs())) {
    const [operation] = await unfinished(client, stackSet)
    if (operation === undefined) return
    last = operation
    const line = `${operation.action} ${operation.status}, operation ${operation.id}, is somebody else's or an earlier run's: waiting for it`
    if (line !== said) note(`${stackSet}: ${seconds(waited)} ${line}`)
    said = line
  }
  throw new CommandError(
    `${stackSet}: operation ${last?.id} (${last?.action}), which another run began, is still ${last?.status} after ${minutes(limitMs())} minutes`,
    `let it end, or stop it: aws cloudformation stop-stack-set-operation --stack-set-name ${stackSet} --operation-id ${last?.id}; then run the command again`,
  )
}

/** A StackSet that is not there, or is gone meanwhile, has no operations. */
export async function unfinished(client: StackSetClient, stackSet: string): Promise<readonly Operation[]> {
  try {
    return await client.unfinished(stackSet)
  } catch (error) {
    if (isFault(error, 'not-found')) return []
    throw error
  }
}

/** A stack of ours takes two or three minutes; one that hangs on a resource gives up by itself within the hour. */
const defaultLimitSeconds = 70 * 60
const pauseMs = { first: 500, growth: 1.5, longest: 10_000 }
const sayAgainMs = 15_000

/** ROOT_GUARD_WAIT_SECONDS shortens or lengthens it, for tests and for pipelines that end sooner. */
export function limitMs(): number {
  const wished = Number(process.env.ROOT_GUARD_WAIT_SECONDS)
  return (wished > 0 ? wished : defaultLimitSeconds) * 1000
}

/** Yields at once and then after ever longer pauses, each time the milliseconds since the first; ends at the limit. */
export async function* growingPauses(limit: number): AsyncGenerator<number> {
  const started = Date.now()
  let wait = pauseMs.first
  for (;;) {
    const waited = Date.now() - started
    yield waited
    if (waited >= limit) return
    await pause(Math.min(wait, Math.max(0, limit - (Date.now() - started))))
    wait = Math.min(wait * pauseMs.growth, pauseMs.longest)
  }
}

async function progress(client: StackSetClient, stackSet: string): Promise<string> {
  const instances = await client.instances(stackSet)
  if (instances.length > listedRegions) return counted(instances)
  return instances.map(({ region, status, detail }) => `${region} ${detail || status}`).join(', ') || 'no stacks yet'
}

/** More Regions than this are counted by state instead of named: a line stays a line. */
const listedRegions = 4

function counted(instances: readonly InstanceState[]): string {
  const states = instances.map(({ status, detail }) => detail || status)
  return [...new Set(states)].map((state) => `${states.filter((one) => one === state).length} ${state}`).join(', ')
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`
const minutes = (ms: number) => Math.round(ms / 6_000) / 10
