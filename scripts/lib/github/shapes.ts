// Lists of GitHub's, held to the fields that are read of them.
import * as v from 'valibot'
import { CommandError } from '../command.ts'

export function parsedList<Schema extends v.GenericSchema>(
  schema: Schema,
  items: readonly unknown[],
  what: string,
): readonly v.InferOutput<Schema>[] {
  const result = v.safeParse(v.array(schema), items)
  if (result.success) return result.output
  const [{ message, path = [] }] = result.issues
  const where = path.map(({ key }: { readonly key: unknown }) => String(key)).join('.')
  throw new CommandError(
    `GitHub's list of ${what} is not as its documentation says: ${where}: ${message}`,
    'is GITHUB_API_URL the address of GitHub?',
  )
}
