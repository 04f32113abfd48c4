// The hop that the emulator does not make: from an event to rules, and from the clock to those with a schedule, as EventBridge
// makes it. Rules and patterns are read back from what was deployed; the emulator's TestEventPattern decides.
import {
  DescribeRuleCommand,
  type DescribeRuleCommandOutput,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge'
import type { EmulatedAws } from './aws.ts'
import { handOn, invokeFunction, type TargetNews, type TargetPassage } from './targets.ts'
import { askedAbout, nearestReason, silenceInEnglish, type Why, whySilent } from './why-silent.ts'

export type Event = Readonly<Record<string, unknown>>

/** The way of one event, as far as it went. */
export interface Passage {
  /** Why the rule that people ask about did not take it, when none did; '' when one did. */
  readonly silent: string
  readonly rules: readonly RulePassage[]
}

export interface RulePassage {
  readonly rule: string
  readonly targets: readonly TargetPassage[]
}

/** What happens to an event, told while it happens. */
export type News =
  /** `why` it does not match; undefined when it does. */
  | { readonly is: 'rule'; readonly rule: string; readonly why: Why | undefined }
  | (TargetNews & { readonly rule: string })

export interface Bystander {
  /** Called between the tries of a target, to change the world meanwhile. */
  readonly between?: () => void
  readonly tell?: (news: News) => void
  /** The rules that the event is put before, by their state; all when it is left out. */
  readonly rules?: (state: string) => boolean
}

/** Sends the event to the default bus. */
export async function putEvent(
  aws: EmulatedAws,
  event: Event,
  { between = () => {}, tell = () => {}, rules: before = () => true }: Bystander = {},
): Promise<Passage> {
  const patterned = (await deployedRules(aws)).filter(({ EventPattern, State = '' }) => EventPattern && before(State))
  const silent: { rule: string; why: Why }[] = []
  const matched: DescribeRuleCommandOutput[] = []
  for (const rule of patterned) {
    const why = await whyRuleIsSilent(aws, rule, event)
    tell({ is: 'rule', rule: rule.Name ?? '', why })
    if (why === undefined) matched.push(rule)
    else silent.push({ rule: rule.Name ?? '', why })
  }
  if (matched.length === 0)
    return { silent: askedAbout(silent)?.why.nearest(silenceInEnglish) ?? 'no rule is deployed', rules: [] }
  const rules = matched.map(async (rule) => {
    const { Name = '' } = rule
    const tellOfRule = (news: TargetNews) => tell({ ...news, rule: Name })
    const targets = (await targetsOf(aws, rule)).map((target) =>
      handOn(aws, rule, target, event, { between, tell: tellOfRule }),
    )
    return { rule: Name, targets: await Promise.all(targets) }
  })
  return { silent: '', rules: await Promise.all(rules) }
}

/** The clock strikes: each rule with a schedule calls its function with the input it is deployed with. */
export async function tick(aws: EmulatedAws): Promise<readonly { rule: string; answer: string }[]> {
  const scheduled = (await deployedRules(aws)).filter(
    ({ ScheduleExpression, State }) => ScheduleExpression && State !== 'DISABLED',
  )
  const calls = scheduled.map(async (rule) =>
    (await targetsOf(aws, rule)).map(async (target) => ({
      rule: rule.Name ?? '',
      answer: await invokeFunction(aws, target),
    })),
  )
  return Promise.all((await Promise.all(calls)).flat())
}

async function deployedRules(aws: EmulatedAws): Promise<readonly DescribeRuleCommandOutput[]> {
  const { Rules = [] } = await aws.eventBridge.send(new ListRulesCommand({}))
  return Promise.all(Rules.map(({ Name }) => aws.eventBridge.send(new DescribeRuleCommand({ Name }))))
}

async function targetsOf(aws: EmulatedAws, { Name }: DescribeRuleCommandOutput) {
  const { Targets = [] } = await aws.eventBridge.send(new ListTargetsByRuleCommand({ Rule: Name }))
  return Targets
}

async function whyRuleIsSilent(
  aws: EmulatedAws,
  rule: DescribeRuleCommandOutput,
  event: Event,
): Promise<Why | undefined> {
  const { State = '', EventPattern = '{}' } = rule
  if (State === 'DISABLED') return always(({ disabled }) => disabled)
  const { Result } = await aws.eventBridge.send(
    new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) }),
  )
  const pattern = JSON.parse(EventPattern) as Event
  if (!Result)
    return {
      nearest: (words) => nearestReason(pattern, event, words),
      all: (words) => whySilent(pattern, event, words),
    }
  const { readOnly: reads } = (event.detail ?? {}) as { readOnly?: unknown }
  // A rule that is just ENABLED is not shown read-only management events.
  const hidden = State === 'ENABLED' && (reads === true || reads === 'true')
  return hidden ? always(({ readOnly }) => readOnly) : undefined
}

/** A reason that is as short as it is full. */
function always(why: Why['all']): Why {
  return { nearest: why, all: why }
}
