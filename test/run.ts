// Runs the tests of a folder under test/; without an argument all but those that need something beside Node (aws, iam, page, stage).
import { existsSync, readdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parse } from 'uvu/parse'

const apart = ['aws', 'iam', 'page', 'stage']
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

/** What a suite comes to: what failed, or true; how many tests passed, were skipped, and are in it. */
type CameTo = [errors: string | true, passed: number, skipped: number, total: number]
declare global {
  /** uvu's: by file its name, and then its suites. */
  var UVU_QUEUE: (string | (() => Promise<CameTo>))[][]
  var UVU_DEFER: 1
  var UVU_INDEX: number
}

const ignore = folder === undefined ? [new RegExp(`^(${apart.join('|')})/`)] : []
const { suites } = await parse(folder === undefined ? 'test' : `test/${folder}`, /\.test\.ts$/, { ignore })
globalThis.UVU_DEFER = 1
// Only now: what colours its words looks at the environment when it is loaded.
const uvu = await import('uvu')
// Ends a call that AWS would refuse, whatever answers it here.
await import('./aws-contract/watch-calls.ts')
for (const [index, { name, file }] of suites.entries()) {
  globalThis.UVU_INDEX = index
  globalThis.UVU_QUEUE.push([name])
  await import(pathToFileURL(file).href)
}
globalThis.UVU_QUEUE = globalThis.UVU_QUEUE.map((group) =>
  group.map((one) => (typeof one === 'string' ? one : whole(one))),
)
await uvu.exec(false)

/** uvu swallows what a hook throws, or ends at it, and a suite that stopped there would count as one that passed. */
function whole(suite: () => Promise<CameTo>): () => Promise<CameTo> {
  return async () => {
    const [errors, passed, skipped, total] = await suite().catch(
      ({ stack }: Error): CameTo => [`  a hook threw ${stack}\n`, 0, 0, 1],
    )
    const stopped = errors === true && passed < total
    return [
      stopped ? `  ${total - passed} of ${total} tests did not run: a hook threw\n` : errors,
      passed,
      skipped,
      total,
    ]
  }
}
