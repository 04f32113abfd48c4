// The posts of docs/cost.json, which docs/cost.md is made from, too.
import { readFileSync } from 'node:fs'

export interface Post {
  readonly what: string
  readonly quantity: number
  /** US dollars for `per` of them. */
  readonly usd: number
  readonly per: number
}

export function posts(): readonly Post[] {
  return JSON.parse(readFileSync(new URL('../../../docs/cost.json', import.meta.url), 'utf8')) as readonly Post[]
}
