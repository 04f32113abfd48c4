// What alerts stand on, as the live checks see it, and the e-mail subscriptions. Pure but for the looking.
import type { Settings } from '../../../templates-src/config/schema.ts'
import { reusedFindings, stackSetFindings } from '../drift/account.ts'
import type { StackSetTemplate } from '../generated.ts'
import { type Finding, lookAtStacks } from '../live/stack.ts'
import type { StackSetClient } from '../stackset/client.ts'
import { observe } from '../stackset/converge.ts'
import type { Observed } from '../stackset/verdict.ts'
import { type Diagnosis, ill, noted, well } from './diagnosis.ts'

export async function postureDiagnoses(
  settings: Settings,
  templates: readonly StackSetTemplate[],
  client: StackSetClient,
): Promise<readonly Diagnosis[]> {
  const stackSets = await Promise.all(
    templates.map(async ({ stackSet, regions }) => ({
      stackSet,
      regions,
      observed: await observe(client, stackSet),
    })),
  )
  const deployed = stackSets.map(({ stackSet, observed }) => ({ stackSet, instances: observed.instances }))
  return judgedPosture(stackSets, [...(await lookAtStacks(deployed)), ...(await reusedFindings(settings))])
}

export interface ObservedStackSet {
  readonly stackSet: string
  /** Where it shall be. */
  readonly regions: readonly string[]
  readonly observed: Observed
}

/** Pure. Well is only what was looked at: the live checks see no stack that is missing or not CURRENT. */
export function judgedPosture(
  stackSets: readonly ObservedStackSet[],
  findings: readonly Finding[],
): readonly Diagnosis[] {
  const absent = stackSets.filter(({ regions, observed }) => regions.length > 0 && observed.instances.length === 0)
  const notCurrent = stackSets
    .filter((one) => !absent.includes(one))
    .flatMap(({ observed, ...wished }) => stackSetFindings(wished, observed))
  const isComplete = absent.length === 0 && notCurrent.length === 0
  // Subscriptions are of the stacks: a trail of somebody else's that cannot be read says nothing of them.
  const areSeen = !findings.some(({ state, stackSet }) => state === 'unknown' && stackSet !== '')
  const isSubscription = ({ type, state }: Finding) => type === 'AWS::SNS::Subscription' && state !== 'unknown'
  const subscriptions = findings.filter(isSubscription)
  const others = findings.filter((one) => !isSubscription(one))
  return [
    ...(absent.length === 0 ? [] : [notDeployed(absent.map(({ stackSet }) => stackSet))]),
    ...notCurrent.map(ofStack),
    ...(isComplete && others.every(({ isLasting }) => isLasting === true) ? [well('posture', wellText(others))] : []),
    ...others.map(ofFinding),
    ...(isComplete && areSeen && subscriptions.length === 0 ? [well('e-mail', 'every subscription is confirmed')] : []),
    ...subscriptions.map(ofSubscription),
  ]
}

function wellText(unknown: readonly Finding[]): string {
  return `${unknown.length === 0 ? 'trail, ' : ''}recorder, rules, API, function and alarms are as deployed`
}

function notDeployed(stackSets: readonly string[]): Diagnosis {
  return ill(
    'posture',
    `not deployed: ${stackSets.join(', ')}`,
    'what is not there cannot alert',
    'npm run plan, npm run deploy',
  )
}

function ofStack({ stackSet, region, what, found }: Finding): Diagnosis {
  return ill(
    'posture',
    `${stackSet}: ${what} in ${region} is ${found}`,
    'it is not what was reviewed, and what is in it was not looked at',
    'npm run plan, npm run deploy',
  )
}

function ofFinding({ stackSet, region, resource, what, wished, found, state, isLasting, hint }: Finding): Diagnosis {
  const where = [stackSet, region, resource].filter((part) => part !== '').join(': ')
  if (isLasting === true) {
    return noted(
      'posture',
      `${where}: ${what} is ${found}`,
      'alerts stand on it, and AWS lets this account not look',
      hint,
    )
  }
  if (state === 'unknown') {
    return ill(
      'posture',
      `${where} was not looked at: ${found}`,
      'alerts stand on it, and nobody knows how it is',
      hint,
    )
  }
  return ill('posture', `${where}: ${what} is ${found}, deployed was ${wished}`, 'alerts stand on it', hint)
}

function ofSubscription({ region, what, found, state, hint }: Finding): Diagnosis {
  if (state === 'differs') return ill('e-mail', `${what} in ${region} is ${found}`, 'nobody there gets a mail', hint)
  return noted(
    'e-mail',
    `${what} in ${region} is ${found}`,
    'nobody there gets a mail yet; AWS does not let a pending subscription be deleted, and drops it after three days',
    hint,
  )
}
