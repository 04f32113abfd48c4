// Says in words, of whichever language, why an event does not match a pattern, in short or in full. It only explains:
// whether it matches was decided elsewhere.

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
  /** One reason, short enough for a headline; `field` and values without quotes and `detail.`. */
  readonly nearest: (field: string, found: string, wanted: string) => string
  readonly nearestMissing: (field: string, wanted: string) => string
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
  nearest: (field, found, wanted) => `\`${field}\` is ${found}, not ${wanted}`,
  nearestMissing: (field, wanted) => `\`${field}\` is missing, not ${wanted}`,
}

/** Why a rule did not take an event, in the language of the words. */
export interface Why {
  /** The one reason that people ask for, with a field's name in backticks. */
  readonly nearest: (words: SilenceWords) => string
  /** A reason for each way that came near. */
  readonly all: (words: SilenceWords) => string
}

/** The rule that watches for activity: of all that are silent it is the one that people ask about. */
export function askedAbout<Rule extends { readonly rule: string }>(rules: readonly Rule[]): Rule | undefined {
  return rules.find(({ rule }) => rule.endsWith('-root-activity')) ?? rules[0]
}

/** One reason for each way the pattern could have matched, as `detail.userIdentity.type is "IAMUser", not "Root"`. */
export function whySilent(pattern: Fields, event: Fields, words: SilenceWords = silenceInEnglish): string {
  return reasonsOf(pattern, event, '', words).join(', ') || words.unexplained
}

/**
 * The reason that comes nearest, as `userIdentity.type` is IAMUser, not Root: a field that alone is in the way. Of several
 * it is who acted, then what else the event says, and where it comes from only when there is nothing else.
 */
export function nearestReason(pattern: Fields, event: Fields, words: SilenceWords = silenceInEnglish): string {
  const ways = waysOf(pattern, '').map((leaves) => {
    const wrong = leaves.filter(({ path, wanted }) => mismatch(wanted, valueAt(event, path), path, words).length > 0)
    return { wrong, fits: leaves.length - wrong.length }
  })
  const near = ways
    .filter(({ wrong }) => wrong.length > 0)
    .toSorted((one, other) => one.wrong.length - other.wrong.length || other.fits - one.fits)
    .map(({ wrong: [leaf] }) => leaf as Leaf)
  const [first] = near
  if (first === undefined) return words.unexplained
  const who = near.find(({ path }) => path === actor)
  const said = near.find(({ path }) => !origins.includes(path) && valueAt(event, path) !== undefined)
  const known = valueAt(event, actor) !== undefined
  return inShort((known ? who : said) ?? sameOrigin(near, event) ?? who ?? first, event, words)
}

/** Where an event of that name would have to come from; undefined for one that comes from AWS, as all of the others do. */
function sameOrigin(near: readonly Leaf[], { source }: Fields): Leaf | undefined {
  if (String(source).startsWith('aws.')) return undefined
  const ending = String(source).split('.').at(-1)
  const leaves = near.filter(({ path }) => path === 'source')
  const alike = leaves.find(({ wanted }) => wanted.some((one) => String(one).endsWith(`.${ending}`)))
  // Of the others the one that takes the most: a prefix, rather than a source by name.
  return alike ?? leaves.find(({ wanted }) => wanted.some((one) => typeof one !== 'string')) ?? leaves.at(-1)
}

const origins: readonly string[] = ['source', 'detail.eventSource']
const actor = 'detail.userIdentity.type'

interface Leaf {
  readonly path: string
  readonly wanted: readonly unknown[]
}

/** Every way in which the pattern could match, each as the fields that it asks for. */
function waysOf(pattern: Fields, path: string): readonly (readonly Leaf[])[] {
  return Object.entries(pattern).reduce<readonly (readonly Leaf[])[]>(
    (ways, [field, wanted]) => {
      const alternatives = alternativesOf(field, wanted, path)
      return ways.flatMap((way) => alternatives.map((more) => [...way, ...more]))
    },
    [[]],
  )
}

function alternativesOf(field: string, wanted: unknown, path: string): readonly (readonly Leaf[])[] {
  if (field === '$or') return (wanted as readonly Fields[]).flatMap((way) => waysOf(way, path))
  const at = path === '' ? field : `${path}.${field}`
  return Array.isArray(wanted) ? [[{ path: at, wanted }]] : waysOf(wanted as Fields, at)
}

function valueAt(event: Fields, path: string): unknown {
  return path.split('.').reduce<unknown>((value, field) => (value as Fields | null | undefined)?.[field], event)
}

/** No longer than a headline bears, whatever was pasted. */
const mostSigns = 60
const mostWanted = 2

function inShort({ path, wanted }: Leaf, event: Fields, words: SilenceWords): string {
  const field = path.replace(/^detail\./, '')
  const some = wanted.slice(0, mostWanted).map((one) => (typeof one === 'string' ? one : inWords(one, words)))
  const rather = some.join(words.or) + (wanted.length > mostWanted ? '…' : '')
  const found = valueAt(event, path)
  if (found === undefined) return words.nearestMissing(field, rather)
  const value = typeof found === 'string' && found !== '' ? found : JSON.stringify(found)
  return words.nearest(field, value.length > mostSigns ? `${value.slice(0, mostSigns)}…` : value, rather)
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
  if (anythingBut !== undefined) return found !== undefined && !negated(anythingBut).some((one) => fits(one, found))
  return true
}

/** What may not be: values, or beginnings of them. */
function negated(anythingBut: unknown): readonly unknown[] {
  const { prefix } = Object(anythingBut) as { prefix?: unknown }
  return prefix === undefined ? [anythingBut].flat() : [prefix].flat().map((one) => ({ prefix: one }))
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
  const values = negated(anythingBut).map((one) => inWords(one, words))
  return words.anythingBut(values.join(words.nor))
}
