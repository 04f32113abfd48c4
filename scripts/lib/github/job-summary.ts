// A job's summary: one sentence on top, a table of its commands, then what each reported. Pure.
import { fitted } from './fit.ts'
import { redacted } from './redact.ts'
import type { Step } from './reports.ts'
import { sentenceFor } from './sentences.ts'

export interface Reported extends Step {
  /** What its Markdown file holds. */
  readonly report: string
}

export interface JobSoFar {
  /** As GitHub gives it: success, failure, cancelled. */
  readonly status: string
  /** Outcomes of the steps that are no command of ours: success, failure, cancelled, skipped; '' where it did not begin. */
  readonly install?: string | undefined
  readonly signIn?: string | undefined
  /** Where the documents say what to do when a sign-in fails. */
  readonly signInPage?: string
}

export function jobSummary(steps: readonly Reported[], job: JobSoFar): string {
  const reports = steps.map(({ report }) => report.trim()).filter((report) => report !== '')
  const all = [`**${topSentence(steps, job)}**`, ...table(steps), ...reports, ''].join('\n\n')
  return fitted(redacted(all), summaryLimit)
}

/** GitHub takes 1 MiB; a character is at most three bytes of it for every unit that JavaScript counts. */
const summaryLimit = 349_525

export function topSentence(steps: readonly Reported[], job: JobSoFar): string {
  const { status, install, signIn, signInPage = 'docs/trust.md' } = job
  const broken = steps.find(({ exitCode }) => exitCode !== 0)
  if (broken !== undefined) return `❌ ${sentenceFor(broken.script, broken.exitCode, broken.report)}`
  if (status === 'cancelled') return `⏹️ ${stopped}`
  const last = steps.at(-1)
  // A step that is no command of ours: installing, signing in to AWS, talking to GitHub.
  if (install === 'failure') return `❌ ${notInstalled}`
  if (signIn === 'failure') return `❌ ${notSignedIn(signInPage)}`
  if (status !== 'success') return `❌ ${last === undefined ? beforeCommands : besideCommands}`
  return last === undefined
    ? '✅ There was nothing to do.'
    : `✅ ${sentenceFor(last.script, last.exitCode, last.report)}`
}

/** GitHub gives the same status for all three. */
const stopped =
  'The job was stopped before it ended: by somebody, by a newer run, or because it took too long. The log says which.'
const beforeCommands =
  'The job failed before its first command: checking out, or setting up Node; the log has the reason.'
const besideCommands = 'Every command went through, but another step failed: the log has the reason.'

const notInstalled =
  'npm ci failed, so no command ran and nothing in the account was looked at or changed: the log of the step install has the reason.'

/** The ids and the branch are compared before: what is left is the account's side. */
function notSignedIn(page: string): string {
  return `AWS did not let this job in, though its repository and branch are as root-guard.yaml says: has npm run bootstrap run with these settings? The rest is in ${page}.`
}

function table(steps: readonly Step[]): readonly string[] {
  if (steps.length === 0) return []
  const rows = steps.map(
    ({ script, options, exitCode, seconds }) =>
      `| \`${shown([script, ...options])}\` | ${exitCode === 0 ? 'done' : `exit ${exitCode}`} | ${seconds} s |`,
  )
  return [['| npm run | | took |', '|---|---|---|', ...rows].join('\n')]
}

/** Options may come from whoever started the workflow. */
function shown(words: readonly string[]): string {
  return words.join(' ').replaceAll(/[`|\n\r]/g, ' ')
}
