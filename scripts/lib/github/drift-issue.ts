// One issue for drift: opened when something differs, kept up to date, closed when nothing differs any more. A comment,
// which notifies people, is added only when what differs has changed.
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { GitHub } from './api.ts'
import { type Drift, differing, driftBody, driftTitle, unknown } from './drift-words.ts'
import { parsedList } from './shapes.ts'
import { markerOf } from './sticky-comment.ts'

export type Reported = 'opened' | 'updated' | 'unchanged' | 'closed' | 'nothing to report' | 'left as it is'

export interface DriftReport {
  readonly drift: Drift
  /** Who writes the issue: a stranger's that carries the marker is not taken for ours. */
  readonly author: string
  /** Where it was found, as Markdown: a link to the run. */
  readonly source: string
}

export interface DriftIssue {
  readonly reported: Reported
  /** undefined where there is none, or where it was only just opened. */
  readonly number: number | undefined
}

export async function driftIssue(gitHub: GitHub, { drift, author, source }: DriftReport): Promise<DriftIssue> {
  const find = () => openIssue(gitHub, author)
  const found = await find()
  if (differing(drift).length === 0 && unknown(drift).length > 0) {
    return { reported: 'left as it is', number: found?.number }
  }
  if (differing(drift).length === 0) return found === undefined ? nothing : await close(gitHub, found.number, source)

  const head = `${marker}\n${fingerprint(drift)}\n`
  const wished = { title: driftTitle(drift), body: driftBody(drift, head, source) }
  if (found === undefined) {
    await gitHub.create('issues', wished, async () => (await find()) !== undefined)
    return { reported: 'opened', number: undefined }
  }
  const { number } = found
  await gitHub.change(`issues/${number}`, wished)
  if (found.body.startsWith(head)) return { reported: 'unchanged', number }
  await say(
    gitHub,
    number,
    `What differs has changed: ${driftTitle(drift)}. The description above is up to date. ${source}`,
  )
  return { reported: 'updated', number }
}

const marker = markerOf('drift')
const nothing: DriftIssue = { reported: 'nothing to report', number: undefined }

/** The comment comes first: should the second call fail, the next run finds the issue still open and closes it. */
async function close(gitHub: GitHub, number: number, source: string): Promise<DriftIssue> {
  await say(gitHub, number, `Nothing differs any more, so this is closed. Nothing is wanted from you. ${source}`)
  await gitHub.change(`issues/${number}`, { state: 'closed', state_reason: 'completed' })
  return { reported: 'closed', number }
}

/** A comment whose answer got lost is looked for before it is sent again. */
async function say(gitHub: GitHub, number: number, body: string): Promise<void> {
  const path = `issues/${number}/comments`
  const isThere = async () =>
    parsedList(commentSchema, await gitHub.list(path), 'comments').some((one) => one.body === body)
  await gitHub.create(path, { body }, isThere)
}

const commentSchema = v.object({ body: v.nullish(v.string(), '') })

/** The same for the same findings in whatever order. */
function fingerprint(drift: Drift): string {
  const lines = differing(drift).map((finding) => JSON.stringify(finding, Object.keys(finding).sort()))
  const hash = createHash('sha256').update(lines.sort().join('\n')).digest('hex')
  return `<!-- findings ${hash.slice(0, 16)} -->`
}

const issueSchema = v.object({
  number: v.number(),
  body: v.nullish(v.string(), ''),
  user: v.nullish(v.object({ login: v.string() })),
  // GitHub lists pull requests among the issues.
  pull_request: v.optional(v.unknown()),
})

async function openIssue(gitHub: GitHub, author: string) {
  const issues = parsedList(issueSchema, await gitHub.list('issues?state=open'), 'issues')
  return issues.find(
    ({ body, user, pull_request }) => pull_request === undefined && user?.login === author && body.startsWith(marker),
  )
}
