// How many bytes a text is to a Korean carrier, which speaks EUC-KR. The stand-in providers count with this and never
// with the notifier's own counter: a judge who asks the judged learns nothing.

/** The bytes of a text in EUC-KR, or undefined when it holds a character that EUC-KR does not have. */
export function eucKrBytes(text: string): number | undefined {
  let bytes = 0
  for (const character of text) {
    const width = eucKrWidth(character)
    if (width === undefined) return undefined
    bytes += width
  }
  return bytes
}

/** 1 for ASCII, 2 for a character of EUC-KR, undefined for all others. */
export function eucKrWidth(character: string): 1 | 2 | undefined {
  if (character <= '\u007f') return 1
  twoBytes ??= readTable()
  return twoBytes.has(character) ? 2 : undefined
}

let twoBytes: ReadonlySet<string> | undefined

/** Node knows the encoding but only how to read it, so every pair of bytes there can be is read once. */
function readTable(): ReadonlySet<string> {
  const decoder = new TextDecoder('euc-kr')
  const table = new Set<string>()
  for (let first = 0xa1; first <= 0xfe; first++) {
    for (let second = 0xa1; second <= 0xfe; second++) {
      const character = decoder.decode(Uint8Array.of(first, second))
      if (isCharacter(character)) table.add(character)
    }
  }
  return table
}

/** Not a hole in the table, and not of the private use area, which is for each carrier to fill as it likes. */
function isCharacter(character: string): boolean {
  return !character.includes('\ufffd') && !/\p{Private_Use}/u.test(character)
}
