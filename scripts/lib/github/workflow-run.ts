// Where in GitHub Actions a command runs, read from what the runner sets.
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { CommandError } from '../command.ts'
import type { JobSoFar } from './job-summary.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** As Markdown: the workflow and a link to its run; elsewhere, that it was none. */
export function sourceOf({
  GITHUB_SERVER_URL,
  GITHUB_REPOSITORY,
  GITHUB_RUN_ID,
  GITHUB_WORKFLOW,
}: Environment): string {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return 'Written by hand, outside GitHub Actions.'
  const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`
  return `Written by the workflow ${GITHUB_WORKFLOW ?? ''} in [this run](${run}).`
}

/** How the job went so far, as its last steps are told: JOB_STATUS, and the outcomes INSTALL and SIGN_IN. */
export function jobOf({ JOB_STATUS, INSTALL, SIGN_IN, ...environment }: Environment): JobSoFar {
  return { status: JOB_STATUS || 'success', install: INSTALL, signIn: SIGN_IN, signInPage: pageAt(environment) }
}

const signInPage = 'docs/trust.md#when-nobody-gets-in'

/** A link to the page as it is in the commit that runs; outside of a workflow its path. */
function pageAt({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA }: Environment): string {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_SHA) return signInPage
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}/${signInPage}`
}

/** The newest commit of the pull request; GITHUB_SHA would be of its merge into the branch, which nobody pushed. */
export function headOf({ GITHUB_EVENT_PATH }: Environment): string | undefined {
  const event = eventOf(GITHUB_EVENT_PATH)
  return event.success ? event.output.pull_request.head?.sha : undefined
}

/** The author that comments and issues have when a workflow writes them with its own token. */
export const workflowAuthor = 'github-actions[bot]'

/** The number said, else the one of the pull request this workflow runs for. */
export function pullRequestNumber(said: string | undefined, { GITHUB_EVENT_PATH }: Environment): number {
  if (said !== undefined) {
    if (/^[1-9]\d{0,8}$/.test(said)) return Number(said)
    throw new CommandError(`--pull-request is «${said}»`, 'give its number, as --pull-request 7', 2)
  }
  const event = eventOf(GITHUB_EVENT_PATH)
  if (event.success) return event.output.pull_request.number
  throw new CommandError(
    'there is no pull request to write to: this does not run for one',
    'run it in a workflow on pull_request, or say --pull-request NUMBER',
    2,
  )
}

function eventOf(file: string | undefined) {
  return v.safeParse(eventSchema, file ? JSON.parse(readFileSync(file, 'utf8')) : {})
}

const eventSchema = v.object({
  pull_request: v.object({ number: v.number(), head: v.optional(v.object({ sha: v.string() })) }),
})

/** The text of a file that a step before this one has written. */
export function textOf(file: string | undefined, example: string): string {
  if (file === undefined) throw new CommandError('--file is missing', `say --file ${example}`, 2)
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new CommandError(
      `${file} cannot be read: ${(error as Error).message}`,
      'the step before makes it: npm run github:report',
      2,
    )
  }
}
