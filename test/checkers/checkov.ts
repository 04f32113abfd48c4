// Reads what `checkov -o json` found, one report an argument, and holds it against suppressions.ts.
// Exit 0 when every finding is explained and every explanation is needed.
import { readFileSync } from 'node:fs'
import { suppressions } from './suppressions.ts'

interface Report {
  readonly results: { readonly failed_checks: readonly Finding[] }
  readonly summary: { readonly passed: number; readonly parsing_errors: number; readonly resource_count: number }
}

interface Finding {
  readonly check_id: string
  readonly check_name: string
  readonly resource: string
  readonly file_path: string
}

const files = process.argv.slice(2)
const reports = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report)
const findings = reports.flatMap(({ results }) => results.failed_checks)

const explained = ({ check_id, resource }: Finding) =>
  suppressions.some(({ check, resources }) => check === check_id && resources.includes(resource))
const idle = suppressions.flatMap(({ check, resources }) =>
  resources
    .filter((resource) => !findings.some((finding) => finding.check_id === check && finding.resource === resource))
    .map((resource) => `${check} is explained for ${resource}, where it is not found any more`),
)
const unexplained = findings
  .filter((finding) => !explained(finding))
  .map(({ check_id, check_name, resource, file_path }) => `${check_id} ${check_name}: ${resource} in ${file_path}`)
const unread = reports.flatMap(({ summary }, index) =>
  summary.parsing_errors > 0 || summary.resource_count === 0
    ? [`${files[index]}: checkov could not read all of it`]
    : [],
)

const wrong = [...unexplained, ...idle, ...unread]
const passed = reports.reduce((sum, { summary }) => sum + summary.passed, 0)
console.log(`checkov: ${passed} passed, ${findings.length - unexplained.length} explained, ${unexplained.length} not`)
for (const line of wrong) console.log(`  ${line}`)
process.exitCode = wrong.length === 0 && reports.length > 0 ? 0 : 1
