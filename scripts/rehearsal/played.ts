// What of a deploy the rehearsal plays: which templates stand on the stage, which resources of them are left out since the emulator does
// not make them, and what checks instead what is not played.
import type { GeneratedFile } from '../lib/generated.ts'
import { judgeable } from './judged.ts'

/** The templates that are deployed to the emulator, and the two that are not: it has neither StackSets nor a second Region. */
export const staged = ['notifier', 'us-east-1', 'operations'] as const
export const unstaged = ['ap-northeast-2', 'relay'] as const
export type Part = (typeof staged)[number] | (typeof unstaged)[number]

/** Why something is not played. */
export type Reason = 'unknown type' | 'metric math' | 'another Region'

/** What checks it instead, as it is typed. */
export const checksOf: Readonly<Record<Reason, readonly string[]>> = {
  'unknown type': ['cfn-lint', 'cfn-guard', 'test/templates-src/operations.test.ts'],
  'metric math': ['cfn-lint', 'cfn-guard', 'test/templates-src/operations.test.ts', 'npm run test:aws'],
  'another Region': ['cfn-lint', 'cfn-guard', 'npm run corpus', 'npm run test:aws'],
}

interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

/** Why MiniStack 1.5.33 does not make it, or undefined when it does. */
export function unplayed({ Type, Properties = {} }: Resource): Reason | undefined {
  if (/^AWS::Notifications(Contacts)?::/.test(Type)) return 'unknown type'
  // «Properties.Metrics (metric math) is not supported»
  if (Type === 'AWS::CloudWatch::Alarm' && Properties.Metrics !== undefined) return 'metric math'
  return undefined
}

/** The template without what the emulator does not make, and with policies that it can judge by (judged.ts). */
export function playable(body: string): string {
  const template = JSON.parse(body) as { Resources: Readonly<Record<string, Resource>> }
  const kept = Object.entries(template.Resources)
    .filter(([, resource]) => unplayed(resource) === undefined)
    .map(([id, resource]) => [id, judgeable(resource)])
  return JSON.stringify({ ...template, Resources: Object.fromEntries(kept) })
}

export interface NotPlayed {
  readonly file: string
  /** All of the template, when none is named. */
  readonly resources: readonly { readonly id: string; readonly type: string }[]
  readonly because: Reason
}

/** All that a deploy would create and the rehearsal does not play. `body` is what a deploy sends. */
export function notPlayed(
  templates: readonly { readonly body: string; readonly file: GeneratedFile }[],
): readonly NotPlayed[] {
  return templates.flatMap(({ body, file: { path: file } }): readonly NotPlayed[] => {
    if (!isStaged(file)) return [{ file, resources: [], because: 'another Region' }]
    const { Resources } = JSON.parse(body) as { Resources: Readonly<Record<string, Resource>> }
    const left = Object.entries(Resources).map(([id, resource]) => ({
      id,
      type: resource.Type,
      because: unplayed(resource),
    }))
    return (['metric math', 'unknown type'] as const)
      .map((because) => ({ file, because, resources: left.filter((one) => one.because === because) }))
      .filter(({ resources }) => resources.length > 0)
  })
}

export function isStaged(file: string): boolean {
  return staged.some((part) => file.endsWith(`/${part}.yaml`))
}
