// Says in words why an event does not match a pattern. It only explains: whether it matches was decided elsewhere.

type Fields = Readonly<Record<string, unknown>>

/** One reason for each way the pattern could have matched, as `detail.userIdentity.type is "IAMUser", not "Root"`. */
export function whySilent(pattern: Fields, event: Fields): string {
  const { $or: alternatives, ...all } = pattern
  const reasons = mismatches(all, event, '')
  const choices = Array.isArray(alternatives) ? (alternatives as Fields[]) : []
  if (choices.length > 0) reasons.push(choices.map((choice) => whySilent(choice, event)).join(' and '))
  return reasons.filter(Boolean).join(', ') || 'the event does not match its pattern'
}

function mismatches(pattern: Fields, event: unknown, prefix: string): string[] {
  return Object.entries(pattern).flatMap(([field, wanted]) => {
    const path = prefix === '' ? field : `${prefix}.${field}`
    const found = (event as Fields | null | undefined)?.[field]
    if (!Array.isArray(wanted)) return mismatches(wanted as Fields, found, path)
    const plain = wanted.every((value) => typeof value !== 'object')
    if (!plain || wanted.includes(found)) return []
    const shown = found === undefined ? 'is missing' : `is ${JSON.stringify(found)}`
    return [`${path} ${shown}, not ${wanted.map((value) => JSON.stringify(value)).join(' or ')}`]
  })
}
