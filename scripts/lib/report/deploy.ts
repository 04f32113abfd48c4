// What a deploy came to: the words, the JSON and the Markdown. Pure.
import { alarmRegion, channelsOf, type Settings } from '../../../templates-src/config/schema.ts'
import { type Refusal, refusalText } from '../attempt.ts'
import type { Outcome } from '../command.ts'
import type { StackSetTemplate } from '../generated.ts'
import type { Finding } from '../live/stack.ts'
import { type Problem, problemText } from '../problem.ts'
import { parameterOf } from '../secrets/schema.ts'
import type { Converged } from '../stackset/converge.ts'
import { failureText, givingUp, type RegionFailure } from '../stackset/failure.ts'
import { type InstanceState, instanceVerdict, surplusRegions } from '../stackset/verdict.ts'
import { failing, findingsMarkdown, findingText, row } from './findings.ts'

export interface Deployed {
  readonly done: readonly Converged[]
  /** What was refused outright, and so came to nothing. */
  readonly refusals: readonly Refusal[]
  /** How long AWS Config remembers was set. */
  readonly retained: boolean
  readonly templates: readonly StackSetTemplate[]
  readonly findings: readonly Finding[]
  /** What was found before the first write and kept nothing back: printed then, and here for the summary alone. */
  readonly warnings?: readonly Problem[]
  readonly reminders: readonly string[]
}

export function deployOutcome(deployed: Deployed): Outcome {
  const { done, refusals, retained, templates, findings, warnings = [], reminders } = deployed
  const changed = retained || done.some(({ wrote }) => wrote.length > 0)
  const failures = done.flatMap((one) => one.failures)
  const behind = done.flatMap((one) => behindText(one, failures))
  const surplus = templates.flatMap((template) => surplusText(template, done))
  const absent = templates.flatMap((template) => absentText(template, done))
  const wrong = [
    ...failures.map(failureText),
    ...refusals.map(refusalText),
    ...behind,
    ...absent,
    ...surplus,
    ...failing(findings).map(findingText),
  ]
  const waiting = findings.filter(({ state }) => state === 'waiting').map(findingText)
  const fine = changed ? 'deployed' : 'nothing to do: everything is as configured'
  const sentences = [...(wrong.length === 0 ? [fine] : wrong), ...(changed ? waiting : []), ...reminders]
  return {
    ok: wrong.length === 0,
    text: [...rowsOf(done).map((cells) => cells.join('  ')), ...sentences].join('\n'),
    json: { changed, stackSets: done, refusals, findings, surplus, warnings },
    markdown: [
      '### Deploy',
      '',
      ...[...warnings.map(problemText), ...sentences].map((sentence) => `- ${sentence.replaceAll('\n', '\n  ')}`),
      '',
      '| StackSet | Region | state | |',
      '|---|---|---|---|',
      ...rowsOf(done).map(row),
      '',
      ...findingsMarkdown(findings),
    ].join('\n'),
  }
}

/** What a deploy does not do or look at, said whenever it wrote something. Which mail is not confirmed is among the findings. */
export function reminders(settings: Settings): readonly string[] {
  const parameters = channelsOf(settings).map((channel) => parameterOf(settings.name, channel))
  return [
    `not looked at here: for phones to ring SSM of ${alarmRegion} needs ${parameters.join(', ')}; npm run secrets puts them, npm run doctor says what is there`,
  ]
}

/** Instances that are not CURRENT and whose failure was not told already. */
function behindText({ stackSet, instances }: Converged, failures: readonly RegionFailure[]): readonly string[] {
  const told = (region: string) => failures.some((one) => one.stackSet === stackSet && one.region === region)
  return instances
    .filter((instance) => instance.status !== 'CURRENT' && !told(instance.region))
    .map((instance) =>
      instanceVerdict(instance) === 'stuck' ? stuckText(stackSet, instance) : late(stackSet, instance),
    )
}

function late(stackSet: string, { region, status, reason }: InstanceState): string {
  return `${stackSet}: the stack in ${region} is ${status}${reason === '' ? '' : `: ${reason}`}\n  → npm run deploy again; if it stays so, look at the StackSet in the CloudFormation console`
}

function stuckText(stackSet: string, instance: InstanceState): string {
  const { region, status, reason, stackStatus = '' } = instance
  const words = `${stackSet}: the stack in ${region} is ${status}${stackStatus === '' ? '' : ` (${stackStatus})`}${reason === '' ? '' : `: ${reason}`}`
  const hint =
    stackStatus === 'UPDATE_ROLLBACK_FAILED'
      ? `mend what it could not roll back, then: aws cloudformation continue-update-rollback --region ${region}, with that stack's name; then npm run deploy again`
      : `a deletion failed there, and AWS leaves it out of updates: ${givingUp(stackSet, instance)}, then npm run deploy again`
  return `${words}\n  → ${hint}`
}

/** Regions that are wished for, have no instance, and whose failure was not told already. */
function absentText({ stackSet, regions }: StackSetTemplate, done: readonly Converged[]): readonly string[] {
  const converged = done.find((one) => one.stackSet === stackSet)
  if (converged === undefined) return []
  const known = [...converged.instances, ...converged.failures].map(({ region }) => region)
  return regions
    .filter((region) => !known.includes(region))
    .map(
      (region) =>
        `${stackSet}: there is no stack in ${region}\n  → npm run deploy again; if it stays so, look at the StackSet's operations in the CloudFormation console`,
    )
}

/** What stays although it is no longer configured: Regions the guard lives in are not left by a change of a file. */
function surplusText({ stackSet, regions }: StackSetTemplate, done: readonly Converged[]): readonly string[] {
  const instances = done.find((one) => one.stackSet === stackSet)?.instances ?? []
  return surplusRegions({ regions }, { instances }).map(
    (region) =>
      `${stackSet}: ${region} is not configured and keeps its stack\n  → npm run deploy -- --yes-remove takes it away, if that is what you want`,
  )
}

function rowsOf(done: readonly Converged[]): readonly string[][] {
  return done.flatMap(({ stackSet, wrote, instances }) =>
    instances.map(({ region, status }) => [stackSet, region, status, wrote.length > 0 ? 'written' : 'unchanged']),
  )
}
