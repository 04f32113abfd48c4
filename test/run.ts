// Runs the tests of a folder under test/; without an argument all but those that need something beside Node (aws, iam, page, stage).
import { existsSync } from 'node:fs'
import { parse } from 'uvu/parse'

const apart = ['aws', 'iam', 'page', 'stage']
const [folder] = process.argv.slice(2)

if (folder !== undefined && !existsSync(`test/${folder}`)) {
  process.stderr.write(`there is no folder test/${folder}\n`)
  process.exit(2)
}
// The SDK warns on Node 20 of releases from 2027 on; the lockfile decides which one is used here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
process.env.FORCE_COLOR = '1'

const ignore = folder === undefined ? [new RegExp(`^(${apart.join('|')})/`)] : []
const { suites } = await parse(folder === undefined ? 'test' : `test/${folder}`, /\.test\.ts$/, { ignore })
// Only now: what colours its words looks at the environment when it is loaded.
const { run } = await import('uvu/run')
await run(suites, { bail: false })
