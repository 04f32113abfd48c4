// Runs another command and keeps its report: npm run github:report -- plan. Its exit code is that command's.
// It takes the other command's options as they are, so it does not read options of its own as the commands do.
import { readFileSync } from 'node:fs'
import { runReported } from '../lib/github/run-reported.ts'

const usage = `Runs an npm script, and keeps its Markdown and its JSON in reports/ for npm run github:summary.

usage: npm run github:report -- SCRIPT [options of the script]

example: npm run github:report -- drift --json
exit code: the script's; 2 when there is no such script`

const [script, ...options] = process.argv.slice(2)
const { scripts = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts?: Record<string, string> }

if (script === '--help') {
  process.stdout.write(`${usage}\n`)
} else if (script === undefined || !Object.hasOwn(scripts, script)) {
  const names = Object.keys(scripts).filter((name) => !name.startsWith('github:'))
  process.stderr.write(`there is no npm script ${script ?? '(none was named)'}\n  → one of: ${names.join(', ')}\n`)
  process.exitCode = 2
} else {
  process.exitCode = await runReported(script, options)
}
