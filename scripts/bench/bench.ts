// What a benchmark is: a file scripts/bench/<name>.bench.ts that exports `bench`.
import type { Notes } from '../lib/command.ts'

export interface Bench {
  readonly title: string
  readonly run: (notes: Notes) => Promise<Measured>
}

export interface Measured {
  /** Whether everything that is promised holds. */
  readonly ok: boolean
  /** Tables, as Markdown. */
  readonly text: string
  readonly json: unknown
}

/** Figures are judged as medians, and against each other inside one run: nothing else is dependable on a shared machine. */
export function median(all: readonly number[]): number {
  const sorted = [...all].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** Rows of text under a heading. */
export function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')
}
