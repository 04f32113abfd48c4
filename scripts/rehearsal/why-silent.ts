// Says in words, of whichever language, why an event does not match a pattern. It only explains: whether it matches was decided elsewhere.

type Fields = Readonly<Record<string, unknown>>

/** How a language says why; `wanted` and `found` are JSON, or words from here. */
export interface SilenceWords {
  readonly disabled: string
  readonly readOnly: string
  /** When no reason can be found. */
  readonly unexplained: string
  readonly other: (path: string, found: string, wanted: string) => string
  readonly missing: (path: string, wanted: string) => string
  /** Of more ways than a person reads. */
  readonly noWay: (ways: number, path: string) => string
  readonly there: string
  readonly absent: string
  readonly anythingBut: (values: string) => string
  /** Between values of which one is wanted, between values of which none is, and between ways that all failed. */
  readonly or: string
  readonly nor: string
  readonly and: string
}

export const silenceInEnglish: SilenceWords = {
  disabled: 'the rule is disabled',
  readOnly: 'the rule is ENABLED, which leaves out read-only calls',
  unexplained: 'the event does not match its pattern',
  other: (path, found, wanted) => `${path} is ${found}, not ${wanted}`,
  missing: (path, wanted) => `${path} is missing, not ${wanted}`,
  noWay: (ways, path) => (path === '' ? `none of ${ways} ways fits` : `none of ${ways} ways at ${path} fits`),
  there: 'there',
  absent: 'missing',
  anythingBut: (values) => `something other than ${values}`,
  or: ' or ',
  nor: ' and ',
  and: ' and ',
}

/** Why a rule did not take an event, in the language of the words. */
export type Why = (words: SilenceWords) => string

/** One reason for each way the pattern could have matched, as `detail.userIdentity.type is "IAMUser", not "Root"`. */
export function whySilent(pattern: Fields, event: Fields, words: SilenceWords = silenceInEnglish): string {
  return reasonsOf(pattern, event, '', words).join(', ') || words.unexplained
}

/** Empty when everything matches, as far as it can be told. */
function reasonsOf(pattern: Fields, found: unknown, path: string, words: SilenceWords): string[] {
  return Object.entries(pattern).flatMap(([field, wanted]) => {
    if (field === '$or') return noneOf(wanted as Fields[], found, path, words)
    const inner = (found as Fields | null | undefined)?.[field]
    const at = path === '' ? field : `${path}.${field}`
    return Array.isArray(wanted) ? mismatch(wanted, inner, at, words) : reasonsOf(wanted as Fields, inner, at, words)
  })
}

/** More ways than a person reads are counted, not listed. */
const readable = 5

/** Of several ways those that came nearest. */
function noneOf(ways: readonly Fields[], found: unknown, path: string, words: SilenceWords): string[] {
  const reasons = ways.map((way) => reasonsOf(way, found, path, words))
  const fewest = Math.min(...reasons.map(({ length }) => length))
  if (fewest === 0) return []
  const nearest = reasons.filter(({ length }) => length === fewest)
  return nearest.length > readable
    ? [words.noWay(ways.length, path)]
    : [nearest.map((reason) => reason.join(', ')).join(words.and)]
}

function mismatch(wanted: readonly unknown[], found: unknown, path: string, words: SilenceWords): string[] {
  const values = Array.isArray(found) ? found : [found]
  if (wanted.some((one) => values.some((value) => fits(one, value)))) return []
  const rather = wanted.map((one) => inWords(one, words)).join(words.or)
  return [found === undefined ? words.missing(path, rather) : words.other(path, JSON.stringify(found), rather)]
}

type Comparison = { prefix?: string; wildcard?: string; exists?: boolean; 'anything-but'?: unknown }

/** The comparisons that our patterns use; one it does not know is taken to fit, so that nothing false is said of it. */
function fits(wanted: unknown, found: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === found
  const { prefix, wildcard, exists, 'anything-but': anythingBut } = wanted as Comparison
  if (prefix !== undefined) return typeof found === 'string' && found.startsWith(prefix)
  if (wildcard !== undefined) return typeof found === 'string' && expressionOf(wildcard).test(found)
  if (exists !== undefined) return (found !== undefined) === exists
  if (anythingBut !== undefined) return found !== undefined && ![anythingBut].flat().includes(found)
  return true
}

function expressionOf(wildcard: string): RegExp {
  return new RegExp(`^${wildcard.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's')
}

function inWords(wanted: unknown, words: SilenceWords): string {
  if (typeof wanted !== 'object' || wanted === null) return JSON.stringify(wanted)
  const { prefix, wildcard, exists, 'anything-but': anythingBut } = wanted as Comparison
  if (prefix !== undefined) return `"${prefix}…"`
  if (wildcard !== undefined) return `"${wildcard}"`
  if (exists !== undefined) return exists ? words.there : words.absent
  const values = [anythingBut].flat().map((value) => JSON.stringify(value))
  return words.anythingBut(values.join(words.nor))
}
