// A StackSet that lives in memory, behind the client's interface: for states that the emulator cannot be brought into,
// as an operation that somebody else left running. Operations end at the poll that `polls` says.

import { CommandError } from '../../../../scripts/lib/command.ts'
import type {
  Operation,
  OperationResult,
  StackSetClient,
  StackSetState,
  Where,
} from '../../../../scripts/lib/stackset/client.ts'
import { type FaultKind, StackSetFault } from '../../../../scripts/lib/stackset/fault.ts'
import type { InstanceState } from '../../../../scripts/lib/stackset/verdict.ts'

export interface Memory {
  stackSet: StackSetState | undefined
  readonly instances: Map<string, InstanceState>
  /** Operations that somebody else began; each is RUNNING for so many looks. */
  readonly others: { readonly operation: Operation; looks: number }[]
  /** What the next writes are refused with. */
  readonly refusals: FaultKind[]
  /** Regions in which operations fail, by their reason. */
  readonly failing: Map<string, string>
  /** The operations that fail there. */
  readonly failingActions: readonly ('update' | 'create-instances' | 'delete-instances' | 'detect-drift')[]
  /** The statuses of the stacks behind instances that are not CURRENT, by Region. */
  readonly stackStatuses: Map<string, string>
  /** What an operation that failed somewhere is called: within the tolerance AWS says SUCCEEDED. */
  failedStatus: 'FAILED' | 'SUCCEEDED'
  readonly writes: string[]
}

export function memory(found: Partial<Memory> = {}): Memory {
  return {
    stackSet: undefined,
    instances: new Map(),
    others: [],
    refusals: [],
    failing: new Map(),
    failingActions: ['update', 'create-instances', 'delete-instances'],
    stackStatuses: new Map(),
    failedStatus: 'FAILED',
    writes: [],
    ...found,
  }
}

export function stackSetInMemory(state: Memory): StackSetClient {
  const ended = new Map<string, Operation & { readonly results: readonly OperationResult[] }>()
  const write = (name: string) => {
    const refusal = state.refusals.shift()
    if (refusal !== undefined) throw new StackSetFault(refusal, new CommandError(`${name}: ${refusal}`, 'as AWS says'))
    state.writes.push(name)
  }
  const operate = (name: string, regions: readonly string[], change: (region: string) => void): string => {
    write(`${name} ${regions.join(' ')}`.trim())
    const mayFail = state.failingActions.some((action) => action === name)
    const unfortunate = mayFail ? regions.filter((region) => state.failing.has(region)) : []
    for (const region of regions.filter((one) => !unfortunate.includes(one))) change(region)
    for (const region of unfortunate) {
      state.instances.set(region, instance(region, 'OUTDATED', state.failing.get(region)))
    }
    const id = `operation-${state.writes.length}`
    const status = unfortunate.length > 0 ? state.failedStatus : 'SUCCEEDED'
    const results = regions.map((region) => ({
      region,
      status: unfortunate.includes(region) ? 'FAILED' : 'SUCCEEDED',
      reason: unfortunate.includes(region) ? (state.failing.get(region) ?? '') : '',
    }))
    ended.set(id, { id, action: name, status, reason: '', results })
    return id
  }
  return {
    describe: async () => state.stackSet,
    create: async (_stackSet, definition) => {
      write('create')
      state.stackSet = { ...definition, managedExecution: true }
    },
    update: async (_stackSet, definition) => {
      state.stackSet = { ...definition, managedExecution: true }
      const operable = [...state.instances.values()].filter(({ status }) => status !== 'INOPERABLE')
      return operate(
        'update',
        operable.map(({ region }) => region),
        (region) => state.instances.set(region, instance(region)),
      )
    },
    createInstances: async (_stackSet, { regions }: Where) =>
      operate('create-instances', regions, (region) => state.instances.set(region, instance(region))),
    deleteInstances: async (_stackSet, { regions }: Where) =>
      operate('delete-instances', regions, (region) => state.instances.delete(region)),
    remove: async () => {
      write('remove')
      state.stackSet = undefined
    },
    instances: async () => [...state.instances.values()],
    operation: async (_stackSet, id) => ended.get(id) ?? { id, action: '', status: 'RUNNING', reason: '' },
    unfinished: async () => {
      const [first] = state.others
      if (first === undefined) return []
      first.looks -= 1
      if (first.looks < 0) state.others.shift()
      return first.looks < 0 ? [] : [first.operation]
    },
    results: async (_stackSet, id) => ended.get(id)?.results ?? [],
    stackStatus: async (region) => state.stackStatuses.get(region) ?? '',
    failedResource: async () => ({ logicalId: 'Queue', type: 'AWS::SQS::Queue', reason: 'no more queues' }),
    detectDrift: async () => operate('detect-drift', [...state.instances.keys()], () => {}),
    resourceDrifts: async () => [],
  }
}

export function instance(region: string, status = 'CURRENT', reason = ''): InstanceState {
  const stackId = `arn:aws:cloudformation:${region}:111122223333:stack/StackSet-guard/1`
  return { account: '111122223333', region, status, detail: '', reason, stackId }
}
