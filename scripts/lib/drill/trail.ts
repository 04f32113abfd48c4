// The drill through CloudTrail: the drill role makes one call, and its record takes the way that root's take. The call is
// DescribeTrails: it changes nothing, reveals little, is recorded in the Region that is asked, is a read (which a rule
// matches only in its widest state, as root's reads must be), and the drill role makes it for nothing else.
import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Settings } from '../../../templates-src/config/schema.ts'
import { drillSource } from '../../../templates-src/own-events.ts'
import { awsFailure } from '../aws-failure.ts'
import { CommandError } from '../command.ts'

/** The alert's id: CloudTrail writes the id of the request, which the answer carries, into its record. */
export async function callForRecord({ name, homeRegion }: Settings, region: string): Promise<string> {
  await asDrillRole(name, homeRegion)
  try {
    const { $metadata } = await new CloudTrailClient({ region }).send(new DescribeTrailsCommand({}))
    if ($metadata.requestId) return `${drillSource}~${$metadata.requestId}`
  } catch (error) {
    throw awsFailure(error, 'cloudtrail:DescribeTrails')
  }
  throw new CommandError('cloudtrail:DescribeTrails was answered without a request id', 'run the drill again')
}

/** The rule knows the record by the role that called. */
async function asDrillRole(name: string, region: string): Promise<void> {
  const { Arn = 'nobody' } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}))
  if (Arn.includes(`:assumed-role/${name}-drill/`)) return
  throw new CommandError(
    `--through-cloudtrail works as the role ${name}-drill, whose calls the rule knows, and these credentials are of ${Arn}`,
    "gh workflow run 'test alert' -f way=through-cloudtrail signs in as it",
    2,
  )
}
