// What the release before deployed, by its own code from test/root-guard.yaml: the bodies of its StackSets, as a deploy sent them.
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

/** By the StackSet's name, in the order in which that release deployed them. */
export function bodiesBefore(): Readonly<Record<string, string>> {
  const file = new URL('before.json.br', import.meta.url)
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString('utf8')) as Record<string, string>
}
