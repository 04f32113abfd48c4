// Which kinds of the corpus which rules of the generated templates take, by the emulator's TestEventPattern.
import type { Settings } from '../../../templates-src/config/schema.ts'
import { generatedTemplates } from './templates.ts'
import type { Theatre } from './theatre.ts'

export interface Watching {
  readonly rules: readonly Rule[]
  readonly rows: readonly { readonly kind: string; readonly records: number; readonly taken: readonly number[] }[]
  readonly relayRegions: Settings['relayRegions']
}

export interface Rule {
  readonly name: string
  readonly region: string
  readonly state: string
  readonly targets: readonly string[]
  /** '' for a rule of the clock. */
  readonly pattern: string
}

/** As soon as the stage stands. */
export async function watching({ settings, records, hands, generated }: Theatre): Promise<Watching> {
  const { account, relayRegions } = settings
  const { takes } = await hands
  await generated
  const rules = deployedRules(account)
  const patterned = rules.filter(({ pattern }) => pattern !== '')
  const kinds = [...new Set(records.map(({ kind }) => kind))]
  const taken = await Promise.all(patterned.map(({ pattern }) => takenBy(pattern)))
  const rows = kinds.map((kind) => ({
    kind,
    records: records.filter((record) => record.kind === kind).length,
    taken: taken.map((names) => records.filter(({ kind: of, name }) => of === kind && names.has(name)).length),
  }))
  return { rules, rows, relayRegions }

  async function takenBy(pattern: string): Promise<ReadonlySet<string>> {
    const names = new Set<string>()
    for (const { name, event } of records) if (await takes(pattern, event)) names.add(name)
    return names
  }
}

function deployedRules(account: string): readonly Rule[] {
  return generatedTemplates().flatMap(({ region, resources }) =>
    resources
      .filter(({ type }) => type === 'AWS::Events::Rule')
      .map(({ name, id, properties: { State, EventPattern, Targets } }) => ({
        name: name || id,
        region,
        state: String(State ?? 'ENABLED'),
        targets: ((Targets ?? []) as readonly { Id: string }[]).map(({ Id }) => Id),
        pattern: EventPattern === undefined ? '' : resolved(EventPattern, account),
      })),
  )
}

/** The id that the guard's API has in test/records; it is the one resource that a pattern refers to. */
const corpusApi = 'a1b2c3d4e5'

/** What CloudFormation would have filled in. */
function resolved(pattern: unknown, account: string): string {
  const filled = (_: string, value: unknown): unknown => {
    const { 'Fn::Sub': sub, Ref } = (value ?? {}) as { 'Fn::Sub'?: unknown; Ref?: unknown }
    if (typeof sub === 'string') return sub
    if (typeof Ref !== 'string') return value
    return Ref === 'AWS::AccountId' ? account : corpusApi
  }
  const parameters: Readonly<Record<string, string>> = { AccountId: account, Partition: 'aws', Region: 'us-east-1' }
  return JSON.stringify(pattern, filled).replace(/\$\{AWS::(\w+)\}/g, (all, name: string) => parameters[name] ?? all)
}
