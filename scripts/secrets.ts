// Puts the channels' secrets from the environment into SSM. Says which changed, and never a value.
import { isDeepStrictEqual } from 'node:util'
import { channels } from '../handlers/notifier/channels/registry.ts'
import { readSecret } from '../handlers/notifier/channels/secret.ts'
import { loadSettings } from '../templates-src/config/load.ts'
import { alarmRegion, type ChannelName, channelsOf } from '../templates-src/config/schema.ts'
import { permissions } from '../templates-src/parts/bootstrap-permissions.ts'
import { main } from './lib/command.ts'
import { settingsFile } from './lib/generated.ts'
import { rightAccount } from './lib/preflight/account.ts'
import { type State, secretsOutcome, type WrongSecret } from './lib/report/secrets.ts'
import { parameterValues, putParameter } from './lib/secrets/parameters.ts'
import { fieldsOf, parameterOf, secretChannels, variableOf } from './lib/secrets/schema.ts'

await main({
  usage: 'npm run secrets',
  purpose: `Puts the channels' secrets from the environment into SSM SecureStrings of ${alarmRegion}; says which changed, never their values.`,
  details: `One variable a channel, each holding the channel's JSON object:
${secretChannels.map((channel) => `  ${variableOf(channel).padEnd(28)} ${fieldsOf(channel)}`).join('\n')}
A channel whose variable is not set is left as it is. recipients is a list of phone numbers.
A secret of a wrong form is not written, and keeps no other one back; of a channel that is in no route it is a note.
exit code: 0 every channel in root-guard.yaml has its secret, 1 one is missing or wrong, 2 used or configured wrongly`,
  permissions: permissions.secrets,
  run: async () => {
    const settings = loadSettings(settingsFile)
    const { name } = settings
    const wished = channelsOf(settings)
    const { good, bad } = given()
    await rightAccount(settings)

    const all = [...wished, ...good.map(({ channel }) => channel), ...bad.map(({ channel }) => channel)]
    const before = await parameterValues([...new Set(all)].map((one) => parameterOf(name, one)))
    const states: Record<string, State> = {}
    for (const { channel, written } of good) {
      const parameter = parameterOf(name, channel)
      const old = before.get(parameter)
      states[parameter] = old === undefined ? 'created' : isSame(old, written) ? 'unchanged' : 'changed'
      if (states[parameter] !== 'unchanged') await putParameter(parameter, JSON.stringify(JSON.parse(written)))
    }
    for (const channel of [...wished, ...bad.map((one) => one.channel)]) {
      const parameter = parameterOf(name, channel)
      states[parameter] ??= before.has(parameter) ? 'left as it is' : 'missing'
    }
    const isRouted = ({ channel }: { readonly channel: ChannelName }) => wished.some((one) => one === channel)
    return secretsOutcome(
      {
        states,
        wrong: bad.filter(isRouted),
        missing: wished.filter(
          (one) => states[parameterOf(name, one)] === 'missing' && !bad.some(({ channel }) => channel === one),
        ),
        unrouted: [...good, ...bad].filter((one) => !isRouted(one)).map(({ channel }) => channel),
        unroutedWrong: bad.filter((one) => !isRouted(one)),
      },
      { inWorkflow: process.env.GITHUB_ACTIONS === 'true', name },
    )
  },
})

interface Given {
  /** As written: JSON of the channel's form. */
  readonly good: readonly { readonly channel: ChannelName; readonly written: string }[]
  readonly bad: readonly WrongSecret[]
}

/** What the environment holds: one that is wrong keeps no other channel from its own. */
function given(): Given {
  const all = secretChannels.flatMap((channel) => {
    const written = process.env[variableOf(channel)]
    return written ? [{ channel, written, read: readSecret(channels[channel], written) }] : []
  })
  return {
    good: all.flatMap(({ channel, written, read }) => ('secret' in read ? [{ channel, written }] : [])),
    bad: all.flatMap(({ channel, read }) => ('wrong' in read ? [{ channel, wrong: read.wrong }] : [])),
  }
}

/** Spacing and the order of fields are no change. */
function isSame(old: string, written: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(old), JSON.parse(written))
  } catch {
    return false
  }
}
