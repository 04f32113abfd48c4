// Writes a report into the one comment of ours on a pull request.
import { existsSync } from 'node:fs'
import { main } from '../lib/command.ts'
import { gitHub } from '../lib/github/api.ts'
import { topSentence } from '../lib/github/job-summary.ts'
import { redacted } from '../lib/github/redact.ts'
import { keptReports } from '../lib/github/reports.ts'
import { stickyComment } from '../lib/github/sticky-comment.ts'
import { short } from '../lib/github/tip.ts'
import { headOf, jobOf, pullRequestNumber, sourceOf, textOf, workflowAuthor } from '../lib/github/workflow-run.ts'

await main({
  usage: 'npm run github:comment',
  purpose: 'Writes a report into one comment on the pull request: added the first time, edited from then on.',
  details: `Needs GITHUB_TOKEN with pull-requests: write, and GITHUB_REPOSITORY. Account ids and phone numbers are masked.
example: npm run github:comment -- --file reports/plan.md --pull-request 7 --author your-login
exit code: 0 written or already so, 1 GitHub refused, 2 used or configured wrongly`,
  options: {
    file: { type: 'string', value: 'FILE', help: 'the Markdown to write, as reports/plan.md' },
    'even-without': {
      type: 'boolean',
      help: 'where the file is not there, say so, rather than leave that of an older commit standing',
    },
    name: { type: 'string', value: 'NAME', help: 'tells this comment from others of ours; plan when left out' },
    author: { type: 'string', value: 'LOGIN', help: `who writes it; ${workflowAuthor} when left out` },
    'pull-request': { type: 'string', value: 'NUMBER', help: 'its number; in a workflow on pull_request it is known' },
  },
  run: async (options) => {
    const { file, name = 'plan', author = workflowAuthor } = options as Readonly<Record<string, string | undefined>>
    const pullRequest = pullRequestNumber(options['pull-request'] as string | undefined, process.env)
    const head = headOf(process.env)
    const absent = options['even-without'] === true && file !== undefined && !existsSync(file)
    const markdown = absent
      ? none(name, head, topSentence(keptReports(), jobOf(process.env)))
      : textOf(file, 'reports/plan.md')
    const written = await stickyComment(gitHub(), {
      pullRequest,
      name,
      author,
      markdown: redacted(markdown),
      footer: [...(head === undefined ? [] : [`Of commit ${short(head)}.`]), sourceOf(process.env)].join(' '),
    })
    return {
      ok: true,
      text: `the comment ${name} on pull request ${pullRequest} is ${written}`,
      json: { pullRequest, name, written },
    }
  },
})

/** What stood there is of an older commit, and must not be read as of this one. */
function none(name: string, head: string | undefined, reason: string): string {
  const of = head === undefined ? '' : ` for ${short(head)}`
  return `### No ${name}${of}\n\n${reason}\n\nThe run has the rest.`
}
