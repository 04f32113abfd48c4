// Looks at the legs that an event takes before the function: rules, targets, dead letters. Says in a sentence each what is
// wrong with them; nothing where nothing is.
import { DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge'
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { activityRuleState } from '../../../templates-src/parts/activity-rule.ts'
import { isAwsError } from '../aws-failure.ts'
import type { Wish } from './wish.ts'

interface Leg {
  readonly region: string
  readonly rule: string
  readonly targets: readonly string[]
  /** `activityRuleState` where it is left out. */
  readonly state?: string
}

/**
 * The rule that the drill has to pass, and the ones that a real alert passes in its place. And the ways out of the mail, of
 * which nothing else tells: a mail is not followed.
 */
export async function brokenLegs({ name }: Settings, { from, mode }: Wish): Promise<readonly string[]> {
  const rules = ['drill', 'root-activity', 'guard-touched', 'guard-reached']
  const relays =
    from === alarmRegion
      ? []
      : rules.map((rule) => ({ region: from, rule: `${name}-relay-${rule}`, targets: ['alarm-region'] }))
  const alarms = rules.map((rule) => ({
    region: alarmRegion,
    rule: `${name}-${rule}`,
    targets: rule === 'drill' ? ['phones'] : ['phones', 'email'],
  }))
  const mail = { region: alarmRegion, rule: `${name}-drill-mail`, targets: ['email'], state: 'ENABLED' }
  return (await Promise.all([...relays, ...alarms, ...(mode === 'send' ? [mail] : [])].map(brokenLeg))).flat()
}

/** How many events lay in the dead letters of each Region on the way, before the drill was put. */
export type Buried = ReadonlyMap<string, number | Error>

/** Of the Regions that the drill passes. */
export async function buriedBefore({ name }: Settings, { from, way }: Wish): Promise<Buried> {
  const regions = way === 'api' ? [] : [...new Set([from, alarmRegion])]
  const counts = regions.map(async (region) => [region, await countOf(queueOf(name), region)] as const)
  return new Map(await Promise.all(counts))
}

/** What an absent record can be due to, when no rule is broken. */
export async function whyAbsent({ name }: Settings, { way }: Wish, before: Buried): Promise<readonly string[]> {
  const found = [...before].map(async ([region, earlier]) =>
    buriedSince(queueOf(name), region, earlier, await countOf(queueOf(name), region)),
  )
  const buried = (await Promise.all(found)).flat()
  if (buried.length > 0) return buried
  return way === 'cloudtrail'
    ? ['the rules are as they should be: CloudTrail handed no record on; is a trail logging reads? npm run doctor says']
    : [
        'the rules and their targets are as they should be: npm run drill -- --api, as the drill role alone may, tells whether the API or the role on the way is broken',
      ]
}

async function brokenLeg({ region, rule, targets, state = activityRuleState }: Leg): Promise<readonly string[]> {
  const client = new EventBridgeClient({ region })
  try {
    const { State = '' } = await client.send(new DescribeRuleCommand({ Name: rule }))
    if (State === 'DISABLED')
      return [`the rule ${rule} in ${region} is disabled: npm run drift, then aws events enable-rule or npm run deploy`]
    if (State !== state)
      return [
        `the rule ${rule} in ${region} is ${State}${state === activityRuleState ? ', and matches no reads' : ''}: it should be ${state}`,
      ]
    const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: rule }))
    return targets
      .filter((target) => !Targets.some(({ Id }) => Id === target))
      .map(
        (target) =>
          `the rule ${rule} in ${region} has no target ${target} any more: npm run drift shows it, npm run deploy does not mend it by itself`,
      )
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return [`there is no rule ${rule} in ${region}: npm run deploy`]
    return [`the rule ${rule} in ${region} could not be looked at: ${(error as Error).message}`]
  }
}

function queueOf(name: string): string {
  return `${name}-dead-letters`
}

async function countOf(queue: string, region: string): Promise<number | Error> {
  const client = new SQSClient({ region })
  try {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queue }))
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    )
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0)
  } catch (error) {
    return error as Error
  }
}

/** What lay there before is not this drill's; letters are kept for two weeks. */
function buriedSince(queue: string, region: string, before: number | Error, now: number | Error): readonly string[] {
  if (now instanceof Error) return [`the dead letters in ${region} could not be looked at: ${now.message}`]
  const more = now - (before instanceof Error ? 0 : before)
  if (more <= 0) return []
  const came = before instanceof Error ? 'lie' : 'came to lie'
  return [
    `${more} ${more === 1 ? 'event' : 'events'} ${came} in ${queue} in ${region}: what the rule called refused it, or EventBridge may not assume the rule's role; each says why in its attributes`,
  ]
}
