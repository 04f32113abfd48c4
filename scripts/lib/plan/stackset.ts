// What a deploy would do to one StackSet: its template, its definition, its Regions and its instances.

import { alarmRegion } from '../../../templates-src/config/schema.ts'
import { hasFunction } from '../../../templates-src/former-notifier.ts'
import type { StackSetClient, StackSetState } from '../stackset/client.ts'
import type { Goal } from '../stackset/converge.ts'
import {
  definitionChanges,
  type InstanceState,
  type InstanceVerdict,
  instanceVerdict,
  type Observed,
  stepsTo,
  surplusRegions,
} from '../stackset/verdict.ts'
import { otherChanges, type ResourceChange, templateChanges } from './template.ts'

export interface StackSetPlan {
  readonly stackSet: string
  readonly state: 'to be made' | 'there' | 'not configured'
  readonly resources: readonly ResourceChange[]
  /** Outputs, description, parameters, tags, roles: by name, with what it was and will be where that is short. */
  readonly others: readonly string[]
  readonly regionsAdded: readonly string[]
  readonly regionsRemoved: readonly string[]
  /** No longer configured, and kept until a deploy is told --yes-remove. */
  readonly regionsKept: readonly string[]
  /** Instances that are not CURRENT, or whose stack is gone. */
  readonly instances: readonly InstancePlan[]
  /** The writes a deploy would make, in order; empty means no changes. */
  readonly steps: readonly string[]
}

export interface InstancePlan {
  readonly region: string
  readonly status: string
  /** `gone`: its stack was deleted behind the StackSet, which no deploy makes again. */
  readonly verdict: InstanceVerdict | 'gone'
  readonly reason: string
}

export function stackSetPlan(goal: Goal, observed: Observed): StackSetPlan {
  const { stackSet: found, instances } = observed
  const surplus = surplusRegions(goal, observed)
  const present = instances.map(({ region }) => region)
  const state = found === undefined ? (goal.regions.length === 0 ? 'not configured' : 'to be made') : 'there'
  const steps = stepsTo(goal, observed).map(({ step }) => step)
  const isCompared = state === 'to be made' || steps.includes('update')
  return {
    stackSet: goal.stackSet,
    state,
    resources: isCompared ? templateChanges(found?.body ?? '', goal.body) : [],
    others:
      isCompared && found !== undefined
        ? [...moves(found.body, goal), ...otherChanges(found.body, goal.body), ...definition(goal, found)]
        : [],
    regionsAdded: goal.regions.filter((region) => !present.includes(region)),
    regionsRemoved: surplus.filter((region) => !goal.keptRegions.includes(region)),
    regionsKept: surplus.filter((region) => goal.keptRegions.includes(region)),
    instances: instances
      .filter((one) => one.status !== 'CURRENT' || isGone(one))
      .map((one) => ({
        region: one.region,
        status: isGone(one) ? 'GONE' : one.status,
        verdict: isGone(one) ? 'gone' : instanceVerdict(one),
        reason: one.reason,
      })),
    steps,
  }
}

export function isNothing({ steps, regionsKept, instances }: StackSetPlan): boolean {
  return steps.length === 0 && regionsKept.length === 0 && instances.length === 0
}

/** What the StackSet calls CURRENT although its stack is no longer there; `stackStatus` must have been looked up. */
function isGone({ status, stackStatus }: InstanceState): boolean {
  // AWS still describes a deleted stack for ninety days.
  return status === 'CURRENT' && (stackStatus === '' || stackStatus === 'DELETE_COMPLETE')
}

/** Looks up the stacks of instances that are CURRENT: a StackSet does not notice when one is deleted behind it. */
export async function withStackStatus(
  client: Pick<StackSetClient, 'stackStatus'>,
  observed: Observed,
): Promise<Observed> {
  const instances = await Promise.all(
    observed.instances.map(async (one) =>
      one.status === 'CURRENT' && one.stackId !== ''
        ? { ...one, stackStatus: await client.stackStatus(one.region, one.stackId) }
        : one,
    ),
  )
  return { ...observed, instances }
}

/** Of the release that moves the function to a stack of its own: that what is deleted here goes on there. */
function moves(before: string, { body, stackSet }: Goal): readonly string[] {
  if (!hasFunction(before) || hasFunction(body)) return []
  const notifier = stackSet.replace(alarmRegion, 'notifier')
  return [
    `the function, its role and its log move to a StackSet of their own, ${notifier}, under new names: it is made first, then the API calls it, then the old one is deleted. The table of deliveries stays, so that no alert is lost or sent twice; the old log goes with its lines`,
  ]
}

function definition(goal: Goal, found: StackSetState): readonly string[] {
  const values: Readonly<Record<string, readonly [string, string]>> = {
    'the administration role': [found.administrationRoleArn, goal.administrationRoleArn],
    'the execution role': [found.executionRoleName, goal.executionRoleName],
    'the parameters': [JSON.stringify(found.parameters), JSON.stringify(goal.parameters)],
    'the tags': [JSON.stringify(found.tags), JSON.stringify(goal.tags)],
    'managed execution': ['off', 'on'],
  }
  return definitionChanges(goal, found).flatMap((name) => {
    const [from, to] = values[name] ?? []
    return from === undefined ? [] : [`${name}: ${from} → ${to}`]
  })
}
