// One comment on a pull request, found again by a hidden marker and edited: a comment for each push buries the talk.
import * as v from 'valibot'
import type { GitHub } from './api.ts'
import { bodyLimit, fitted } from './fit.ts'
import { parsedList } from './shapes.ts'

export interface StickyComment {
  readonly pullRequest: number
  /** Tells this comment from others of ours: `plan`. */
  readonly name: string
  /** Who writes it: a stranger's comment that carries the marker is not taken for ours. */
  readonly author: string
  readonly markdown: string
  /** The last line, which is never cut. */
  readonly footer: string
}

export type Written = 'added' | 'edited' | 'unchanged'

export async function stickyComment(gitHub: GitHub, comment: StickyComment): Promise<Written> {
  const { pullRequest, name, author } = comment
  const find = () => existing(gitHub, { pullRequest, marker: markerOf(name), author })
  const body = bodyOf(comment)
  const found = await find()
  if (found?.body === body) return 'unchanged'
  if (found !== undefined) {
    await gitHub.change(`issues/comments/${found.id}`, { body })
    return 'edited'
  }
  await gitHub.create(`issues/${pullRequest}/comments`, { body }, async () => (await find()) !== undefined)
  return 'added'
}

export function markerOf(name: string): string {
  return `<!-- root-guard:${name} -->`
}

function bodyOf({ name, markdown, footer }: StickyComment): string {
  const around = [`${markerOf(name)}\n`, `\n\n<sub>${footer}</sub>\n`] as const
  return around.join(fitted(markdown.trimEnd(), bodyLimit - around.join('').length))
}

const commentSchema = v.object({
  id: v.number(),
  body: v.nullish(v.string(), ''),
  user: v.nullish(v.object({ login: v.string() })),
})

interface Whose {
  readonly pullRequest: number
  readonly marker: string
  readonly author: string
}

async function existing(gitHub: GitHub, { pullRequest, marker, author }: Whose) {
  const comments = parsedList(commentSchema, await gitHub.list(`issues/${pullRequest}/comments`), 'comments')
  return comments.find(({ body, user }) => user?.login === author && body.startsWith(marker))
}
