// EventBridge rules: whether they are on, what they match, and where they hand it. CloudFormation's own drift detection
// is noisy on targets with dead letters, so this is the check that counts.
import { DescribeRuleCommand, ListTargetsByRuleCommand, type Target } from '@aws-sdk/client-eventbridge'
import { aws, pages } from '../../aws.ts'
import type { LiveCheck } from '../check.ts'
import { additionsTo, type Difference, differencesOfDocuments, differencesWithin } from '../compare.ts'

export const eventChecks = {
  'AWS::Events::Rule': {
    actions: ['events:DescribeRule', 'events:ListTargetsByRule'],
    covers: ['Description', 'EventPattern', 'ScheduleExpression', 'State', 'Targets'],
    fixed: ['Name'],
    look: async ({ properties, physicalId }, region) => {
      const Name = String(properties.Name ?? physicalId)
      const rule = await aws.eventBridge(region).send(new DescribeRuleCommand({ Name }))
      const targets = await pages(
        (NextToken) =>
          aws
            .eventBridge(region)
            .send(new ListTargetsByRuleCommand({ Rule: Name, ...(NextToken ? { NextToken } : {}) })),
        ({ Targets }) => Targets,
        ({ NextToken }) => NextToken,
      )
      return [
        ...differencesWithin('Description', properties.Description, rule.Description),
        ...differencesWithin('State', properties.State ?? 'ENABLED', rule.State),
        // A rule has one of the two.
        ...differencesOfDocuments('EventPattern', properties.EventPattern ?? '', rule.EventPattern ?? ''),
        ...differencesWithin('ScheduleExpression', properties.ScheduleExpression ?? '', rule.ScheduleExpression ?? ''),
        ...differencesOfTargets((properties.Targets ?? []) as readonly Target[], targets),
      ]
    },
  },
} satisfies Record<string, LiveCheck>

/** What EventBridge does for a target that says nothing of it. */
const defaultRetry = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 }

/** Target by target, by Id: one that nobody deployed is a way out of the account, and a difference. */
function differencesOfTargets(wished: readonly Target[], found: readonly Target[]): readonly Difference[] {
  const strangers = found.filter(({ Id }) => !wished.some((target) => target.Id === Id))
  return [
    ...wished.flatMap((target) => {
      const [what, other] = [`Targets.${target.Id}`, found.find(({ Id }) => Id === target.Id)]
      const whole = other?.RetryPolicy === undefined ? target : { RetryPolicy: defaultRetry, ...target }
      // An Input that was added is all the target still gets.
      return [...differencesWithin(what, whole, other ?? ''), ...additionsTo(what, whole, other)]
    }),
    ...strangers.map(({ Id, Arn }) => ({ what: `Targets.${Id}`, wished: 'nothing', found: String(Arn) })),
  ]
}
