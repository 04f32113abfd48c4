// Which controls of which frameworks the parts answer: as metadata in each template, and as a page (docs/controls.md).
// The numbers of ISMS-P are Prowler's mapping of checks on root; which of them a part answers is our reading.
import type { Template } from 'cloudform'
import type { Settings } from './config/schema.ts'

export interface Control {
  /** The resources that answer it. */
  readonly parts: readonly Part[]
  /** What is asked for. */
  readonly asks: string
  readonly numbers: Readonly<Partial<Record<Framework, readonly string[]>>>
  /** Where a checker looks for something else, or we do only a part of it. */
  readonly note?: string
}

/** A resource of a template; the same logical id may be something else in another. */
interface Part {
  readonly in: TemplateName
  readonly id: string
  /** Where it answers it by some settings alone. */
  readonly when?: (settings: Settings) => boolean
}

export type TemplateName = 'notifier' | 'us-east-1' | 'operations' | 'ap-northeast-2' | 'relay'

const alarm = (id: string): Part => ({ in: 'us-east-1', id })
const posture = (id: string): Part => ({ in: 'ap-northeast-2', id })

export type Framework = (typeof frameworks)[number]

export const frameworks = ['CIS v3', 'CIS v5', 'CIS v6', 'Security Hub', 'ISMS-P'] as const

export const controls: readonly Control[] = [
  {
    parts: [posture('RootAccessKeyRule')],
    asks: 'Root has no access key',
    numbers: {
      'CIS v3': ['1.4'],
      'CIS v5': ['1.3'],
      'CIS v6': ['2.3'],
      'Security Hub': ['IAM.4'],
      'ISMS-P': ['2.5.1', '2.5.5', '2.7.2'],
    },
    note: 'looked at hourly, and told when it changes; taking the key away stays with you',
  },
  {
    parts: [posture('RootMfaRule')],
    asks: 'Root has MFA',
    numbers: {
      'CIS v3': ['1.5'],
      'CIS v5': ['1.4'],
      'CIS v6': ['2.4'],
      'Security Hub': ['IAM.9'],
      'ISMS-P': ['2.5.3', '2.10.2'],
    },
    note: 'looked at hourly, and told when it changes; where root has no credentials at all the rule does not apply',
  },
  {
    parts: [posture('RootMfaRule')],
    asks: "Root's MFA is hardware",
    numbers: { 'CIS v3': ['1.6'], 'CIS v5': ['1.5'], 'CIS v6': ['2.5'], 'Security Hub': ['IAM.6'] },
    note: 'in part: the rule sees that there is MFA, not of what kind',
  },
  {
    parts: [alarm('RootActivityRule')],
    asks: 'Root is not used for daily work',
    numbers: { 'CIS v3': ['1.7'], 'CIS v5': ['1.6'], 'CIS v6': ['2.6'], 'ISMS-P': ['2.5.5', '2.10.1'] },
    note: 'every use is told; not using it stays with you',
  },
  {
    parts: [
      alarm('RootActivityRule'),
      alarm('AlertTopic'),
      posture('RelayRootActivityRule'),
      { in: 'relay', id: 'RelayRootActivityRule' },
    ],
    asks: 'Use of root is monitored',
    numbers: { 'CIS v3': ['4.3'], 'CIS v5': ['4.3'], 'CIS v6': ['5.3'], 'ISMS-P': ['2.11.3'] },
    note: "by an EventBridge rule, which sees more; a checker that looks for CIS's metric filter on a log group will not find one",
  },
  {
    parts: [posture('Trail')],
    asks: 'A trail of all Regions logs reads and writes',
    numbers: { 'CIS v3': ['3.1'], 'CIS v5': ['3.1'], 'Security Hub': ['CloudTrail.1'] },
  },
  {
    parts: [posture('Trail')],
    asks: 'Log files are validated',
    numbers: { 'CIS v3': ['3.2'], 'CIS v5': ['3.2'], 'Security Hub': ['CloudTrail.4'] },
  },
  {
    parts: [posture('Recorder')],
    asks: 'AWS Config records',
    numbers: { 'CIS v3': ['3.3'], 'CIS v5': ['3.3'], 'Security Hub': ['Config.1'] },
    note: 'in ap-northeast-2 alone, and IAM users alone unless recording: all; the controls ask for every Region',
  },
  {
    // It says where its access logs go; that may be a bucket of the account's own.
    parts: [posture('TrailBucket')],
    asks: "Who reads the trail's bucket is logged",
    numbers: { 'CIS v3': ['3.4'], 'CIS v5': ['3.4'], 'Security Hub': ['CloudTrail.7'] },
    note: "the trail's own bucket; one that buckets.trail or trail: reuse names is yours to log",
  },
  {
    parts: [{ ...posture('Trail'), when: ({ encryption }) => encryption === 'customer-key' }],
    asks: "The trail's log is encrypted with a key of the account's own",
    numbers: { 'CIS v3': ['3.5'], 'CIS v5': ['3.5'], 'Security Hub': ['CloudTrail.2'] },
    note: 'with encryption: customer-key',
  },
  {
    parts: [alarm('EncryptionKey'), posture('EncryptionKey')],
    asks: "Keys of the account's own rotate",
    numbers: { 'CIS v3': ['3.6'], 'CIS v5': ['3.6'] },
    note: "the guard's own, with encryption: customer-key",
  },
]

/** The template with the controls that its own resources answer, by those settings, as its metadata. */
export function withControls(template: Template, name: TemplateName, settings: Settings): Template {
  const answered = Object.keys(template.Resources ?? {}).flatMap((id) => {
    const numbers = numbersOf(controls.filter(({ parts }) => parts.some((part) => answers(part, name, id, settings))))
    return numbers.length === 0 ? [] : [[id, numbers.join(', ')]]
  })
  return answered.length === 0 ? template : { ...template, Metadata: { Controls: Object.fromEntries(answered) } }
}

function answers(part: Part, name: TemplateName, id: string, settings: Settings): boolean {
  return part.in === name && part.id === id && (part.when?.(settings) ?? true)
}

function numbersOf(answered: readonly Control[]): readonly string[] {
  return frameworks.flatMap((framework) => {
    const inIt = answered.flatMap(({ numbers }) => numbers[framework] ?? [])
    return inIt.length === 0 ? [] : `${framework} ${inIt.join(' ')}`
  })
}

const shown = ({ id, in: template }: Part) => `${id} (${template})`

/** The page, in Markdown. */
export function controlsPage(source: string): string {
  const row = ({ asks, numbers, parts, note = '' }: Control) =>
    [
      asks,
      ...frameworks.map((framework) => numbers[framework]?.join(', ') ?? ''),
      parts.map(shown).join(', '),
      note,
    ].join(' | ')
  const head = ['what is asked for', ...frameworks, 'answered by', 'note']
  return [
    `<!-- Generated from ${source} by: npm run generate. Do not edit. -->`,
    '# Controls',
    '',
    'Which controls this guard answers, and with what. CIS is the AWS Foundations Benchmark. An empty cell means that we have',
    'not found the number attested, not that there is none. The numbers of ISMS-P are from the mapping that Prowler publishes;',
    'which of them a part answers is our reading, and an auditor may read otherwise.',
    '',
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...controls.map((control) => `| ${row(control)} |`),
    '',
    'The same numbers are in the metadata of each template, below `Controls`, by the logical id of the resource.',
    '',
  ].join('\n')
}
