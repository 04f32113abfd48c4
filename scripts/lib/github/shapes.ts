// What GitHub answers, held to the fields that are read of them.
import * as v from 'valibot'
import { CommandError } from '../command.ts'

export function parsedList<Schema extends v.GenericSchema>(
  schema: Schema,
  items: readonly unknown[],
  what: string,
): readonly v.InferOutput<Schema>[] {
  return parsed(v.array(schema), items, `GitHub's list of ${what}`)
}

/** `path` is where it came from. */
export function parsedObject<Schema extends v.GenericSchema>(schema: Schema, found: unknown, path: string) {
  return parsed(schema, found, `GitHub's answer to GET ${path}`)
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, found: unknown, what: string): v.InferOutput<Schema> {
  const result = v.safeParse(schema, found)
  if (result.success) return result.output
  const [{ message, path = [] }] = result.issues
  const where = path.map(({ key }: { readonly key: unknown }) => String(key)).join('.')
  throw new CommandError(
    `${what} is not as its documentation says: ${[where, message].filter(Boolean).join(': ')}`,
    'is GITHUB_API_URL the address of GitHub?',
  )
}
