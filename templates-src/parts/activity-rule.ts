// What counts as activity. The same pattern decides in us-east-1 and in every Region that relays to it.
import { Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'

/** EventBridge takes patterns of at most 2,048 characters. */
export const patternLimit = 2_048

/**
 * Everything whose `userIdentity.type` is Root, whatever the detail-type: sign-ins, calls that read or write, console
 * actions. The ARN is not asked, since real records carry it empty or redacted. And our own drills.
 */
export function activityPattern(): Readonly<Record<string, unknown>> {
  const pattern = {
    $or: [{ detail: { userIdentity: { type: ['Root'] } } }, { source: ['root-guard.drill'] }],
  }
  const { length } = JSON.stringify(pattern)
  if (length > patternLimit)
    throw new Error(`the event pattern has ${length} characters; EventBridge takes ${patternLimit}`)
  return pattern
}

/** `ENABLED` alone would not match read-only calls. */
export const activityRuleState = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'

/** A rule's ARN by its name, for policies that must name the rule before it exists. */
export function ruleArn(name: string) {
  return Fn.Sub(`arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/${name}`, {})
}

export const activityRuleName = ({ name }: Settings) => `${name}-root-activity`
export const relayRuleName = ({ name }: Settings) => `${name}-relay`
