// The table of how the ways to watch root compare: printed, and held in docs/what-is-told.md to what was counted.
import type { Score } from './score.ts'

/** In the folder a command is run in. */
export const figuresPage = 'docs/what-is-told.md'

const heading = ['watch', 'told of all', "of root's own acts", 'false alarms']

/** The figures in Markdown, a watch a row. */
export function figuresTable(all: readonly Score[]): string {
  const rule = heading.map(() => '---').join('|')
  return [row(heading), `|${rule}|`, ...figures(all).map(row)].join('\n')
}

/** And for a terminal, in columns. */
export function figuresInColumns(all: readonly Score[]): string {
  const widths = [28, 20, 20, 0]
  const lines = [heading, ...figures(all)]
  return lines.map((cells) => cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')).join('\n')
}

/** The page with that table in the place of its own. Throws where it has none, or several. */
export function withFigures(page: string, table: string): string {
  const places = [...page.matchAll(/^\| watch \|.*\n(?:\|.*\n)+/gm)]
  const [place, ...more] = places
  if (place === undefined || more.length > 0) {
    throw new Error(`${figuresPage} has ${places.length} tables that begin with | watch |, and one is expected`)
  }
  return `${page.slice(0, place.index)}${table}\n${page.slice(place.index + place[0].length)}`
}

function figures(all: readonly Score[]): string[][] {
  return all.map(({ watch, caught, missed, ofRoot, falseAlarms }) => [
    watch,
    share(caught.length, caught.length + missed.length),
    share(ofRoot.caught, ofRoot.all),
    `${falseAlarms.length}`,
  ])
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${((100 * part) / whole).toFixed(0)} %)`
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
