// The posts of docs/cost.json, which docs/cost.md is made from, too.
import { readFileSync } from 'node:fs'

export interface Post {
  readonly what: string
  readonly quantity: number
  /** US dollars for `per` of them. */
  readonly usd: number
  readonly per: number
  /** Which of the file's sources has the price. */
  readonly source: string
}

export function posts(): readonly Post[] {
  const file = JSON.parse(readFileSync(new URL('../../../docs/cost.json', import.meta.url), 'utf8'))
  return (file as { readonly posts: readonly Post[] }).posts
}
