// Puts the channels' secrets from the environment into SSM. Says which changed, and never a value.
import { isDeepStrictEqual } from 'node:util'
import { loadSettings } from '../templates-src/config/load.ts'
import { alarmRegion, channelsOf } from '../templates-src/config/schema.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { main, type Outcome } from './lib/command.ts'
import { settingsFile } from './lib/generated.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { type Problem, refuse } from './lib/problem.ts'
import { parameterValues, putParameter } from './lib/secrets/parameters.ts'
import { parameterOf, readSecret, type SecretChannel, secretSchemas, variableOf } from './lib/secrets/schema.ts'

const channels = Object.keys(secretSchemas) as SecretChannel[]

await main({
  usage: 'npm run secrets',
  purpose: `Puts the channels' secrets from the environment into SSM SecureStrings of ${alarmRegion}; says which changed, never their values.`,
  details: `One variable a channel, each holding the channel's JSON object:
${channels.map((channel) => `  ${variableOf(channel).padEnd(28)} ${Object.keys(secretSchemas[channel].entries).join(', ')}`).join('\n')}
A channel whose variable is not set is left as it is. recipients is a list of phone numbers.
exit code: 0 every channel in root-guard.yaml has its secret, 1 one is missing, 2 used or configured wrongly`,
  permissions: permissions.secrets,
  run: async () => {
    const settings = loadSettings(settingsFile)
    const { name } = settings
    const given = channels.flatMap((channel) => {
      const written = process.env[variableOf(channel)]
      return written ? [{ channel, written }] : []
    })
    refuse(given.flatMap(problemOf))
    await rightAccount(settings)

    const wished = channelsOf(settings)
    const names = [...new Set([...wished, ...given.map(({ channel }) => channel)])].map((one) => parameterOf(name, one))
    const before = await parameterValues(names)
    const states: Record<string, State> = {}
    for (const { channel, written } of given) {
      const parameter = parameterOf(name, channel)
      const old = before.get(parameter)
      states[parameter] = old === undefined ? 'created' : isSame(old, written) ? 'unchanged' : 'changed'
      if (states[parameter] !== 'unchanged') await putParameter(parameter, JSON.stringify(JSON.parse(written)))
    }
    for (const channel of wished) {
      const parameter = parameterOf(name, channel)
      states[parameter] ??= before.has(parameter) ? 'left as it is' : 'missing'
    }
    return outcome(states)
  },
})

type State = 'created' | 'changed' | 'unchanged' | 'left as it is' | 'missing'

function problemOf({ channel, written }: { channel: SecretChannel; written: string }): readonly Problem[] {
  const read = readSecret(channel, written)
  if ('secret' in read) return []
  return [{ what: `${variableOf(channel)} ${read.wrong}`, hint: 'npm run secrets -- --help lists the fields' }]
}

/** Spacing and the order of fields are no change. */
function isSame(old: string, written: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(old), JSON.parse(written))
  } catch {
    return false
  }
}

function outcome(states: Readonly<Record<string, State>>): Outcome {
  const rows = Object.entries(states)
  const missing = rows.filter(([, state]) => state === 'missing').map(([parameter]) => parameter)
  const hints = missing.map(
    (parameter) =>
      `${parameter} is missing: no alert goes that way\n  → set ${variableOf(parameter.split('/').at(-1) ?? '')} and run npm run secrets again`,
  )
  return {
    ok: missing.length === 0,
    text: [...rows.map(([parameter, state]) => `${parameter}  ${state}`), ...hints].join('\n'),
    json: { parameters: states },
    markdown: [
      '### Secrets',
      '',
      '| parameter | |',
      '|---|---|',
      ...rows.map(([parameter, state]) => `| \`${parameter}\` | ${state} |`),
      '',
    ].join('\n'),
  }
}
