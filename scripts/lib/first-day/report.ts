// The report of a first day: what each step came to, what only AWS could say, and what is left for a person to do by hand.
import type { Outcome } from '../command.ts'
import { row } from '../report/findings.ts'
import type { Fact } from './facts.ts'
import { type Ran, typed } from './steps.ts'

export interface FirstDay {
  readonly at: Date
  /** Who ran it, as AWS names them. */
  readonly caller: string
  readonly ran: readonly Ran[]
  readonly facts: readonly Fact[]
}

export function firstDayMarkdown({ at, caller, ran, facts }: FirstDay): string {
  return [
    '# A first day on a live account',
    '',
    `${at.toISOString()}, Node ${process.versions.node}, as ${caller}`,
    '',
    'Account ids, phone numbers, tokens, e-mail names and names of role sessions are taken out.',
    '',
    '| step | came to | seconds | shows |',
    '|---|---|---|---|',
    ...ran.map((one) => row([typed(one.step), cameTo(one), `${one.seconds}`, one.step.proves])),
    '',
    '## By hand',
    '',
    ...byHand.map((line) => `- [ ] ${line}`),
    '',
    '## What only AWS could say',
    '',
    ...facts.flatMap(({ title, lines }) => [`### ${title}`, '', ...lines, '']),
    '## What the steps said',
    '',
    ...ran
      .filter(({ markdown }) => markdown !== '')
      .flatMap(({ step, markdown }) => [`#### ${typed(step)}`, '', markdown, '']),
  ].join('\n')
}

/** Ends in which step failed, and what to do; the report's file is said where it is written. */
export function firstDayOutcome({ ran, facts }: FirstDay, markdown: string, file: string): Outcome {
  const failed = ran.filter(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
  const unknown = facts.filter(({ state }) => state === 'unknown')
  return {
    ok: failed.length === 0,
    text: [
      '',
      ...ran.map((one) => `${signOf(one)} ${typed(one.step)}: ${cameTo(one)}`),
      ...failed.map(({ step }) => `${typed(step)} failed\n  → ${step.fix}`),
      ...unknown.map(({ title, lines }) => `${title}: ${lines.join(' ')}`),
      `the report is in ${file}, without account ids, phone numbers, tokens, e-mail names and role sessions: read it, do what it leaves to your hands, attach it`,
    ].join('\n'),
    json: {
      ok: failed.length === 0,
      report: file,
      steps: ran.map(({ step, exitCode, seconds }) => ({
        step: typed(step),
        exitCode: exitCode ?? null,
        seconds,
        fix: step.fix,
      })),
      facts,
    },
    markdown,
  }
}

function cameTo({ exitCode, markdown }: Ran): string {
  if (exitCode === undefined) return 'not reached'
  return exitCode === 0 ? (ownTitle(markdown) ?? 'ok') : `failed, exit ${exitCode}`
}

/** What the step says of itself: it may end well with something unknown. A bare name of the command says nothing, its headline does. */
function ownTitle(markdown: string): string | undefined {
  const [heading = '', headline] = markdown.split('\n').filter((line) => line.trim() !== '')
  const [, title] = /^#+ (.+)$/.exec(heading) ?? []
  return title === undefined || title.includes(': ') ? title : (headline ?? title)
}

function signOf({ exitCode }: Ran): string {
  return exitCode === undefined ? '·' : exitCode === 0 ? '✓' : '✗'
}

/** In the order of docs/first-live-day.md. */
const byHand = [
  'every phone rang with the drill, and every mailbox has its mail (mail came after ___ s); its text reads well: no stray quotes',
  "through CloudTrail: `gh workflow run 'test alert' -f way=through-cloudtrail` is green (record came after ___ s)",
  'root signed in once at ___: phones rang after ___ s, the mail came after ___ s, both name the account and the address it came from',
  'an alarm was set to ALARM by hand, and the mail of the operations topic came after ___ s',
  'the bill after 24 hours: ___ USD for the guard, of which not on the cost page: ___',
]
