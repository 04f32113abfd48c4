// How long AWS Config remembers what it recorded. CloudFormation has no resource for it, so a deploy sets it.
import {
  DescribeRetentionConfigurationsCommand,
  PutRetentionConfigurationCommand,
} from '@aws-sdk/client-config-service'
import { postureRegion, type Settings } from '../../templates-src/config/schema.ts'
import { aws } from './aws.ts'
import { explaining } from './aws-failure.ts'
import type { Notes } from './command.ts'

/** AWS Config takes no more than seven years; its logs in S3 may stay longer. */
const mostDays = 2557

/** The days that AWS Config should remember, by the settings; undefined where the recorder is not ours to set up. */
export function retentionDays({ recorder, retention }: Settings): number | undefined {
  return recorder === 'reuse' ? undefined : Math.min(retention.logDays, mostDays)
}

/** What a deploy would set, and what it is now; undefined where they are the same. Needs config:DescribeRetentionConfigurations. */
export async function retentionChange(
  settings: Settings,
): Promise<{ readonly from: number; readonly to: number } | undefined> {
  const to = retentionDays(settings)
  if (to === undefined) return undefined
  const from = await retentionInForce()
  return from === to ? undefined : { from, to }
}

/** Sets it where it differs, and answers whether it did. Needs config:Describe- and PutRetentionConfiguration(s). */
export async function setRetention(settings: Settings, { note }: Notes): Promise<boolean> {
  const change = await retentionChange(settings)
  if (change === undefined) return false
  note(`AWS Config keeps what it records for ${change.to} days`)
  await explaining('config:PutRetentionConfiguration', () =>
    aws.config(postureRegion).send(new PutRetentionConfigurationCommand({ RetentionPeriodInDays: change.to })),
  )
  return true
}

async function retentionInForce(): Promise<number> {
  const { RetentionConfigurations = [] } = await explaining('config:DescribeRetentionConfigurations', () =>
    aws.config(postureRegion).send(new DescribeRetentionConfigurationsCommand({})),
  )
  // Never set, it is seven years.
  return RetentionConfigurations[0]?.RetentionPeriodInDays ?? mostDays
}
