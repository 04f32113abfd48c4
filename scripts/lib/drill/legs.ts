// Looks at the legs that an event takes before the function: rules, targets, dead letters. Says in a sentence each what is
// wrong with them; nothing where nothing is.
import { DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge'
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'
import { alarmRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { isAwsError } from '../aws-failure.ts'
import type { Wish } from './wish.ts'

interface Leg {
  readonly region: string
  readonly rule: string
  readonly target: string
}

/** The rule that the drill has to pass, and the one that a real alert passes in its place. */
export async function brokenLegs({ name }: Settings, { from }: Wish): Promise<readonly string[]> {
  const rules = ['drill', 'root-activity']
  const relays =
    from === alarmRegion
      ? []
      : rules.map((rule) => ({ region: from, rule: `${name}-relay-${rule}`, target: 'alarm-region' }))
  const alarms = rules.map((rule) => ({ region: alarmRegion, rule: `${name}-${rule}`, target: 'phones' }))
  return (await Promise.all([...relays, ...alarms].map(brokenLeg))).flat()
}

/** What an absent record can be due to, when no rule is broken. */
export async function whyAbsent({ name }: Settings, { from, way }: Wish): Promise<readonly string[]> {
  const regions = [...new Set([from, alarmRegion])]
  const buried = (await Promise.all(regions.map((region) => inDeadLetters(`${name}-dead-letters`, region)))).flat()
  if (buried.length > 0) return buried
  return way === 'cloudtrail'
    ? ['the rules are as they should be: CloudTrail handed no record on; is a trail logging reads? npm run doctor says']
    : [
        'the rules and their targets are as they should be: npm run drill -- --api tells whether the API or the role on the way is broken',
      ]
}

/** The widest state is the only one that matches reads. */
const wanted = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'

async function brokenLeg({ region, rule, target }: Leg): Promise<readonly string[]> {
  const client = new EventBridgeClient({ region })
  try {
    const { State = '' } = await client.send(new DescribeRuleCommand({ Name: rule }))
    if (State === 'DISABLED')
      return [`the rule ${rule} in ${region} is disabled: npm run drift, then aws events enable-rule or npm run deploy`]
    if (State !== wanted)
      return [`the rule ${rule} in ${region} is ${State}, and matches no reads: it should be ${wanted}`]
    const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: rule }))
    if (Targets.some(({ Id }) => Id === target)) return []
    return [
      `the rule ${rule} in ${region} has no target ${target} any more: npm run drift shows it, npm run deploy does not mend it by itself`,
    ]
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return [`there is no rule ${rule} in ${region}: npm run deploy`]
    return [`the rule ${rule} in ${region} could not be looked at: ${(error as Error).message}`]
  }
}

async function inDeadLetters(queue: string, region: string): Promise<readonly string[]> {
  const client = new SQSClient({ region })
  try {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queue }))
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    )
    const count = Number(Attributes?.ApproximateNumberOfMessages ?? 0)
    if (count === 0) return []
    return [
      `${count} ${count === 1 ? 'event lies' : 'events lie'} in ${queue} in ${region}: what the rule called refused it; each says why in its attributes`,
    ]
  } catch (error) {
    return [`the dead letters in ${region} could not be looked at: ${(error as Error).message}`]
  }
}
