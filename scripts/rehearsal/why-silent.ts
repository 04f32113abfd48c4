// Says in words why an event does not match a pattern. It only explains: whether it matches was decided elsewhere.

type Fields = Readonly<Record<string, unknown>>

/** One reason for each way the pattern could have matched, as `detail.userIdentity.type is "IAMUser", not "Root"`. */
export function whySilent(pattern: Fields, event: Fields): string {
  return reasonsOf(pattern, event, '').join(', ') || 'the event does not match its pattern'
}

/** Empty when everything matches, as far as it can be told. */
function reasonsOf(pattern: Fields, found: unknown, path: string): string[] {
  return Object.entries(pattern).flatMap(([field, wanted]) => {
    if (field === '$or') return noneOf(wanted as Fields[], found, path)
    const inner = (found as Fields | null | undefined)?.[field]
    const at = path === '' ? field : `${path}.${field}`
    return Array.isArray(wanted) ? mismatch(wanted, inner, at) : reasonsOf(wanted as Fields, inner, at)
  })
}

/** More ways than a person reads are counted, not listed. */
const readable = 5

/** Of several ways those that came nearest. */
function noneOf(ways: readonly Fields[], found: unknown, path: string): string[] {
  const reasons = ways.map((way) => reasonsOf(way, found, path))
  const fewest = Math.min(...reasons.map(({ length }) => length))
  if (fewest === 0) return []
  const nearest = reasons.filter(({ length }) => length === fewest)
  return nearest.length > readable
    ? [`none of ${ways.length} ways at ${path} fits`]
    : [nearest.map((reason) => reason.join(', ')).join(' and ')]
}

function mismatch(wanted: readonly unknown[], found: unknown, path: string): string[] {
  const values = Array.isArray(found) ? found : [found]
  if (wanted.some((one) => values.some((value) => fits(one, value)))) return []
  const shown = found === undefined ? 'is missing' : `is ${JSON.stringify(found)}`
  return [`${path} ${shown}, not ${wanted.map(inWords).join(' or ')}`]
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

function inWords(wanted: unknown): string {
  if (typeof wanted !== 'object' || wanted === null) return JSON.stringify(wanted)
  const { prefix, wildcard, exists, 'anything-but': anythingBut } = wanted as Comparison
  if (prefix !== undefined) return `"${prefix}…"`
  if (wildcard !== undefined) return `"${wildcard}"`
  if (exists !== undefined) return exists ? 'there' : 'missing'
  return `anything but ${[anythingBut]
    .flat()
    .map((value) => JSON.stringify(value))
    .join(' and ')}`
}
