// A plan as words for a person, and as Markdown fit for a comment on a pull request. Pure.
import { isNothing, type StackSetPlan } from '../plan/stackset.ts'
import type { PropertyChange, ResourceChange } from '../plan/template.ts'
import { row } from './findings.ts'
import { planDiagram } from './plan-diagram.ts'

/** GitHub refuses longer comments. */
export const commentLimit = 65_536

/** `changesBeside`: a deploy would change something that is no StackSet's. */
export function planText(plans: readonly StackSetPlan[], changesBeside = false): string {
  const changed = plans.filter((plan) => !isNothing(plan))
  const unchanged = plans.filter(isNothing).map(({ stackSet }) => `${stackSet}: no changes`)
  return [...changed.flatMap(stackSetText), ...unchanged, '', headline(plans, changesBeside).replaceAll('**', '')].join(
    '\n',
  )
}

/** At most 65,536 characters: StackSets from the end on lose their resources' properties, and what was left out is counted. */
export function planMarkdown(plans: readonly StackSetPlan[], around: Partial<Around> = {}): string {
  const { top = [], also = [], changesBeside = false } = around
  const changed = plans.filter((plan) => !isNothing(plan))
  const unchanged = plans.filter(isNothing).map(({ stackSet }) => `\`${stackSet}\``)
  const beside = also.length === 0 ? [] : [...also, '']
  const head = [
    '### Plan',
    '',
    ...top,
    headline(plans, changesBeside),
    '',
    ...beside,
    ...planDiagram(changed),
    ...overview(changed),
  ]
  const tail = unchanged.length > 0 && changed.length > 0 ? [`No changes: ${unchanged.join(', ')}`, ''] : []
  const room = commentLimit - [...head, ...tail].join('\n').length - roomForTheCount
  return [...head, ...fitted(changed.flatMap(sections), room), ...tail].join('\n')
}

/** Lines beside what the StackSets come to. */
export interface Around {
  /** Before the headline, with an empty line at their end. */
  readonly top: readonly string[]
  /** Below the headline. */
  readonly also: readonly string[]
  /** A deploy would change something that is no StackSet's. */
  readonly changesBeside: boolean
}

const roomForTheCount = 200

export function headline(plans: readonly StackSetPlan[], changesBeside = false): string {
  const count = (action: ResourceChange['action']) =>
    plans.flatMap(({ resources }) => resources).filter((change) => change.action === action).length
  const said = (['create', 'update', 'replace', 'may-replace', 'delete', 'orphan'] as const)
    .map((action) => ({ action, number: count(action) }))
    .filter(({ number }) => number > 0)
    .map(({ action, number }) => `${number} to ${verbs[action]}`)
  const made = plans.flatMap(({ regionsAdded }) => regionsAdded).length
  const removed = plans.flatMap(({ regionsRemoved }) => regionsRemoved).length
  const parts = [
    ...said,
    ...(made > 0 ? [`${counted(made, 'stack')} to make`] : []),
    ...(removed > 0 ? [`${counted(removed, 'stack')} to **delete**`] : []),
  ]
  const gone = plans.flatMap(({ stackSet, instances }) =>
    instances.filter(({ verdict }) => verdict === 'gone').map(({ region }) => `${stackSet} in ${region}`),
  )
  const isUpdate = plans.some(({ steps }) => steps.length > 0)
  const isOther = plans.some((plan) => !isNothing(plan)) && (isUpdate || gone.length === 0)
  const sentences = [
    ...(parts.length > 0 ? [`A deploy would change this: ${parts.join(', ')}.`] : []),
    ...(parts.length === 0 && isOther ? ['A deploy would bring stacks up to date.'] : []),
    ...(gone.length > 0
      ? [`The stack is **gone** of ${gone.join(', ')}: no deploy makes it again, and npm run drift says what to do.`]
      : []),
  ]
  if (sentences.length > 0) return sentences.join(' ')
  return changesBeside ? 'No StackSet would change.' : 'No changes: the account is as configured.'
}

const verbs = {
  create: 'create',
  update: 'update',
  replace: '**replace**',
  'may-replace': 'perhaps **replace**',
  delete: '**delete**',
  orphan: 'leave in the account',
} as const satisfies Record<ResourceChange['action'], string>

const signs = {
  create: '+',
  update: '~',
  replace: '±',
  'may-replace': '±?',
  delete: '−',
  orphan: '∘',
} as const satisfies Record<ResourceChange['action'], string>

function stackSetText(plan: StackSetPlan): readonly string[] {
  return [
    `${plan.stackSet}: ${plan.state === 'to be made' ? 'to be made' : 'to change'}`,
    ...facts(plan).map((fact) => `  ${fact}`),
    ...plan.resources.flatMap((change) => [
      `  ${signs[change.action].padEnd(2)} ${change.logicalId} (${change.type})${remark(change)}`,
      ...change.properties.map((property) => `       ${propertyText(property)}`),
    ]),
  ]
}

function remark({ action }: ResourceChange): string {
  return {
    create: '',
    update: '',
    replace: ' is replaced: a new one is made, the old one deleted',
    'may-replace': ' is perhaps replaced',
    delete: ' is deleted',
    orphan: ' leaves the stack and stays in the account',
  }[action]
}

function propertyText({ path, from, to, replaces }: PropertyChange): string {
  const mark = replaces === 'yes' ? ' (replaces it)' : replaces === 'perhaps' ? ' (may replace it)' : ''
  return `${path}: ${from || 'nothing'} → ${to || 'nothing'}${mark}`
}

/** Everything about a StackSet but its resources, a sentence each. */
function facts(plan: StackSetPlan): readonly string[] {
  const { regionsAdded, regionsRemoved, regionsKept, instances, others } = plan
  return [
    ...(regionsAdded.length > 0 ? [`new stacks: ${regionsAdded.join(', ')}`] : []),
    ...(regionsRemoved.length > 0 ? [`stacks to delete: ${regionsRemoved.join(', ')}`] : []),
    ...(regionsKept.length > 0 ? [`not configured, and kept without --yes-remove: ${regionsKept.join(', ')}`] : []),
    ...instances.map(
      ({ region, status, verdict, reason }) =>
        `${region} is ${status}: ${whatHappens[verdict]}${reason === '' ? '' : ` (${reason})`}`,
    ),
    ...others,
  ]
}

const whatHappens = {
  fine: 'nothing to do',
  behind: 'a deploy brings it up to date',
  'half-made': 'its creation failed; a deploy deletes what is left and makes it anew',
  stuck: 'a deploy leaves it as it is; it says what to do',
  gone: 'somebody deleted it behind the StackSet; npm run drift says what to do',
} as const

function overview(changed: readonly StackSetPlan[]): readonly string[] {
  if (changed.length === 0) return []
  const rows = changed.map(({ stackSet, resources, regionsAdded, regionsRemoved, instances }) => {
    const of = (...actions: readonly ResourceChange['action'][]) =>
      String(resources.filter(({ action }) => actions.includes(action)).length)
    return row([
      `\`${stackSet}\``,
      of('create'),
      of('update'),
      of('replace', 'may-replace'),
      of('delete', 'orphan'),
      [...regionsAdded.map((region) => `+${region}`), ...regionsRemoved.map((region) => `−${region}`)].join(' ') || '·',
      instances.map(({ region, status }) => `${region} ${status}`).join(', ') || '·',
    ])
  })
  return [
    '| StackSet | new | changed | replaced | gone | Regions | not current |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ]
}

/** A section a StackSet: collapsed, opened by whoever wants to read it. */
function sections(plan: StackSetPlan): readonly Section[] {
  const { stackSet, resources } = plan
  const opened = [`<details><summary><code>${stackSet}</code>: ${sectionTitle(plan)}</summary>`, '']
  const said = facts(plan).map((fact) => `- ${fact}`)
  const rows = resources.flatMap(resourceRows)
  return [
    {
      before: [...opened, ...said, ...(said.length > 0 ? [''] : []), ...(rows.length > 0 ? tableHead : [])],
      rows,
      after: [...(rows.length > 0 ? [''] : []), '</details>', ''],
    },
  ]
}

const tableHead = ['| | resource | property | from | to |', '|---|---|---|---|---|']

function sectionTitle({ state, resources, regionsAdded, regionsRemoved, instances }: StackSetPlan): string {
  const parts = [
    ...(state === 'to be made' ? ['new'] : []),
    ...(resources.length > 0 ? [counted(resources.length, 'resource')] : []),
    ...(regionsAdded.length > 0 ? [`new in ${counted(regionsAdded.length, 'Region')}`] : []),
    ...(regionsRemoved.length > 0 ? [`removed from ${counted(regionsRemoved.length, 'Region')}`] : []),
    ...(instances.some(({ verdict }) => verdict === 'gone') ? ['a stack is gone'] : []),
  ]
  return parts.join(', ') || 'to bring up to date'
}

function resourceRows(change: ResourceChange): readonly string[] {
  const name = `${change.logicalId}<br><sub>${change.type}</sub>`
  const verb = verbs[change.action]
  if (change.properties.length === 0) return [row([verb, name, '', '', ''])]
  return change.properties.map(({ path, from, to, replaces }, index) =>
    row([
      index === 0 ? verb : '',
      index === 0 ? name : '',
      `\`${path}\`${replaces === 'yes' ? ' **replaces**' : ''}`,
      code(from),
      code(to),
    ]),
  )
}

function code(text: string): string {
  return text === '' ? '·' : `\`${text.replaceAll('`', "'")}\``
}

interface Section {
  readonly before: readonly string[]
  readonly rows: readonly string[]
  readonly after: readonly string[]
}

/** As many rows as there is room for, from the first section on. */
function fitted(all: readonly Section[], room: number): readonly string[] {
  const frame = all.flatMap(({ before, after }) => [...before, ...after])
  let left = room - length(frame)
  let omitted = 0
  const lines = all.flatMap(({ before, rows, after }) => {
    const kept = rows.filter((line) => {
      const fits = left >= line.length + 1
      if (fits) left -= line.length + 1
      else omitted += 1
      return fits
    })
    return [...before, ...kept, ...after]
  })
  const count = `${counted(omitted, 'line')} left out, since a comment takes ${commentLimit.toLocaleString('en-US')} characters: npm run plan prints all of them.`
  return omitted === 0 ? lines : [...lines, count, '']
}

function length(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}

function counted(number: number, what: string): string {
  return `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`
}
