// Counts and cuts text the way Korean carriers do: EUC-KR bytes, and only the characters that encoding has.
// Node decodes EUC-KR but does not encode it, so the table of its characters is made by decoding every pair once.

/** Korean carriers cut an SMS after so many bytes, and the title of an LMS. */
export const smsLimit = 90
export const subjectLimit = 40

let members: ReadonlySet<string> | undefined

/** Characters people and AWS write that EUC-KR lacks, and what says the same there. */
const replacements: Readonly<Record<string, string>> = {
  '—': '-',
  '–': '-',
  '‐': '-',
  '•': '·',
  '⚠': '!',
  '✅': 'O',
  '🚨': '!',
  [String.fromCodePoint(0xa0)]: ' ',
}

/** The text with every character EUC-KR lacks replaced: by its equal where there is one, else by `?`. */
export function sendable(text: string): string {
  let out = ''
  for (const character of text) out += isSendable(character) ? character : (replacements[character] ?? '?')
  return out
}

/** How many bytes the text is in EUC-KR. Give it `sendable` text. */
export function eucKrBytes(text: string): number {
  let bytes = 0
  for (const character of text) bytes += isAscii(character) ? 1 : 2
  return bytes
}

/** The longest beginning of the text that fits into so many EUC-KR bytes. */
export function cutToBytes(text: string, limit: number): string {
  let out = ''
  let bytes = 0
  for (const character of text) {
    bytes += eucKrBytes(character)
    if (bytes > limit) break
    out += character
  }
  return out
}

function isSendable(character: string): boolean {
  if (isAscii(character)) return true
  members ??= decodeMembers()
  return members.has(character)
}

/** By number: minified, a comparison with the last ASCII character would put that control character into the template. */
function isAscii(character: string): boolean {
  return character.charCodeAt(0) < 128
}

/** All pairs as one text: one by one they would take many times as long, of a cold start. */
function decodeMembers(): ReadonlySet<string> {
  const side = 0xfe - 0xa1 + 1
  const pairs = new Uint8Array(side * side * 2)
  for (let pair = 0; pair < side * side; pair++) {
    pairs[pair * 2] = 0xa1 + Math.floor(pair / side)
    pairs[pair * 2 + 1] = 0xa1 + (pair % side)
  }
  // U+FFFD stands where no character is.
  return new Set(new TextDecoder('euc-kr').decode(pairs).replace(/[\p{Co}\ufffd]/gu, ''))
}
