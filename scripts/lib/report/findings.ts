// Findings of the live checks, as lines for a person and as Markdown.
import type { Finding } from '../live/stack.ts'

export function findingText({ stackSet, region, resource, type, what, wished, found, hint }: Finding): string {
  const where = resource === '' ? type : `${resource} (${type})`
  const place = [stackSet, region, where].filter((part) => part !== '').join(': ')
  return `${place}: ${what} should be ${wished}, is ${found}\n  → ${hint}`
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
  return findings.filter(({ state }) => state !== 'waiting')
}

export function differing(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ state }) => state === 'differs')
}
