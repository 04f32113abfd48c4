// Compares what was deployed with what AWS holds. Pure. AWS writes the same policy in other words (a list of one as a
// text, keys in another order), and those are no differences.
import { unknown } from './resolve.ts'

export interface Difference {
  /** What differs, as `State` or `Targets.phones.RoleArn`. */
  readonly what: string
  readonly wished: string
  readonly found: string
}

/** Every difference below `wished`; what AWS holds beyond it does not count, since AWS adds defaults to everything. */
export function differencesWithin(what: string, wished: unknown, found: unknown): readonly Difference[] {
  if (wished === undefined || fits(wished, found)) return []
  if (isRecord(wished) && isRecord(found)) {
    return Object.entries(wished).flatMap(([key, value]) => differencesWithin(join(what, key), value, found[key]))
  }
  return [{ what, wished: shown(wished), found: shown(found) }]
}

/** What AWS holds beyond `wished`, at any depth. Empty values are none: AWS answers them for what was never set. */
export function additionsTo(what: string, wished: unknown, found: unknown): readonly Difference[] {
  if (!isRecord(wished) || !isRecord(found)) return []
  return Object.entries(found).flatMap(([key, value]) => {
    if (key in wished) return additionsTo(join(what, key), wished[key], value)
    return isEmpty(value) ? [] : [{ what: join(what, key), wished: 'nothing', found: shown(value) }]
  })
}

/** Differences in either direction: of policies and patterns, where something more is a difference, too. */
export function differencesOfDocuments(what: string, wished: unknown, found: unknown): readonly Difference[] {
  const [one, other] = [canonicalDocument(wished), canonicalDocument(found)]
  if (sameDocument(one, other)) return []
  return [{ what, wished: shown(statementsWithout(one, other)), found: shown(statementsWithout(other, one)) }]
}

/** Of two policies, the statements of the first that the second has not: the others would hide them. */
function statementsWithout(one: unknown, other: unknown): unknown {
  const [mine, theirs] = [statementsOf(one), statementsOf(other)]
  if (mine === undefined || theirs === undefined) return one
  const different = mine.filter((statement) => !theirs.some((held) => sameDocument(statement, held)))
  if (different.length > 0) return different.length === 1 ? different[0] : different
  return mine.length < theirs.length ? 'no such statement' : one
}

function statementsOf(policy: unknown): readonly unknown[] | undefined {
  return isRecord(policy) && 'Statement' in policy ? [policy.Statement].flat() : undefined
}

/** A policy as one value for all its spellings: JSON text, percent-encoded or not, is read; lists are sorted. */
export function canonicalDocument(document: unknown): unknown {
  if (typeof document === 'string') {
    const text = document.startsWith('%7B') ? decodeURIComponent(document) : document
    try {
      return canonical(JSON.parse(text))
    } catch {
      return text
    }
  }
  return canonical(document)
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(canonical).sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)))
    return items.length === 1 ? items[0] : items
  }
  if (!isRecord(value)) return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [conditionKey(key), canonical(inner)] as const)
      .sort(([a], [b]) => compareText(a, b)),
  )
}

/** Condition keys are the same in either case: `AWS:SourceAccount`, `aws:SourceAccount`. */
function conditionKey(key: string): string {
  return /^aws:/i.test(key) ? key.toLowerCase() : key
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sameDocument(one: unknown, other: unknown): boolean {
  const [text, pattern] = [JSON.stringify(other) ?? '', JSON.stringify(one) ?? '']
  if (!pattern.includes(unknown)) return text === pattern
  const parts = pattern.split(unknown).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text)
}

/**
 * Of an element of a list, what AWS holds beyond it counts, too: an event selector that leaves KMS out has a key more.
 */
function isElement(wished: unknown, found: unknown): boolean {
  return differencesWithin('', wished, found).length === 0 && additionsTo('', wished, found).length === 0
}

/** What AWS answers for a key that nobody set. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isRecord(value)) return Object.values(value).every(isEmpty)
  return value === undefined || value === null || value === '' || value === false
}

/** Text compares by what it says: `"60"` is 60, and `true` is "true"; AWS's APIs and templates do not agree on types. */
function fits(wished: unknown, found: unknown): boolean {
  if (isRecord(wished)) return false
  if (Array.isArray(wished)) {
    if (!Array.isArray(found) || found.length !== wished.length) return false
    return wished.every((each) => found.some((other) => isElement(each, other)))
  }
  if (typeof wished === 'string' && wished.includes(unknown)) return sameDocument(wished, String(found))
  return String(wished) === String(found)
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longestShown ? `${text.slice(0, longestShown)}… (${text.length} characters)` : text
}

const longestShown = 300
