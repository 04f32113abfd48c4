// What a rehearsal prints: of a scene the rule, the way and the phones; and in the end what was not played.
import type { Passage } from './event-bridge.ts'
import { en } from './page/words/en.ts'
import { checksOf, type NotPlayed } from './played.ts'
import type { Step } from './plots.ts'
import { type Message, mostBytes } from './providers/provider.ts'
import type { SceneLeft } from './scenes.ts'
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
  if (silent !== '') return [`silent: ${silent}`]
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

function phone({ provider, recipient, text, bytes, kind }: Message): string[] {
  const size =
    bytes === undefined || kind === undefined ? '' : `, ${kind} of ${bytes} bytes (at most ${mostBytes[kind]})`
  // A template of KakaoTalk's is text that was approved as it stands; with a Korean one the message is Korean, whatever `locale` says.
  const approved = provider.endsWith('alimtalk') ? ', AlimTalk: the template as KakaoTalk approved it, in Korean' : ''
  const heading = `☎ ${provider} → ${recipient}${size}${approved}`
  return [heading, ...text.split('\n').map((line) => `  │ ${line}`)]
}

/** The scenes that were left out, and what a deploy creates beyond what stands on the stage. */
export function notPlayedText({
  scenes,
  resources,
}: {
  readonly scenes: readonly SceneLeft[]
  readonly resources: readonly NotPlayed[]
}): string {
  const left = scenes.map(({ title, because }) => `   ${title}: ${because}`)
  const parts = resources.map(
    ({ file, resources: named, because }) =>
      `   ${file}${named.length === 0 ? '' : `, ${named.map(({ id }) => id).join(', ')}`}: ${en.resources.because[because]}; checked by ${checksOf[because].join(', ')}`,
  )
  return [
    ...(left.length === 0 ? [] : ['', 'scenes that were not played:', ...left]),
    ...(parts.length === 0 ? [] : ['', 'not on this stage, though a deploy creates it:', ...parts]),
    '',
    'the alarms stand on the stage, but nothing here measures: that they fire is for CloudWatch and npm run drill',
  ].join('\n')
}
