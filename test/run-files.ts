// One process of test/run.ts: runs the file that each message names, and answers with what came of it.
import { pathToFileURL } from 'node:url'

export interface FileResult {
  readonly file: string
  /** What the file printed, under its name. */
  readonly output: string
  /** uvu's words on each test that failed; empty where none did. */
  readonly failures: string
  readonly passed: number
  readonly skipped: number
  readonly total: number
  readonly seconds: number
}

/** uvu's: what failed, or true; how many tests passed, were skipped, and are in the suite. */
type SuiteResult = [errors: string | true, passed: number, skipped: number, total: number]
declare global {
  var UVU_QUEUE: (() => Promise<SuiteResult>)[][]
  var UVU_DEFER: 1
  var UVU_INDEX: number
}

globalThis.UVU_DEFER = 1
globalThis.UVU_INDEX = 0
globalThis.UVU_QUEUE = [[]]
// Ends a call that AWS would refuse, whatever answers it here.
await import('./aws-contract/watch-calls.ts')

const write = process.stdout.write
process.on('message', async (file: string) => process.send?.(await run(file)))
// Whatever a test left open.
process.on('disconnect', () => process.exit())

async function run(file: string): Promise<FileResult> {
  const began = performance.now()
  let output = `\n${file.slice(file.indexOf('test/'))}\n`
  process.stdout.write = (text: string | Uint8Array) => {
    output += typeof text === 'string' ? text : Buffer.from(text).toString('utf8')
    return true
  }
  const came = { failures: '', passed: 0, skipped: 0, total: 0 }
  try {
    await import(pathToFileURL(file).href)
    for (const suite of globalThis.UVU_QUEUE[0]?.splice(0) ?? []) {
      const [errors, passed, skipped, total] = await whole(suite)
      if (errors !== true) came.failures += `${errors}\n`
      came.passed += passed
      came.skipped += skipped
      came.total += total
    }
  } catch (error) {
    came.failures += `  the file could not be loaded: ${stackOf(error)}\n`
    came.total += 1
  }
  process.stdout.write = write
  return { file, output, ...came, seconds: (performance.now() - began) / 1000 }
}

/** uvu swallows what a hook throws, or ends at it, and a suite that stopped there would count as one that passed. */
async function whole(suite: () => Promise<SuiteResult>): Promise<SuiteResult> {
  const [errors, passed, skipped, total] = await suite().catch(
    (error: unknown): SuiteResult => [`  a hook threw ${stackOf(error)}\n`, 0, 0, 1],
  )
  const stopped = errors === true && passed < total
  return [
    stopped ? `  ${total - passed} of ${total} tests did not run: a hook threw\n` : errors,
    passed,
    skipped,
    total,
  ]
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
