// Brings one StackSet to what is desired: looks, writes only what is missing, waits, and tells what came of it.
import { setTimeout as pause } from 'node:timers/promises'
import { CommandError, type Notes } from '../command.ts'
import type { OperationResult, StackSetClient } from './client.ts'
import {
  type Desired,
  type InstanceState,
  inoperable,
  operationVerdict,
  type Step,
  stepsTo,
  surplusRegions,
} from './verdict.ts'

export interface Goal extends Desired {
  readonly stackSet: string
  readonly account: string
}

export interface Converged {
  readonly stackSet: string
  /** What was written, in order; empty when everything was as desired. */
  readonly wrote: readonly string[]
  readonly instances: readonly InstanceState[]
  /** Regions that keep a stack and are no longer configured. */
  readonly surplus: readonly string[]
}

/** Throws a CommandError that names the StackSet, the Regions and AWS's own reasons when an operation fails. */
export async function converge(client: StackSetClient, goal: Goal, { note }: Notes): Promise<Converged> {
  const observed = await observe(client, goal.stackSet)
  const [broken] = inoperable(observed)
  if (broken !== undefined) throw beyondUs(goal.stackSet, broken)
  const steps = stepsTo(goal, observed)
  const surplus = surplusRegions(goal, observed)
  for (const step of steps) await take(client, goal, step, note)
  if (steps.length === 0) note(`${goal.stackSet}: nothing to do`)
  const { instances } = steps.length === 0 ? observed : await observe(client, goal.stackSet)
  return { stackSet: goal.stackSet, wrote: steps.map(({ step }) => step), instances, surplus }
}

async function observe(client: StackSetClient, stackSet: string) {
  const body = await client.template(stackSet)
  return { body, instances: body === undefined ? [] : await client.instances(stackSet) }
}

async function take(client: StackSetClient, goal: Goal, step: Step, note: Notes['note']): Promise<void> {
  const { stackSet, account, body } = goal
  switch (step.step) {
    case 'create-stack-set':
      note(`${stackSet}: creating the StackSet`)
      return client.create(stackSet, body)
    case 'update':
      note(`${stackSet}: updating, since ${step.why}`)
      return finish(client, stackSet, await client.update(stackSet, body), note)
    case 'create-instances':
      note(`${stackSet}: creating stacks in ${step.regions.join(', ')}`)
      return finish(client, stackSet, await client.createInstances(stackSet, account, step.regions), note)
  }
}

/** A stack of ours takes two or three minutes; one that hangs on a resource gives up by itself within the hour. */
const waitLimitMs = 70 * 60_000
const pauseMs = { first: 500, growth: 1.5, longest: 10_000 }
const sayAgainMs = 15_000

/** Waits for the operation. A line whenever something changed, and every quarter of a minute when nothing did. */
async function finish(client: StackSetClient, stackSet: string, operation: string, note: Notes['note']): Promise<void> {
  const started = Date.now()
  let wait = pauseMs.first
  let said = { line: '', at: 0 }
  for (;;) {
    const status = await client.operation(stackSet, operation)
    const line = `${status} (${(await client.instances(stackSet)).map(instanceLine).join(', ') || 'no stacks yet'})`
    if (line !== said.line || Date.now() - said.at > sayAgainMs) {
      note(`${stackSet}: ${Math.round((Date.now() - started) / 1000)} s ${line}`)
      said = { line, at: Date.now() }
    }
    const verdict = operationVerdict(status)
    if (verdict === 'succeeded') return
    if (verdict === 'failed') throw failed(stackSet, status, await client.results(stackSet, operation))
    if (Date.now() - started > waitLimitMs) {
      throw new CommandError(
        `${stackSet}: operation ${operation} is still ${status} after ${waitLimitMs / 60_000} minutes`,
        'look at the StackSet in the CloudFormation console; npm run deploy again goes on from where it is',
      )
    }
    await pause(wait)
    wait = Math.min(wait * pauseMs.growth, pauseMs.longest)
  }
}

function instanceLine({ region, status, detail }: InstanceState): string {
  return `${region} ${detail || status}`
}

function beyondUs(stackSet: string, { account, region, reason }: InstanceState): CommandError {
  return new CommandError(
    `${stackSet}: the stack in ${region} is INOPERABLE${reason === '' ? '' : `: ${reason}`}`,
    `a deletion of it failed, and AWS leaves it out of updates. Take it out of the StackSet (aws cloudformation
    delete-stack-instances --stack-set-name ${stackSet} --accounts ${account} --regions ${region} --retain-stacks),
    delete the stack itself in ${region}, then run npm run deploy again`,
  )
}

function failed(stackSet: string, status: string, results: readonly OperationResult[]): CommandError {
  const rows = results.map(
    ({ region, status: was, reason }) => `  ${region}: ${was}${reason === '' ? '' : `: ${reason}`}`,
  )
  return new CommandError(
    [`${stackSet}: the operation ${status}`, ...rows].join('\n'),
    'mend the cause that AWS names, then run npm run deploy again: it goes on from where this one stopped',
  )
}
