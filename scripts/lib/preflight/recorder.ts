// An account has one AWS Config recorder and one delivery channel a Region: whose are they? A stack that makes a second
// one fails, and one that relies on none has rules that never run.
import {
  type ConfigurationRecorder,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service'
import { postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { aws } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import type { Problem } from '../problem.ts'

export interface ConfigState {
  readonly recorders: readonly { readonly name: string; readonly recordsUsers: boolean }[]
  readonly channels: readonly string[]
}

/** Pure. `deployed`: the guard's own stack is in the Region, so that what has its names is its own. */
export function recorderProblems(
  { name, recorder }: Settings,
  { recorders, channels }: ConfigState,
  { deployed }: { readonly deployed: boolean },
): readonly Problem[] {
  const own = { recorder: `${name}-recorder`, channel: `${name}-delivery` }
  const other = recorders.find((one) => one.name !== own.recorder)
  if (recorder === 'reuse') return reuseProblems(other)
  const leftRecorder = !deployed && recorders.some((one) => one.name === own.recorder)
  const leftChannel = !deployed && channels.includes(own.channel)
  const otherChannel = channels.find((channel) => channel !== own.channel)
  return [
    ...(other === undefined ? [] : [taken(other.name)]),
    ...(other === undefined && otherChannel !== undefined ? [strayChannel(otherChannel)] : []),
    ...(leftRecorder
      ? [leftover('recorder', own.recorder, 'delete-configuration-recorder --configuration-recorder-name')]
      : []),
    ...(leftChannel
      ? [leftover('delivery channel', own.channel, 'delete-delivery-channel --delivery-channel-name')]
      : []),
  ]
}

export async function configState(): Promise<ConfigState> {
  const config = aws.config(postureRegion)
  const { ConfigurationRecorders = [] } = await explaining('config:DescribeConfigurationRecorders', () =>
    config.send(new DescribeConfigurationRecordersCommand({})),
  )
  const { DeliveryChannels = [] } = await explaining('config:DescribeDeliveryChannels', () =>
    config.send(new DescribeDeliveryChannelsCommand({})),
  )
  return {
    // Recorders of AWS's own services record for those, and stand in nobody's way.
    recorders: ConfigurationRecorders.filter(({ servicePrincipal }) => servicePrincipal === undefined).map((one) => ({
      name: one.name ?? '',
      recordsUsers: recordsUsers(one),
    })),
    channels: DeliveryChannels.map(({ name = '' }) => name),
  }
}

function recordsUsers({ recordingGroup: group }: ConfigurationRecorder): boolean {
  if (group?.resourceTypes?.includes('AWS::IAM::User')) return true
  const excluded = group?.exclusionByResourceTypes?.resourceTypes ?? []
  if (excluded.length > 0) return !excluded.includes('AWS::IAM::User')
  return group?.allSupported === true && group.includeGlobalResourceTypes === true
}

function reuseProblems(other: ConfigState['recorders'][number] | undefined): readonly Problem[] {
  if (other === undefined) {
    return [
      {
        what: `recorder: reuse, but ${postureRegion} has no AWS Config recorder other than the guard's own`,
        hint: 'put recorder: create into root-guard.yaml',
      },
    ]
  }
  if (other.recordsUsers) return []
  return [
    {
      what: `recorder: reuse, but ${other.name} in ${postureRegion} does not record AWS::IAM::User`,
      hint: 'add the type to that recorder',
    },
  ]
}

function taken(name: string): Problem {
  return {
    what: `${postureRegion} already has the AWS Config recorder ${name}, and a Region takes one`,
    hint: 'put recorder: reuse into root-guard.yaml',
  }
}

/** Without a recorder there is nothing to reuse, so that the channel alone is in the way of the guard's own. */
function strayChannel(name: string): Problem {
  return {
    what: `${postureRegion} already has the AWS Config delivery channel ${name} without a recorder, and a Region takes one`,
    hint: `delete the delivery channel: aws configservice delete-delivery-channel --delivery-channel-name ${name} --region ${postureRegion}`,
  }
}

function leftover(what: string, name: string, command: string): Problem {
  return {
    what: `${postureRegion} already has the ${what} ${name}, which no stack of this guard made`,
    hint: `delete it: aws configservice ${command} ${name} --region ${postureRegion}`,
  }
}
