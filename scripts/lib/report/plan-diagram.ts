// What a deploy would change where, as a Mermaid diagram, which GitHub draws: StackSets, and the stacks they would touch. Pure.
import type { StackSetPlan } from '../plan/stackset.ts'
import type { ResourceChange } from '../plan/template.ts'

/** Of the StackSets that change; a block of Markdown. */
export function planDiagram(changed: readonly StackSetPlan[]): readonly string[] {
  if (changed.length === 0) return []
  return ['```mermaid', 'flowchart LR', ...changed.flatMap(stackSetLines), ...styles, '```', '']
}

const styles = [
  '  classDef new stroke:#1a7f37,stroke-width:2px',
  '  classDef changed stroke:#9a6700,stroke-width:2px',
  '  classDef gone stroke:#cf222e,stroke-width:2px,stroke-dasharray:4',
]

function stackSetLines(plan: StackSetPlan, index: number): readonly string[] {
  const id = `s${index}`
  const kind = plan.state === 'to be made' ? 'new' : 'changed'
  return [
    `  deploy([npm run deploy]) --> ${id}["${[plan.stackSet, ...counts(plan)].join('<br/>')}"]:::${kind}`,
    ...stacksOf(plan).map(
      ({ region, what, kind: style }, at) => `  ${id} -- "${what}" --> ${id}r${at}["${region}"]:::${style}`,
    ),
  ]
}

/** What becomes of its resources, worst first. */
function counts({ resources }: StackSetPlan): readonly string[] {
  return (
    [
      ['deleted', ['delete']],
      ['replaced', ['replace', 'may-replace']],
      ['left in the account', ['orphan']],
      ['new', ['create']],
      ['changed', ['update']],
    ] as const satisfies readonly (readonly [string, readonly ResourceChange['action'][]])[]
  )
    .map(([word, actions]) => ({
      word,
      number: resources.filter(({ action }) => actions.some((one) => one === action)).length,
    }))
    .filter(({ number }) => number > 0)
    .map(({ word, number }) => `${number} ${word}`)
}

interface Stack {
  readonly region: string
  readonly what: string
  readonly kind: 'new' | 'changed' | 'gone'
}

/** Stacks that a deploy makes, deletes or mends; where it changes all there are, they are one. */
function stacksOf({
  state,
  resources,
  others,
  regionsAdded,
  regionsRemoved,
  instances,
}: StackSetPlan): readonly Stack[] {
  const changesAll = state === 'there' && (resources.length > 0 || others.length > 0)
  return [
    ...(changesAll ? [{ region: 'every Region it is in', what: 'update', kind: 'changed' } as const] : []),
    ...regionsAdded.map((region) => ({ region, what: 'new stack', kind: 'new' }) as const),
    ...regionsRemoved.map((region) => ({ region, what: 'delete', kind: 'gone' }) as const),
    ...instances.map(({ region, status }) => ({ region, what: status, kind: 'changed' }) as const),
  ]
}
