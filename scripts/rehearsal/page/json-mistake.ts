// Where a text stops being JSON, as a place and what stands there. JSON.parse says so too, but in English, and not always where.

export interface Mistake {
  readonly line: number
  readonly column: number
  /** What stands there, quoted and short; '' when the text ends there. */
  readonly found: string
}

const space = /[ \t\n\r]*/y
const text = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const others = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** What may come next; in brackets `comma` is also where they may close, as are the two that begin with `first`. */
type Next = 'value' | 'first value' | 'name' | 'first name' | 'colon' | 'comma'

/** The first mistake, or undefined when JSON.parse would take it. However deep it is nested, it takes no stack. */
export function mistakeIn(json: string): Mistake | undefined {
  const open: ('[' | '{')[] = []
  let next: Next = 'value'
  let at = after(space, json, 0)
  do {
    const found = step(json, at, next, open)
    if (found === undefined) return mistake(json, at)
    next = found.next
    at = after(space, json, found.at)
  } while (open.length > 0 || next !== 'comma')
  return at < json.length ? mistake(json, at) : undefined
}

/** Takes what stands there when it may; `open` is what is open, the innermost last. */
function step(json: string, at: number, next: Next, open: ('[' | '{')[]): { next: Next; at: number } | undefined {
  const sign = json[at]
  if (next === 'colon') return sign === ':' ? { next: 'value', at: at + 1 } : undefined
  if (sign === (open.at(-1) === '{' ? '}' : ']') && open.length > 0 && /^(comma|first)/.test(next)) {
    open.pop()
    return { next: 'comma', at: at + 1 }
  }
  if (next === 'comma') {
    return sign === ',' ? { next: open.at(-1) === '{' ? 'name' : 'value', at: at + 1 } : undefined
  }
  const named = next === 'name' || next === 'first name'
  if (!named && (sign === '[' || sign === '{')) {
    open.push(sign)
    return { next: sign === '{' ? 'first name' : 'first value', at: at + 1 }
  }
  const end = after(sign === '"' || named ? text : others, json, at)
  return end === at ? undefined : { next: named ? 'colon' : 'comma', at: end }
}

function after(expression: RegExp, json: string, at: number): number {
  expression.lastIndex = at
  return expression.test(json) ? expression.lastIndex : at
}

function mistake(json: string, at: number): Mistake {
  const lines = json.slice(0, at).split('\n')
  const word = /^["\w.+-]+|^[\s\S]/u.exec(json.slice(at, at + 20))?.[0] ?? ''
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, found: word === '' ? '' : `«${word}»` }
}
