// Runs the tests of a folder under test/; without an argument all but those that need something beside Node (aws, iam, page, stage).
// Each core has a process that is given one file after the other. Ends with a line: N passed, N failed.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'uvu/parse'
import type { FileResult } from './run-files.ts'

const apart = ['aws', 'iam', 'page', 'stage']
/** They install what they share, and measure nothing while another one does. */
const oneAtATime = ['page', 'stage']
const [folder] = process.argv.slice(2)

if (folder?.startsWith('-') || (folder !== undefined && !existsSync(`test/${folder}`))) {
  const folders = readdirSync('test', { withFileTypes: true }).filter((one) => one.isDirectory())
  process.stderr.write(`there is no folder test/${folder}
  → npm test -- FOLDER runs the tests of one of test/: ${folders.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}
// The SDK warns on Node 20 of releases from 2027 on; the lockfile decides which one is used here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
// In colour, for who looks at it; a file gets none.
if (process.stdout.isTTY || process.env.GITHUB_ACTIONS) process.env.FORCE_COLOR ??= '1'

const ignore = folder === undefined ? [new RegExp(`^(${apart.join('|')})/`)] : []
const { suites } = await parse(folder === undefined ? 'test' : `test/${folder}`, /\.test\.ts$/, { ignore })
// The longest files tend to take longest: begun last, one would be waited for alone.
const left = suites.map(({ file }) => file).sort((a, b) => statSync(b).size - statSync(a).size)
const came: FileResult[] = []
const began = performance.now()

const processes = oneAtATime.includes(folder ?? '') ? 1 : Math.min(left.length, availableParallelism())
await Promise.all(Array.from({ length: processes }, work))

const failures = came.filter(({ failures }) => failures !== '')
if (failures.length > 0) process.stdout.write(`\n${failures.map(textOf).join('\n')}`)
const passed = sum(({ passed }) => passed)
const failed = sum(({ total, passed }) => total - passed)
const skipped = sum(({ skipped }) => skipped)
const seconds = ((performance.now() - began) / 1000).toFixed(1)
const slowest = [...came].sort((a, b) => b.seconds - a.seconds).slice(0, 5)
process.stdout.write(`\n${came.length} files in ${seconds} s, longest ${slowest.map(timeOf).join(', ')}\n`)
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
// A run that ran nothing proves nothing.
process.exitCode = failed > 0 || failures.length > 0 || passed === 0 ? 1 : 0

/** Has one process run files until none is left; a new one goes on where a file ended its own. */
async function work(): Promise<void> {
  for (let file = left.shift(); file !== undefined; ) {
    const child = fork(fileURLToPath(new URL('run-files.ts', import.meta.url)))
    for (; file !== undefined && child.connected; file = left.shift()) {
      const result = await resultOf(child, file)
      came.push(result)
      process.stdout.write(result.output)
    }
    if (child.connected) child.disconnect()
  }
}

function resultOf(child: ChildProcess, file: string): Promise<FileResult> {
  return new Promise((resolve) => {
    const ended = (code: number | null, signal: NodeJS.Signals | null) => {
      const failures = `  the process ended (${signal ?? `exit code ${code}`}) before its tests did\n`
      resolve({ file, output: `\n${file}\n${failures}`, failures, passed: 0, skipped: 0, total: 1, seconds: 0 })
    }
    child.once('exit', ended)
    child.once('message', (result: FileResult) => {
      child.off('exit', ended)
      resolve(result)
    })
    child.send(file)
  })
}

function timeOf({ file, seconds }: FileResult): string {
  return `${basename(file, '.test.ts')} ${seconds.toFixed(1)} s`
}

function textOf({ file, failures }: FileResult): string {
  return `${file}\n${failures}`
}

function sum(count: (result: FileResult) => number): number {
  return came.reduce((all, one) => all + count(one), 0)
}
