// Reads root-guard.yaml into Settings, or throws a SettingsError that names every problem with its line.
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import {
  type Document,
  type ErrorCode,
  isMap,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLParseError,
} from 'yaml'
import { contradictions } from './contradictions.ts'
import { type Problem, SettingsError } from './problem.ts'
import { type Settings, settingsSchema } from './schema.ts'

/** Reads and validates the file at the path. Throws SettingsError, also when the file is not there. */
export function loadSettings(file: string): Settings {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const allowed = 'a readable file; run the command in the folder that holds it'
    throw new SettingsError([
      { file, line: 1, field: '', found: code === 'ENOENT' ? 'no such file' : message, allowed },
    ])
  }
  return parseSettings(text, file)
}

/** Validates the text of the file; `file` is only for the messages. */
export function parseSettings(text: string, file: string): Settings {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)

  const [unreadable] = document.errors
  if (unreadable !== undefined) throw new SettingsError([unreadableAt(unreadable, text, file, lines)])
  if (document.contents !== null && !isMap(document.contents)) {
    const found = 'something else than a map of fields'
    throw new SettingsError([{ file, line: 1, field: '', found, allowed: `the fields ${fieldsAt([]).join(', ')}` }])
  }
  const parsed = v.safeParse(settingsSchema, plain(document, file) ?? {})
  if (parsed.success)
    return withoutContradictions(parsed.output, (path) => ({ file, line: lineAt(offsetOf(document, path)) }))
  throw new SettingsError(
    parsed.issues.map((issue) => {
      const path = (issue.path ?? []).map((item) => item.key as string | number)
      return { file, line: lineAt(offsetOf(document, path)), field: path.join('.'), ...describe(issue, path) }
    }),
  )
}

/** Where the text stops being YAML, and how it would be: the library says it for those who write parsers. */
function unreadableAt({ code, message, pos }: YAMLParseError, text: string, file: string, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(pos[0])
  // The place is said before; after it the library draws the line.
  const [reason = ''] = message.split(/ at line \d+, column \d+:/)
  const { found, allowed } = syntax[code] ?? { found: reason, allowed: 'a file that is YAML' }
  const written = (text.split('\n')[line - 1] ?? '').trim()
  return { file, line, column: col, field: '', found: `${found}, at ${shown(written)}`, allowed }
}

const quoted = 'put the value in quotes'
const syntax: Partial<Record<ErrorCode, Pick<Problem, 'found' | 'allowed'>>> = {
  TAB_AS_INDENT: { found: 'a tab as indentation', allowed: 'spaces, two a level' },
  BAD_INDENT: {
    found: 'a line that is not indented as its neighbours, or a bracket that is not closed before it',
    allowed: 'fields of one level in one column, two spaces a level; every [ and { closed',
  },
  MISSING_CHAR: {
    found: 'a quote, a bracket or a colon that is missing',
    allowed: 'quotes and brackets that are closed, field: value',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    found: 'fields below a field that has a value already',
    allowed: `a value, or fields below it, indented by two spaces; where the value itself holds a colon, ${quoted}`,
  },
  BAD_SCALAR_START: {
    found: 'a value that begins with a character that YAML keeps to itself',
    allowed: quoted,
  },
  DUPLICATE_KEY: { found: 'a field for the second time', allowed: 'each field once: take one of the two out' },
  MULTIPLE_DOCS: { found: 'a second document', allowed: 'one: take the --- out' },
}

function withoutContradictions(
  settings: Settings,
  where: (path: readonly (string | number)[]) => Pick<Problem, 'file' | 'line'>,
): Settings {
  const found = contradictions(settings)
  if (found.length === 0) return settings
  throw new SettingsError(
    found.map(({ path, input, allowed }) => ({ ...where(path), field: path.join('.'), found: shown(input), allowed })),
  )
}

/** Throws a SettingsError for what only shows when aliases are followed, and for names that JavaScript keeps to itself. */
function plain(document: Document, file: string): unknown {
  const refused = (found: string, allowed: string) => new SettingsError([{ file, line: 1, field: '', found, allowed }])
  try {
    return document.toJS({
      reviver: (key, value) => {
        if (!['__proto__', 'constructor', 'prototype'].includes(String(key))) return value
        throw refused(`a field named ${key}`, 'any other name')
      },
    })
  } catch (error) {
    throw error instanceof SettingsError
      ? error
      : refused((error as Error).message, 'aliases (*name) of anchors (&name) above')
  }
}

type Issue = v.BaseIssue<unknown>

function describe(issue: Issue, path: readonly (string | number)[]): Pick<Problem, 'found' | 'allowed'> {
  if (issue.type === 'strict_object') {
    if (issue.expected === 'never') {
      return { found: 'a field that is not known', allowed: fieldsAt(path.slice(0, -1)).join(', ') }
    }
    if (issue.expected?.includes('Object')) {
      return { found: shown(issue.input), allowed: `a map of fields: ${fieldsAt(path).join(', ')}` }
    }
    return { found: 'nothing', allowed: `this field is required: ${expectedAt(path)}` }
  }
  const allowed = issue.type === 'picklist' ? choices(issue) : issue.kind === 'schema' ? typeOf(issue) : issue.message
  return { found: shown(issue.input), allowed }
}

function choices(issue: Issue): string {
  return (issue.expected ?? '').replace(/["()]/g, '').replace(/ \| /g, ', ')
}

/** Valibot's own sentence, unless the schema gives one that teaches more. */
function typeOf(issue: Issue): string {
  return issue.message.startsWith('Invalid') ? `a ${nameOfType(issue.expected)}` : issue.message
}

function nameOfType(expected: string | null): string {
  return { Array: 'list', Object: 'map of fields' }[expected ?? ''] ?? expected ?? 'value'
}

function shown(input: unknown): string {
  if (input === undefined || input === null) return 'nothing'
  const text = JSON.stringify(input)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** A schema as far as it is looked into: an object's fields, or what an optional one wraps. */
interface Looked {
  readonly wrapped?: Looked
  readonly entries?: Readonly<Record<string, Looked>>
}

function schemaAt(path: readonly (string | number)[]): Looked | undefined {
  const inside = (schema: Looked | undefined, key: string | number) =>
    (schema?.entries ?? schema?.wrapped?.entries)?.[key]
  return path.reduce<Looked | undefined>(inside, settingsSchema as Looked)
}

function fieldsAt(path: readonly (string | number)[]): string[] {
  const found = schemaAt(path)
  return Object.keys(found?.entries ?? found?.wrapped?.entries ?? settingsSchema.entries)
}

function expectedAt(path: readonly (string | number)[]): string {
  const found = schemaAt(path) as v.GenericSchema | undefined
  return found === undefined ? 'see the comments in the file' : (v.getDescription(found) ?? found.expects)
}

/** Where in the text a field stands; for a field that is missing, where its parent does. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
    const key = path[depth - 1]
    if (isMap(parent)) {
      const pair = parent.items.find((item: Pair) => (item.key as Scalar).value === key)
      if (pair !== undefined) return (pair.key as Node).range?.[0] ?? 0
    }
    const node = document.getIn(path.slice(0, depth), true) as Node | undefined
    if (node?.range) return node.range[0]
  }
  return 0
}
