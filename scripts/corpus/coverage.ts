// Whether every way by which a pattern matches is there for a record of the corpus: each is taken out in turn, and then
// some record that must be told has to be missed. A way that nobody misses is either of no use or not tried.

import type { Pattern } from '../../templates-src/parts/activity-rule.ts'
import type { Notes } from '../lib/command.ts'
import { matches } from '../lib/event-ruler.ts'
import type { CorpusRecord } from '../rehearsal/records.ts'

/** The ways that no record needs, as `detail.requestParameters.$or: {"rule":[…]}`. */
export async function unneeded(
  patterns: readonly Pattern[],
  records: readonly CorpusRecord[],
  notes: Notes,
): Promise<readonly string[]> {
  const told = records.filter(({ label }) => label === 'alert')
  const ask = (pattern: Pattern, of: readonly CorpusRecord[]) => of.map(({ event }) => ({ pattern, event }))
  const whole = await matches(
    patterns.flatMap((pattern) => ask(pattern, told)),
    notes,
  )
  const tried = patterns.flatMap((pattern, index) => {
    const own = told.filter((_, record) => whole[index * told.length + record])
    return reductions(pattern).map((reduction) => ({ ...reduction, own }))
  })
  const answers = await matches(
    tried.flatMap(({ pattern, own }) => ask(pattern, own)),
    notes,
  )
  let from = 0
  return tried.flatMap(({ way, own }) => {
    const missed = answers.slice(from, from + own.length).includes(false)
    from += own.length
    return missed ? [] : [way]
  })
}

interface Reduction {
  readonly way: string
  readonly pattern: Pattern
}

/** The pattern without one of its ways, for each way at each place that has several. */
export function reductions(pattern: Pattern, path = ''): Reduction[] {
  return Object.entries(pattern).flatMap(([field, wanted]) => {
    const at = path === '' ? field : `${path}.${field}`
    const put = (inner: unknown): Pattern => ({ ...pattern, [field]: inner })
    if (!Array.isArray(wanted)) {
      return reductions(wanted as Pattern, at).map(({ way, pattern: inner }) => ({ way, pattern: put(inner) }))
    }
    const without =
      wanted.length < 2
        ? []
        : wanted.map((one, index) => ({
            way: `${at}: ${shown(one)}`,
            pattern: field === '$or' ? orOf(pattern, wanted.toSpliced(index, 1)) : put(wanted.toSpliced(index, 1)),
          }))
    if (field !== '$or') return without
    const within = (wanted as Pattern[]).flatMap((one, index) =>
      reductions(one, at).map(({ way, pattern: inner }) => ({ way, pattern: put(wanted.toSpliced(index, 1, inner)) })),
    )
    return [...without, ...within]
  })
}

/** A `$or` of one is none to Event Ruler, which takes it for a field of that name: the one stands by itself. */
function orOf({ $or: _, ...others }: Pattern, left: readonly unknown[]): Pattern {
  return left.length === 1 ? { ...others, ...(left[0] as Pattern) } : { ...others, $or: left }
}

function shown(way: unknown): string {
  const text = JSON.stringify(way)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
