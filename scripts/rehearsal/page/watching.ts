// What of the corpus the rules of the generated templates take, and which ways it then goes, by the emulator's TestEventPattern.
import type { Settings } from '../../../templates-src/config/schema.ts'
import { type CorpusRecord, corpusApi, happeningNow } from '../records.ts'
import { type GeneratedTemplate, generatedTemplates } from './templates.ts'
import type { Theatre } from './theatre.ts'

export interface Watching {
  readonly rules: readonly Rule[]
  readonly rows: readonly Row[]
  readonly regions: readonly Watched[]
  readonly relayRegions: Settings['relayRegions']
}

/** What somebody is told of, as EventBridge's targets are called. */
export const ways = ['phones', 'email'] as const
export type Way = (typeof ways)[number]

/** A Region, or all those that are relayed alike. */
export type Watched = GeneratedTemplate['region']

export interface Row {
  readonly kind: string
  readonly told: Readonly<Record<CorpusRecord['label'], Share>>
  /** Of the records that must be told, those that go that way when they are recorded in that Region. */
  readonly reach: Readonly<Record<Watched, Readonly<Record<Way, Share>>>>
}

export interface Share {
  readonly count: number
  readonly all: number
}

export interface Rule {
  readonly name: string
  readonly region: Watched
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
  const regions = (['us-east-1', 'ap-northeast-2', 'relayRegions'] as const).filter(
    (region) => region !== 'relayRegions' || relayRegions.length > 0,
  )
  const rules = deployedRules(account).filter(({ region }) => regions.includes(region))
  const patterned = rules.filter(({ pattern }) => pattern !== '')
  const taken = await Promise.all(
    patterned.map(async ({ region, targets, pattern }) => ({ region, targets, names: await takenBy(pattern) })),
  )

  async function takenBy(pattern: string): Promise<ReadonlySet<string>> {
    const names = new Set<string>()
    // As they are fired: of the account that is guarded, which the patterns ask for.
    for (const { name, event } of records) if (await takes(pattern, happeningNow(event, account))) names.add(name)
    return names
  }

  /** From another Region than us-east-1 it goes by a relay's rule and then on as it would there. */
  function goes(record: CorpusRecord, region: Watched, way: Way): boolean {
    const by = (where: Watched, target: string) =>
      taken.some((rule) => rule.region === where && rule.targets.includes(target) && rule.names.has(record.name))
    return by('us-east-1', way) && (region === 'us-east-1' || by(region, 'alarm-region'))
  }

  const row = (kind: string): Row => {
    const mine = records.filter((record) => record.kind === kind)
    const labelled = (label: CorpusRecord['label']) => mine.filter((record) => record.label === label)
    const told = (label: CorpusRecord['label']) =>
      share(labelled(label), (record) => ways.some((way) => goes(record, 'us-east-1', way)))
    const reach = (region: Watched) => ({
      phones: share(labelled('alert'), (record) => goes(record, region, 'phones')),
      email: share(labelled('alert'), (record) => goes(record, region, 'email')),
    })
    return {
      kind,
      told: { alert: told('alert'), silent: told('silent'), decide: told('decide') },
      reach: {
        'us-east-1': reach('us-east-1'),
        'ap-northeast-2': reach('ap-northeast-2'),
        relayRegions: reach('relayRegions'),
      },
    }
  }
  return { rules, rows: [...new Set(records.map(({ kind }) => kind))].map(row), regions, relayRegions }
}

function share(records: readonly CorpusRecord[], holds: (record: CorpusRecord) => boolean): Share {
  return { count: records.filter(holds).length, all: records.length }
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

/** What CloudFormation would have filled in. */
function resolved(pattern: unknown, account: string): string {
  const filled = (_: string, value: unknown): unknown => {
    const { 'Fn::Sub': sub, Ref } = (value ?? {}) as { 'Fn::Sub'?: unknown; Ref?: unknown }
    if (typeof sub === 'string') return sub.replace(`\${Api}`, corpusApi)
    if (typeof Ref !== 'string') return value
    return Ref === 'AWS::AccountId' ? account : corpusApi
  }
  const parameters: Readonly<Record<string, string>> = { AccountId: account, Partition: 'aws', Region: 'us-east-1' }
  return JSON.stringify(pattern, filled).replace(/\$\{AWS::(\w+)\}/g, (all, name: string) => parameters[name] ?? all)
}
