// Each configured channel: is its secret there and well-formed, and would its provider take a message? Nothing is sent.
import type { Channel } from '../../../handlers/notifier/channels/channel.ts'
import { channels } from '../../../handlers/notifier/channels/registry.ts'
import { readSecret } from '../../../handlers/notifier/channels/secret.ts'
import { channelsOf, type Settings } from '../../../templates-src/config/schema.ts'
import { parameterValues } from '../secrets/parameters.ts'
import { parameterOf, variableOf } from '../secrets/schema.ts'
import { type Diagnosis, ill, well } from './diagnosis.ts'
import { providerDiagnosis } from './provider.ts'

export async function channelDiagnoses(settings: Settings): Promise<readonly Diagnosis[]> {
  const { name } = settings
  const routed: readonly Channel[] = channelsOf(settings).map((one) => channels[one])
  const values = await parameterValues(routed.map((channel) => parameterOf(name, channel.name)))
  const found = await Promise.all(
    routed.map((channel) => {
      const parameter = parameterOf(name, channel.name)
      return diagnosesOf(channel, parameter, values.get(parameter))
    }),
  )
  return found.flat()
}

async function diagnosesOf(
  channel: Channel,
  parameter: string,
  written: string | undefined,
): Promise<readonly Diagnosis[]> {
  const fix = `set ${variableOf(channel.name)} and npm run secrets`
  if (written === undefined) return [ill('secrets', `SSM has no ${parameter}`, 'no alert goes that way', fix)]
  const read = readSecret(channel, written)
  if ('wrong' in read) return [ill('secrets', `${parameter} ${read.wrong}`, 'no alert goes that way', fix)]
  const provider = await providerDiagnosis(channel, read.secret)
  return [well('secrets', `${parameter} is there and well-formed`), provider]
}
