// Each configured channel: is its secret there and well-formed, and would its provider take a message? Nothing is sent.
import { channelsOf, type Settings } from '../../../templates-src/config/schema.ts'
import { parameterValues } from '../secrets/parameters.ts'
import { parameterOf, readSecret, type Secret, type SecretChannel, variableOf } from '../secrets/schema.ts'
import { type Diagnosis, ill, noted, well } from './diagnosis.ts'
import { nhnSmsDiagnoses } from './providers/nhn-sms.ts'
import { solapiDiagnoses } from './providers/solapi.ts'
import { telegramDiagnoses } from './providers/telegram.ts'

export async function channelDiagnoses(settings: Settings): Promise<readonly Diagnosis[]> {
  const { name } = settings
  const channels: readonly SecretChannel[] = channelsOf(settings)
  const values = await parameterValues(channels.map((channel) => parameterOf(name, channel)))
  const found = await Promise.all(
    channels.map((channel) => diagnosesOf(channel, parameterOf(name, channel), values.get(parameterOf(name, channel)))),
  )
  return found.flat()
}

async function diagnosesOf(
  channel: SecretChannel,
  parameter: string,
  written: string | undefined,
): Promise<readonly Diagnosis[]> {
  const mend = `set ${variableOf(channel)} and npm run secrets`
  if (written === undefined) return [ill('secrets', `SSM has no ${parameter}`, 'no alert goes that way', mend)]
  const read = readSecret(channel, written)
  if ('wrong' in read) return [ill('secrets', `${parameter} ${read.wrong}`, 'no alert goes that way', mend)]
  return [well('secrets', `${parameter} is there and well-formed`), ...(await asked[channel](read.secret as never))]
}

/** How each channel's provider is asked. */
const asked: { readonly [Channel in SecretChannel]: (secret: Secret<Channel>) => Promise<readonly Diagnosis[]> } = {
  telegram: telegramDiagnoses,
  'nhn-sms': nhnSmsDiagnoses,
  'solapi-sms': (secret) => solapiDiagnoses('solapi-sms', secret),
  'solapi-alimtalk': ({ apiKey, apiSecret }) => solapiDiagnoses('solapi-alimtalk', { apiKey, apiSecret }),
  'nhn-alimtalk': () => cannotBeAsked('nhn-alimtalk'),
  slack: () => cannotBeAsked('slack'),
  discord: () => cannotBeAsked('discord'),
}

async function cannotBeAsked(channel: string): Promise<readonly Diagnosis[]> {
  return [
    noted(
      'channels',
      `${channel} was not asked`,
      'it has no question that sends nothing',
      'npm run drill -- --send tries it',
    ),
  ]
}
