// Reads fields of a JSON value that nobody vouches for: what is missing or of another type is '' or {} or undefined.

export type Fields = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectAt(fields: Fields, name: string): Fields {
  const value = fields[name]
  return isObject(value) ? value : {}
}

export function text(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : ''
}

/** Booleans have been seen as strings. */
export function flag(value: unknown): boolean | undefined {
  const said = text(value).toLowerCase()
  return said === 'true' ? true : said === 'false' ? false : undefined
}

/**
 * Every text inside a value, in order, with the name of the field it stands in. Without recursion: an event of 256 KB can
 * be nested deeper than the stack.
 */
export function textsIn(value: unknown): readonly (readonly [name: string, text: string])[] {
  const found: (readonly [string, string])[] = []
  const open: (readonly [string, unknown])[] = [['', value]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [name, one] = next
    if (text(one) !== '') found.push([name, text(one)])
    if (typeof one !== 'object' || one === null) continue
    for (const [key, inner] of Object.entries(one).reverse()) open.push([Array.isArray(one) ? name : key, inner])
  }
  return found
}
