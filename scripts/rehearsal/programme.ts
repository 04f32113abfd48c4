// What a rehearsal prints of a scene: the rule, the way, the phones.
import type { Passage } from './event-bridge.ts'
import type { Step } from './plots.ts'
import type { Message } from './providers/provider.ts'
import type { Played } from './story.ts'
import type { Attempt, TargetPassage } from './targets.ts'

export function told(number: number, { title, steps, messages, ms, wrong }: Played): string {
  return [
    '',
    `${number}. ${title}`,
    ...[...steps.flatMap(step), ...messages.flatMap(phone)].map((line) => `   ${line}`),
    ...(messages.length === 0 ? ['   no phone rang'] : []),
    wrong.length === 0 ? `   as expected, in ${ms} ms` : `   NOT as expected: ${wrong.join('; ')}`,
  ].join('\n')
}

function step(one: Step): string[] {
  return 'said' in one ? one.said.split('\n') : way(one.passage)
}

function way({ silent, rules }: Passage): string[] {
  if (silent !== '') return [`silent, because ${silent}`]
  return rules.flatMap(({ rule, targets }) => [`rule ${rule} matched`, ...targets.flatMap(targetLines)])
}

function targetLines({ target, attempts, deadLetters }: TargetPassage): string[] {
  const lines = attempts.map((attempt) => `→ ${target}: ${attempt.status} in ${attempt.ms} ms${deliveries(attempt)}`)
  return deadLetters === '' ? lines : [...lines, `→ ${target}: given up, into the dead letters ${deadLetters}`]
}

/** What the API answered of each delivery, or how the text begins that was published for e-mail. */
function deliveries({ body }: Attempt): string {
  const answer = jsonOf(body)
  if (answer === undefined) return body === '' ? '' : `: ${firstLine(body)}`
  const rows = (answer.deliveries ?? []).map(
    ({ route, channel, outcome, code, ms, earlier }) =>
      `${route}/${channel} ${earlier ? 'accepted earlier' : `${outcome} (${code}) in ${ms} ms`}`,
  )
  return rows.length === 0 ? `: ${body}` : `: ${rows.join(', ')}`
}

function firstLine(text: string): string {
  const [first = '', ...more] = text.split('\n')
  return more.length === 0 ? first : `${first} and ${more.length} more lines`
}

interface Answer {
  readonly deliveries?: readonly {
    route: string
    channel: string
    outcome: string
    code: string
    ms: number
    earlier: boolean
  }[]
}

function jsonOf(body: string): Answer | undefined {
  try {
    return JSON.parse(body) as Answer
  } catch {
    return undefined
  }
}

function phone({ provider, recipient, text, bytes }: Message): string[] {
  const heading = `☎ ${provider} → ${recipient}${bytes === undefined ? '' : ` (${bytes} of 90 bytes)`}`
  return [heading, ...text.split('\n').map((line) => `  │ ${line}`)]
}
