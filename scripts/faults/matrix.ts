// The matrix as data: what can be wrong with a provider, which channel meets it and what stands beside that one, and what
// of AWS is broken at the same time. A cell is one of each.
import type { ChannelName } from '../../handlers/notifier/settings.ts'
import type { Mood } from '../rehearsal/providers/provider.ts'

/** `skewed`: nothing is wrong with the provider, and the function's clock is an hour ahead. */
export type Fault = Mood | 'skewed'

/** What is wrong, in the order of the tables. */
export const faults = {
  ok: 'nothing',
  slow: 'answers after 0.8 s',
  hangs: 'takes the request and never answers',
  resets: 'takes the request and cuts the connection',
  unreachable: 'nobody listens',
  busy: '429',
  broken: '500',
  refuses: 'a final no, as a blocked bot or a wrong key',
  'accepts-but-fails': 'a 200 that says it failed',
  amends: 'asks for something to be done otherwise',
  garbage: 'a 200 that is not JSON',
  huge: 'a 200 without an end',
  truncated: 'sends the message and cuts its answer short',
  redirects: 'a 302 to elsewhere',
  skewed: "the function's clock is an hour ahead",
} as const satisfies Record<Fault, string>

/** Each channel with the one that works: that of another company, as a person would choose it. */
export const partners = {
  telegram: 'nhn-sms',
  'nhn-sms': 'solapi-sms',
  'solapi-sms': 'nhn-sms',
  'nhn-alimtalk': 'solapi-sms',
  'solapi-alimtalk': 'nhn-sms',
  slack: 'telegram',
  discord: 'telegram',
} as const satisfies Record<ChannelName, ChannelName>

export type Channel = keyof typeof partners

/** How the two stand to each other. */
export const shapes = {
  beside: (faulty: Channel) => ({ one: [faulty], other: [partners[faulty]] }),
  before: (faulty: Channel) => ({ only: [faulty, partners[faulty]] }),
} as const satisfies Record<string, (faulty: Channel) => Record<string, readonly Channel[]>>

export type Shape = keyof typeof shapes

/** DynamoDB and SSM: up, or as rehearsal/aws-stand-in.ts breaks them. */
export const conditions = ['up', 'broken', 'throttled', 'hangs'] as const
export type Condition = (typeof conditions)[number]

export interface Cell {
  readonly shape: Shape
  readonly channel: Channel
  readonly fault: Fault
  readonly dynamodb: Condition
  readonly ssm: Condition
  /** Whether the execution environment read the secrets before SSM failed, more than five minutes ago. */
  readonly warm: boolean
}

export type Chosen = Readonly<Partial<{ [Part in keyof Cell]: readonly Cell[Part][] }>>

/** Without secrets nobody is asked, so that it does not matter how a provider would have answered. */
const faultsUnasked: readonly Fault[] = ['ok', 'hangs', 'refuses']

/** All cells, or those of the parts that are chosen. */
export function cells(chosen: Chosen = {}): readonly Cell[] {
  const all: Cell[] = []
  for (const { dynamodb, ssm, warm } of states())
    for (const shape of Object.keys(shapes) as Shape[])
      for (const fault of Object.keys(faults) as Fault[])
        for (const channel of Object.keys(partners) as Channel[])
          all.push({ shape, channel, fault, dynamodb, ssm, warm })
  const asked = all.filter((cell) => hasSecrets(cell) || faultsUnasked.includes(cell.fault))
  return asked.filter((cell) =>
    Object.entries(chosen).every(([part, values]) => (values as unknown[]).includes(cell[part as keyof Cell])),
  )
}

export function hasSecrets({ ssm, warm }: Pick<Cell, 'ssm' | 'warm'>): boolean {
  return ssm === 'up' || warm
}

type State = Pick<Cell, 'dynamodb' | 'ssm' | 'warm'>

/** With SSM up it makes no difference what was read before. */
function states(): readonly State[] {
  const failing = conditions.filter((ssm) => ssm !== 'up')
  const ofSsm = [
    { ssm: 'up' as Condition, warm: false },
    ...failing.map((ssm) => ({ ssm, warm: true })),
    ...failing.map((ssm) => ({ ssm, warm: false })),
  ]
  return conditions.flatMap((dynamodb) => ofSsm.map((one) => ({ dynamodb, ...one })))
}
