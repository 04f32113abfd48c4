// What became of the channels' secrets: the words, the JSON and the Markdown, never a value. Pure.
import type { ChannelName } from '../../../templates-src/config/schema.ts'
import type { Outcome } from '../command.ts'
import { deployment } from '../github/deployment.ts'
import { parameterOf, variableOf } from '../secrets/schema.ts'

export type State = 'created' | 'changed' | 'unchanged' | 'left as it is' | 'missing'

export interface WrongSecret {
  readonly channel: ChannelName
  /** What is wrong, by field and without any of it. */
  readonly wrong: string
}

export interface Secrets {
  /** By the parameter's name in SSM. */
  readonly states: Readonly<Record<string, State>>
  readonly wrong: readonly WrongSecret[]
  readonly missing: readonly ChannelName[]
  /** Given, of channels that are in no route. */
  readonly unrouted: readonly ChannelName[]
  readonly unroutedWrong: readonly WrongSecret[]
}

/** `inWorkflow`: the reader sets secrets on GitHub, and has no environment of their own to set. `name` is the guard's. */
export function secretsOutcome(
  { states, wrong, missing, unrouted, unroutedWrong }: Secrets,
  { inWorkflow, name }: { readonly inWorkflow: boolean; readonly name: string },
): Outcome {
  const how = (channel: ChannelName) => howToSet(variableOf(channel), inWorkflow)
  const refused = (one: WrongSecret) => `${variableOf(one.channel)} ${one.wrong}`
  const before = (channel: ChannelName) =>
    states[parameterOf(name, channel)] === 'missing' ? 'no alert goes that way' : 'the one before stays'
  const problems = [
    ...wrong.map((one) => ({
      what: `${refused(one)}: it is not written, ${before(one.channel)}`,
      hint: how(one.channel),
    })),
    ...missing.map((one) => ({ what: `${parameterOf(name, one)} is missing: no alert goes that way`, hint: how(one) })),
  ]
  const notes = [
    ...unrouted.map((one) => `${variableOf(one)} is of no route in root-guard.yaml: nothing is sent by it`),
    ...unroutedWrong.map((one) => `${refused(one)}: it is not written`),
  ]
  const rows = Object.entries(states)
  return {
    ok: problems.length === 0,
    text: [
      ...rows.map(([parameter, state]) => `${parameter}  ${state}`),
      ...problems.map(({ what, hint }) => `${what}\n  → ${hint}`),
      ...notes,
    ].join('\n'),
    json: { parameters: states, problems, notes },
    markdown: [
      '### Secrets',
      '',
      ...problems.map(({ what, hint }) => `- ${what} → ${hint}`),
      ...(problems.length > 0 ? [''] : []),
      '| parameter | |',
      '|---|---|',
      ...rows.map(([parameter, state]) => `| \`${parameter}\` | ${state} |`),
      '',
      ...notes.map((note) => `Note: ${note}`),
      '',
    ].join('\n'),
  }
}

function howToSet(variable: string, inWorkflow: boolean): string {
  return inWorkflow
    ? `gh secret set ${variable} --env ${deployment.environment} with the JSON on one line (docs/set-up.md, step 4), then gh workflow run deploy`
    : `set ${variable} and run npm run secrets again; npm run secrets -- --help lists the fields`
}
