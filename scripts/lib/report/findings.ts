// Findings of the live checks, as lines for a person and as Markdown.
import type { Finding } from '../live/stack.ts'

/** What only waits for somebody differs from nothing: it is said as it is, and where it is of no StackSet, without a place. */
export function findingText({ stackSet, region, resource, type, what, wished, found, state, hint }: Finding): string {
  const where = resource === '' ? type : `${resource} (${type})`
  const place = stackSet === '' && state === 'waiting' ? [] : [stackSet, region, where]
  const said = state === 'waiting' ? `${what}: ${found}` : `${what} should be ${wished}, is ${found}`
  return `${[...place, said].filter((part) => part !== '').join(': ')}\n  → ${hint}`
}

export function findingsMarkdown(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  const rows = findings.map(({ stackSet, region, resource, type, what, wished, found }) =>
    row([stackSet, region, resource || type, what, wished, found]),
  )
  return ['| StackSet | Region | resource | what | should be | is |', '|---|---|---|---|---|---|', ...rows, '']
}

/** A row of a table. What AWS says may hold pipes and line ends. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`
}

/** Those after which a command does not exit with 0. */
export function failing(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ state, isLasting }) => state !== 'waiting' && isLasting !== true)
}

export function differing(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ state }) => state === 'differs')
}

/** Unknown today and each day after: AWS does not answer this account. */
export function lasting(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ isLasting }) => isLasting === true)
}
