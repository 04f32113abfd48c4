// Holds the execution role of generated/bootstrap.yaml against AWS's own schemas of the types in the templates: whatever a
// type's handlers call must be granted, and let through by the boundary, or be explained in not-called.ts.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { CommandError, main, type Outcome } from '../../scripts/lib/command.ts'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { allTemplates, deployed, everything, type Resource, statements } from '../templates-src/references.ts'
import { notCalled } from './not-called.ts'

const AWS_SCHEMAS = 'https://schema.cloudformation.us-east-1.amazonaws.com/CloudformationSchema.zip'

interface Schema {
  readonly typeName: string
  readonly handlers?: Readonly<Record<string, { readonly permissions: readonly string[] }>>
}

await main({
  usage: 'npm run check:grants',
  purpose: "Holds the role that StackSets deploy with against what AWS's own schemas say that its types call.",
  details: `exit code: 0 all of it is granted or explained (test/checkers/not-called.ts), 1 not, 2 used wrongly`,
  options: {
    schemas: { type: 'string', value: 'PLACE', help: "a folder or zip of the schemas; otherwise AWS's are fetched" },
  },
  run: async ({ schemas }) => compared(await schemasOf(typeof schemas === 'string' ? schemas : undefined)),
})

function compared(schemas: ReadonlyMap<string, Schema>): Outcome {
  const types = new Set(
    Object.values(allTemplates(everything)).flatMap(({ Resources }) =>
      Object.values(Resources).map(({ Type }) => Type),
    ),
  )
  const { Resources } = deployed(bootstrapTemplate(everything))
  const granted = allowedBy(Resources.StackSetExecutionRole)
  const bounds = allowedBy(Resources.StackSetBoundary)
  const unknown = [...types].filter((type) => !schemas.has(type)).map((type) => `${type}: there is no schema of it`)
  const wanted = [...types].flatMap((type) => calls(schemas.get(type)).map((action) => ({ type, action })))
  const explains = (one: (typeof notCalled)[number], { type, action }: (typeof wanted)[number]) =>
    one.type === type && covered(action, one.actions)

  const missing = wanted
    .filter((call) => !covered(call.action, granted) && !notCalled.some((one) => explains(one, call)))
    .map(({ type, action }) => `${type}: ${action} is neither granted nor explained`)
  const stopped = wanted
    .filter(({ action }) => covered(action, granted) && !covered(action, bounds))
    .map(({ type, action }) => `${type}: ${action} is granted, and stopped by the boundary`)
  const idle = notCalled.flatMap(({ type, actions }) =>
    actions
      .filter((action) => !wanted.some((call) => call.type === type && covered(call.action, [action])))
      .map((action) => `${type}: ${action} is explained, and no handler calls it`),
  )

  const wrong = [...unknown, ...missing, ...stopped, ...idle]
  // What AWS has not moved into its registry yet has a schema without handlers.
  const silent = [...types].filter((type) => schemas.has(type) && calls(schemas.get(type)).length === 0)
  const lines = [
    `${types.size} types, ${wanted.length} calls of their handlers, ${wrong.length} neither granted nor explained`,
    ...(silent.length > 0 ? [`  AWS does not say what these call: ${silent.join(', ')}`] : []),
    ...wrong.map((line) => `  ${line}`),
  ]
  return { ok: wrong.length === 0 && wanted.length > 0, text: lines.join('\n'), json: { wrong, silent } }
}

function allowedBy(resource: Resource | undefined): readonly string[] {
  return statements(resource?.Properties).flatMap(({ Effect, Action }) => (Effect === 'Allow' ? [Action].flat() : []))
}

/** What a deploy makes a type's handlers call. `list` is asked by nobody of a StackSet. */
function calls(schema: Schema | undefined): readonly string[] {
  const handlers = Object.entries(schema?.handlers ?? {}).filter(([name]) => name !== 'list')
  return [...new Set(handlers.flatMap(([, { permissions }]) => permissions.map(asIam)))].sort()
}

/** Some schemas write `CloudTrail:` and `S3:`. */
function asIam(permission: string): string {
  const [service = '', ...action] = permission.split(':')
  return [service.toLowerCase(), ...action].join(':')
}

function covered(action: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern,
  )
}

async function schemasOf(place: string | undefined): Promise<ReadonlyMap<string, Schema>> {
  const schemas = (await textsOf(place)).map((text) => JSON.parse(text) as Schema)
  return new Map(schemas.map((schema) => [schema.typeName, schema]))
}

async function textsOf(place: string | undefined): Promise<readonly string[]> {
  if (place === undefined) return unzipped(await fetched())
  if (!existsSync(place)) throw new CommandError(`there is no ${place}`, `a folder or zip of ${AWS_SCHEMAS}`, 2)
  if (!statSync(place).isDirectory()) return unzipped(readFileSync(place))
  const files = readdirSync(place).filter((file) => file.endsWith('.json'))
  return files.map((file) => readFileSync(join(place, file), 'utf8'))
}

function unzipped(zip: Uint8Array): readonly string[] {
  return Object.values(unzipSync(zip)).map((file) => strFromU8(file))
}

async function fetched(): Promise<Uint8Array> {
  const answer = await fetch(AWS_SCHEMAS)
  if (!answer.ok)
    throw new CommandError(`${AWS_SCHEMAS}: HTTP ${answer.status}`, '--schemas takes them from this machine')
  return new Uint8Array(await answer.arrayBuffer())
}
