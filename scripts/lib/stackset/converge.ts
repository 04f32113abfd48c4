// Brings one StackSet to what is desired: looks, writes only what is missing, waits, looks again, and tells what came of
// it. It keeps nothing between runs: whatever state a run that was killed left behind is the next one's beginning.
import type { Notes } from '../command.ts'
import type { Preferences, StackSetClient } from './client.ts'
import { type RegionFailure, regionFailures } from './failure.ts'
import type { StackSetFault } from './fault.ts'
import { isOvertaken, lookAgain } from './overtaken.ts'
import { type Desired, type InstanceState, type Observed, operationVerdict, type Step, stepsTo } from './verdict.ts'
import { operationEnded, quiet } from './wait.ts'

export interface Goal extends Desired {
  readonly stackSet: string
  readonly account: string
  readonly preferences: Preferences
}

export interface Converged {
  readonly stackSet: string
  /** What was written, in order; empty when everything was as desired. */
  readonly wrote: readonly string[]
  readonly instances: readonly InstanceState[]
  /** Where an operation failed, and why; empty when none did. */
  readonly failures: readonly RegionFailure[]
}

/** A failed operation is an answer; what AWS refuses outright is thrown as a CommandError. */
export async function converge(client: StackSetClient, goal: Goal, notes: Notes): Promise<Converged> {
  const wrote: Step[] = []
  let overtaken = 0
  for (;;) {
    const observed = await observeQuiet(client, goal.stackSet, notes)
    const [step] = stepsTo(goal, observed)
    // A step that came to nothing does not come to more when it is done again.
    if (step === undefined || wrote.some((done) => isSame(done, step))) {
      if (wrote.length === 0) notes.note(`${goal.stackSet}: nothing to do`)
      return { stackSet: goal.stackSet, wrote: names(wrote), instances: observed.instances, failures: [] }
    }
    notes.note(`${goal.stackSet}: ${said(step)}`)
    const taken = await take(client, goal, step)
    if ('overtakenBy' in taken) {
      await lookAgain(goal.stackSet, taken.overtakenBy, ++overtaken, notes)
      continue
    }
    wrote.push(step)
    if (taken.operation === '') continue
    const { id, status } = await operationEnded(client, goal.stackSet, taken.operation, notes)
    const results = await client.results(goal.stackSet, id)
    // Within the tolerance AWS calls an operation SUCCEEDED although Regions failed.
    if (operationVerdict(status) === 'succeeded' && results.every((one) => one.status === 'SUCCEEDED')) continue
    const { instances } = await observe(client, goal.stackSet)
    const failures = await regionFailures(client, goal.stackSet, results, instances)
    return { stackSet: goal.stackSet, wrote: names(wrote), instances, failures }
  }
}

/** The StackSet when no operation of it runs any more: one that is half-way through a deploy is as nobody wished it. */
export async function observeQuiet(client: StackSetClient, stackSet: string, notes: Notes): Promise<Observed> {
  await quiet(client, stackSet, notes)
  return observe(client, stackSet)
}

/** The StackSet as it is. Of instances that are not CURRENT their stack's own status is looked up, too. */
export async function observe(client: StackSetClient, stackSet: string): Promise<Observed> {
  const found = await client.describe(stackSet)
  if (found === undefined) return { stackSet: undefined, instances: [] }
  const instances = await client.instances(stackSet)
  return {
    stackSet: found,
    instances: await Promise.all(
      instances.map(async (instance) =>
        instance.status === 'CURRENT' || instance.stackId === ''
          ? instance
          : { ...instance, stackStatus: await client.stackStatus(instance.region, instance.stackId) },
      ),
    ),
  }
}

/** `operation` is '' for a write that is done at once. Overtaken: another run wrote between our look and our write. */
type Taken = { readonly operation: string } | { readonly overtakenBy: StackSetFault }

async function take(client: StackSetClient, goal: Goal, step: Step): Promise<Taken> {
  const { stackSet, account, preferences } = goal
  try {
    switch (step.step) {
      case 'create-stack-set':
        await client.create(stackSet, goal)
        return { operation: '' }
      case 'update':
        return { operation: await client.update(stackSet, goal, preferences) }
      case 'delete-instances': {
        const where = { accounts: [account], regions: step.regions }
        return { operation: await client.deleteInstances(stackSet, where, 'delete-stacks', preferences) }
      }
      case 'create-instances': {
        const where = { accounts: [account], regions: step.regions }
        return { operation: await client.createInstances(stackSet, where, preferences) }
      }
    }
  } catch (error) {
    if (!isOvertaken(error)) throw error
    return { overtakenBy: error }
  }
}

function said(step: Step): string {
  switch (step.step) {
    case 'create-stack-set':
      return 'creating the StackSet'
    case 'update':
      return `updating, since ${step.why}`
    case 'delete-instances':
      return `deleting the stacks in ${step.regions.join(', ')}, since ${step.why}`
    case 'create-instances':
      return `creating stacks in ${step.regions.join(', ')}`
  }
}

function isSame(one: Step, other: Step): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function names(steps: readonly Step[]): readonly string[] {
  return steps.map(({ step }) => step)
}
