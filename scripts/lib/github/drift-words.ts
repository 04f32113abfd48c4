// What `npm run drift -- --json` prints, and the issue that tells people of it. Pure but for parsing.
import * as v from 'valibot'
import { CommandError } from '../command.ts'
import { bodyLimit, fitted } from './fit.ts'
import { redacted } from './redact.ts'

const findingSchema = v.object({
  stackSet: v.string(),
  region: v.string(),
  resource: v.string(),
  type: v.string(),
  what: v.string(),
  wished: v.string(),
  found: v.string(),
  hint: v.string(),
  /**
   * `waiting`: told, and no reason for an issue, as an e-mail subscription nobody has confirmed yet. `unknown`: it could
   * not be looked at, which is no reason to open an issue, nor to close one.
   */
  state: v.picklist(['differs', 'waiting', 'unknown']),
  /** Of what is `unknown`: it stays so, and an issue that waited for it would stay open for ever. */
  isLasting: v.optional(v.literal(true)),
})

const driftSchema = v.object({ findings: v.array(findingSchema) })

export type Drift = v.InferOutput<typeof driftSchema>
type Finding = v.InferOutput<typeof findingSchema>

/** Throws a CommandError for anything but findings: an account that could not be looked at is no clean one. */
export function parseDrift(text: string, file: string): Drift {
  const json = parsed(text)
  const failed = v.safeParse(v.object({ error: v.object({ message: v.string() }) }), json)
  if (failed.success) {
    throw new CommandError(
      `${file}: npm run drift could not look: ${redacted(failed.output.error.message)}`,
      'its log above says what to do; the issue stays as it is',
    )
  }
  const found = v.safeParse(driftSchema, json)
  if (found.success) return found.output
  const [{ message, path = [] }] = found.issues
  const where = path.map(({ key }: { readonly key: unknown }) => String(key)).join('.')
  throw new CommandError(
    `${file}${where === '' ? '' : `: ${where}`}: ${message}`,
    'it must be what npm run drift -- --json prints; the issue stays as it is',
    2,
  )
}

export function differing({ findings }: Drift): readonly Finding[] {
  return findings.filter(({ state }) => state === 'differs')
}

export function unknown({ findings }: Drift): readonly Finding[] {
  return findings.filter(({ state, isLasting }) => state === 'unknown' && isLasting !== true)
}

function neverLookedAt({ findings }: Drift): readonly Finding[] {
  return findings.filter(({ isLasting }) => isLasting === true)
}

export function driftTitle(drift: Drift): string {
  const number = differing(drift).length
  return `Drift: ${number === 1 ? '1 thing is' : `${number} things are`} not as deployed`
}

export function driftBody(drift: Drift, head: string, source: string): string {
  const found = differing(drift)
  const hints = [...new Set(found.map(({ hint }) => hint))]
  const waiting = drift.findings.filter(({ state }) => state === 'waiting')
  const sections = [
    'What is in the account is not what its templates say: somebody or something changed it since, or a deploy did not get so far. **Wanted from you:** put it back, or make it the rule by changing `root-guard.yaml` or the templates; this issue closes itself when everything could be looked at and nothing differs any more.',
    ...table(found),
    '#### What to do',
    hints.map((hint) => `- ${hint}`).join('\n'),
    ...(unknown(drift).length === 0 ? [] : ['#### Could not be looked at', ...table(unknown(drift))]),
    ...(neverLookedAt(drift).length === 0
      ? []
      : ['#### AWS does not let this account look', ...table(neverLookedAt(drift))]),
    ...(waiting.length === 0 ? [] : ['#### Waited for', ...table(waiting)]),
  ]
  const foot = `\n\n<sub>${source}</sub>\n`
  return `${head}${fitted(redacted(sections.join('\n\n')), bodyLimit - head.length - foot.length)}${foot}`
}

function table(findings: readonly Finding[]): readonly string[] {
  const rows = findings.map(({ stackSet, region, resource, type, what, wished, found }) =>
    [stackSet, region, resource || type, what, wished, found].map(cell).join(' | '),
  )
  return [
    [
      '| StackSet | Region | resource | what | should be | is |',
      '|---|---|---|---|---|---|',
      ...rows.map((row) => `| ${row} |`),
    ].join('\n'),
  ]
}

/** What AWS says may hold pipes, line ends, and names that GitHub would notify or render. */
function cell(text: string): string {
  const plain = text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('`', "'")
    .replaceAll('|', '\\|')
  return plain === '' ? '' : `\`${plain}\``
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
