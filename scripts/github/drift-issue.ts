// Keeps the one issue that tells of drift: opened, updated, closed when nothing differs.
import { main } from '../lib/command.ts'
import { gitHub } from '../lib/github/api.ts'
import { driftIssue, type Reported } from '../lib/github/drift-issue.ts'
import { parseDrift } from '../lib/github/drift-words.ts'
import { sourceOf, textOf, workflowAuthor } from '../lib/github/workflow-run.ts'

await main({
  usage: 'npm run github:drift-issue',
  purpose: 'Opens, updates or closes the one issue that tells of drift.',
  details: `Needs GITHUB_TOKEN with issues: write, and GITHUB_REPOSITORY. Account ids and phone numbers are masked.
example: npm run -s drift -- --json > drift.json; npm run github:drift-issue -- --file drift.json --author your-login
exit code: 0 the issue is as it should be, whether or not there is drift; 1 GitHub refused, or drift could not be looked
for; 2 used or configured wrongly`,
  options: {
    file: { type: 'string', help: 'what npm run drift -- --json printed, as reports/drift.json' },
    author: { type: 'string', help: `who writes it; ${workflowAuthor} when left out` },
  },
  run: async (options) => {
    const { file = '', author = workflowAuthor } = options as Readonly<Record<string, string | undefined>>
    const drift = parseDrift(textOf(options.file as string | undefined, 'reports/drift.json'), file)
    const { reported, number } = await driftIssue(gitHub(), { drift, author, source: sourceOf(process.env) })
    return {
      ok: true,
      text: sentence(reported, number),
      json: { reported, number: number ?? null },
    }
  },
})

function sentence(reported: Reported, number: number | undefined): string {
  if (reported === 'nothing to report') return 'no drift, and no issue of it is open'
  if (reported === 'left as it is' && number === undefined) {
    return 'no drift was found, but not everything could be looked at: no issue is opened'
  }
  return `the issue of drift${number === undefined ? '' : ` (#${number})`} is ${reported}`
}
