// A channel's secret as it was written: one JSON object of the channel's own schema. The function, `npm run secrets` and
// `npm run doctor` all read it here.
import * as v from 'valibot'
import type { Channel } from './channel.ts'

/** `wrong` names fields and what is expected of them, and never a value; it goes on after the secret's name. */
export type ReadSecret = { readonly secret: unknown } | { readonly wrong: string }

/** Reads JSON text. A field that the channel does not have is refused by its name: dropped, it would be missed later. */
export function readSecret({ secret: schema }: Pick<Channel, 'secret'>, written: string): ReadSecret {
  let value: unknown
  try {
    value = JSON.parse(written)
  } catch {
    // The parser's own message quotes what it found.
    return { wrong: 'is not JSON' }
  }
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return { secret: parsed.output }
  const fields = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the whole'} (${saidOf(issue)})`)
  return { wrong: `has wrong fields: ${fields.join(', ')}; it takes ${Object.keys(schema.entries).join(', ')}` }
}

/** A schema's own message quotes what it found, a rule's is ours. */
function saidOf({ kind, message, expected, received }: v.BaseIssue<unknown>): string {
  if (kind === 'validation') return message
  if (expected === 'never') return 'unknown'
  return received === 'undefined' ? 'missing' : `${expected} expected`
}
