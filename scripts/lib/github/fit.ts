// Markdown cut to what GitHub takes as the body of a comment or an issue. Pure.

/** GitHub refuses longer bodies. */
export const bodyLimit = 65_536

/** The first lines that fit in `limit` characters, what they left open closed, and what was left out counted. */
export function fitted(markdown: string, limit: number): string {
  if (markdown.length <= limit) return markdown
  const lines = markdown.split('\n')
  let room = limit - roomForTheEnd
  const kept = lines.slice(
    0,
    lines.findIndex((line) => {
      room -= line.length + 1
      return room < 0
    }),
  )
  const text = kept.join('\n')
  const left = markdown.length - text.length
  return [text, ...closing(kept), '', leftOut(lines.length - kept.length, left)].join('\n')
}

/** For the count, and for a fence and some `</details>` to close. */
const roomForTheEnd = 400

function leftOut(lines: number, characters: number): string {
  const number = (value: number) => value.toLocaleString('en-US')
  return `${number(lines)} ${lines === 1 ? 'line' : 'lines'} (${number(characters)} characters) left out: GitHub takes no more. The job's log has all of it.`
}

/** What closes the block of code and the `<details>` that the lines leave open. */
function closing(lines: readonly string[]): readonly string[] {
  const { fence, details } = lines.reduce(after, { fence: '', details: 0 })
  return [...(fence === '' ? [] : [fence]), ...Array<string>(Math.min(Math.max(details, 0), 8)).fill('\n</details>')]
}

interface Open {
  /** The back-ticks that close it; '' outside of a block of code. */
  readonly fence: string
  readonly details: number
}

function after({ fence, details }: Open, line: string): Open {
  const ticks = /^`{3,}/.exec(line)?.[0] ?? ''
  if (fence !== '') return { fence: ticks.length >= fence.length && line.trim() === ticks ? '' : fence, details }
  return { fence: ticks, details: details + count(line, '<details') - count(line, '</details>') }
}

function count(text: string, piece: string): number {
  return text.split(piece).length - 1
}
