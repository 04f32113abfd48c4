// Takes StackSets away with their stacks, and, only when told in words, logs and secrets.
import { StopConfigurationRecorderCommand } from '@aws-sdk/client-config-service'
import { DeleteBucketCommand, DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import { DeleteParametersCommand } from '@aws-sdk/client-ssm'
import { alarmRegion, postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { aws, ifThere } from '../aws.ts'
import { awsFailure, explaining } from '../aws-failure.ts'
import { CommandError, type Notes } from '../command.ts'
import type { StackSetClient } from '../stackset/client.ts'
import { type RegionFailure, regionFailures } from '../stackset/failure.ts'
import { isFault } from '../stackset/fault.ts'
import { unlessOvertaken } from '../stackset/overtaken.ts'
import { type InstanceState, operationVerdict } from '../stackset/verdict.ts'
import { operationEnded, quiet } from '../stackset/wait.ts'

/**
 * Answers why stacks could not be deleted; the StackSet stays then, since AWS deletes only an empty one. What another run
 * does at the same time is waited for: gone is gone, whoever deleted it.
 */
export async function removeStackSet(
  client: StackSetClient,
  { account, name }: Pick<Settings, 'account' | 'name'>,
  stackSet: string,
  notes: Notes,
): Promise<readonly RegionFailure[]> {
  try {
    return await unlessOvertaken(stackSet, notes, async () => {
      await quiet(client, stackSet, notes)
      const instances = await client.instances(stackSet)
      const failures =
        instances.length === 0 ? [] : await removeInstances(client, { account, name }, stackSet, instances, notes)
      if (failures.length > 0) return failures
      notes.note(`${stackSet}: deleting the StackSet`)
      await client.remove(stackSet)
      return []
    })
  } catch (error) {
    if (isFault(error, 'not-found')) return []
    throw error
  }
}

/**
 * Stops the recorder that the guard made. AWS Config deletes no delivery channel while a recorder runs, and CloudFormation
 * deletes the two of a stack at the same time. Answers the recorder's name where it is off now; a refusal ends nothing,
 * since the stack may go all the same.
 */
export async function stopRecorder(
  { name, recorder }: Pick<Settings, 'name' | 'recorder'>,
  { note }: Notes,
  stop: (name: string) => Promise<unknown> = stopInSeoul,
): Promise<string | undefined> {
  if (recorder === 'reuse') return undefined
  const stopped = `${name}-recorder`
  note(`stopping the AWS Config recorder ${stopped}`)
  try {
    const answer = await ifThere(stop(stopped), 'NoSuchConfigurationRecorderException')
    return answer === undefined ? undefined : stopped
  } catch (error) {
    const { message, hint } = awsFailure(error, 'config:StopConfigurationRecorder', stopped)
    note(`the recorder was not stopped, and its stack is deleted all the same: ${message} → ${hint}`)
    return undefined
  }
}

/** What to know of a recorder that was stopped for a removal which then failed. */
export function recorderIsOff(recorder: string): string {
  return `the AWS Config recorder ${recorder} was stopped for this, and records nothing. Where it is still there, this starts it again: aws configservice start-configuration-recorder --region ${postureRegion} --configuration-recorder-name ${recorder}`
}

function stopInSeoul(ConfigurationRecorderName: string): Promise<unknown> {
  return aws.config(postureRegion).send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }))
}

/** Every version of every object, then the bucket. Answers how many there were. */
export async function removeBucket(Bucket: string, { note }: Notes): Promise<number> {
  const s3 = aws.s3(postureRegion)
  let count = 0
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await explaining(
      's3:ListBucketVersions',
      () => s3.send(new ListObjectVersionsCommand({ Bucket })),
      Bucket,
    )
    const objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
    if (objects.length === 0) break
    const { Errors = [] } = await explaining(
      's3:DeleteObjectVersion',
      () => s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: objects, Quiet: true } })),
      Bucket,
    )
    const [first] = Errors
    if (first !== undefined) {
      throw new CommandError(
        `${Bucket}: ${first.Key} could not be deleted: ${first.Code}: ${first.Message}`,
        'the credentials in use need s3:DeleteObjectVersion; run npm run destroy again with the same words',
      )
    }
    count += objects.length
    note(`${Bucket}: ${count} objects and versions deleted`)
  }
  await explaining('s3:DeleteBucket', () => s3.send(new DeleteBucketCommand({ Bucket })), Bucket)
  return count
}

export async function removeParameters(names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await explaining('ssm:DeleteParameters', () =>
    aws.ssm(alarmRegion).send(new DeleteParametersCommand({ Names: [...names] })),
  )
}

async function removeInstances(
  client: StackSetClient,
  { account, name }: Pick<Settings, 'account' | 'name'>,
  stackSet: string,
  instances: readonly InstanceState[],
  notes: Notes,
): Promise<readonly RegionFailure[]> {
  const regions = instances.map(({ region }) => region)
  notes.note(`${stackSet}: deleting the stacks in ${regions.join(', ')}`)
  const where = { accounts: [account], regions }
  const id = await client.deleteInstances(stackSet, where, 'delete-stacks', { failureTolerance: 0 })
  const { status } = await operationEnded(client, stackSet, id, notes)
  if (operationVerdict(status) === 'succeeded') return []
  const [results, left] = [await client.results(stackSet, id), await client.instances(stackSet)]
  return regionFailures(client, stackSet, results, left, `npm run destroy -- --yes ${name}`)
}
