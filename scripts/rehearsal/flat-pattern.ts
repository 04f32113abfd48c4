// A pattern whose `$or` stand at its top, where the emulator understands them, and which takes the same events: MiniStack calls
// one that is nested a match type that it does not know.

type Fields = Readonly<Record<string, unknown>>

export function flatPattern(pattern: Fields): Fields {
  const ways = waysOf(pattern)
  return ways.length === 1 ? (ways[0] ?? {}) : { $or: ways }
}

/** Every way in which the pattern can match, none of which has a choice in it. */
function waysOf(pattern: Fields): readonly Fields[] {
  return Object.entries(pattern).reduce<readonly Fields[]>(
    (ways, [field, wanted]) => {
      const choices = choicesOf(field, wanted)
      return ways.flatMap((way) => choices.map((choice) => both(way, choice)))
    },
    [{}],
  )
}

function choicesOf(field: string, wanted: unknown): readonly Fields[] {
  if (field === '$or') return (wanted as readonly Fields[]).flatMap(waysOf)
  if (Array.isArray(wanted)) return [{ [field]: wanted }]
  return waysOf(wanted as Fields).map((way) => ({ [field]: way }))
}

function both(one: Fields, other: Fields): Fields {
  const merged: Record<string, unknown> = { ...one }
  for (const [field, wanted] of Object.entries(other)) {
    const there = merged[field]
    if (Array.isArray(there)) throw new Error(`a pattern asks for ${field} twice`)
    merged[field] = there === undefined ? wanted : both(there as Fields, wanted as Fields)
  }
  return merged
}
