// Breaks everything the notifier depends on, one way after the other and together, and says who was told all the same.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cells } from './faults/matrix.ts'
import { faultsPage, saysTheSame } from './faults/page.ts'
import { runCells } from './faults/run.ts'
import { problemsOf } from './faults/verdict.ts'
import { main } from './lib/command.ts'

/** In the folder a command is run in. */
const path = 'docs/faults.md'

await main({
  usage: 'npm run faults',
  purpose: `Runs the notifier through every fault of its providers and of AWS, and writes ${path}. Takes about two minutes.`,
  details: 'Exit 1 when an alert is lost, sent twice or answered too late, or when --check finds another page.',
  options: { check: { type: 'boolean', help: 'write nothing; fail when the page says another thing, times aside' } },
  run: async ({ check }) => {
    const all = cells()
    const ran = await runCells(all, (done) => showProgress(done, all.length))
    const problems = ran.flatMap(problemsOf)
    const page = faultsPage(ran)
    // A page that differs in times alone stays as it is.
    const same = existsSync(path) && saysTheSame(readFileSync(path, 'utf8'), page)
    if (!check && !same) writeFileSync(path, page)
    const verdict = same
      ? `${path} is up to date`
      : check
        ? `${path} says something else\n  → npm run faults`
        : `wrote ${path}`
    return {
      ok: problems.length === 0 && (same || !check),
      text: [page, ...problems, verdict].join('\n'),
      json: { problems, upToDate: same, cells: ran },
      markdown: page,
    }
  },
})

function showProgress(done: number, of: number): void {
  const { stderr } = process
  if (stderr.isTTY) stderr.write(`\r${done} of ${of} cells${done === of ? '\n' : ''}`)
  else if (done % 500 === 0 || done === of) stderr.write(`${done} of ${of} cells\n`)
}
