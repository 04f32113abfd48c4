// What a destroy would take away, and what it would leave. Looked up before anything is removed: afterwards the stacks
// that knew the buckets are gone.
import { GetBucketTaggingCommand, ListBucketsCommand } from '@aws-sdk/client-s3'
import { logBucketPrefix } from '../../../handlers/contract/log-bucket-names.ts'
import { postureRegion, type Settings } from '../../../templates-src/config/schema.ts'
import { aws, ifThere, pages } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import { deployedResources } from '../live/stack.ts'
import { parameterNames } from '../secrets/parameters.ts'
import { parameterOf, secretChannels } from '../secrets/schema.ts'
import type { StackSetClient } from '../stackset/client.ts'
import { observe } from '../stackset/converge.ts'
import type { InstanceState } from '../stackset/verdict.ts'

export interface Inventory {
  readonly stackSets: readonly { readonly name: string; readonly instances: readonly InstanceState[] }[]
  /** The log buckets of the guard, those that an earlier destroy left included. */
  readonly buckets: readonly string[]
  readonly parameters: readonly string[]
}

/** In the order of removal: what relays goes before what is relayed to. */
export async function inventory(
  settings: Settings,
  stackSets: readonly string[],
  client: StackSetClient,
): Promise<Inventory> {
  const observed = await Promise.all(stackSets.map(async (name) => ({ name, ...(await observe(client, name)) })))
  const there = observed.filter(({ stackSet }) => stackSet !== undefined)
  const ofStacks = await Promise.all(
    there.flatMap(({ instances }) =>
      instances.filter(({ region }) => region === postureRegion).map((instance) => bucketsOf(instance)),
    ),
  )
  return {
    stackSets: there.map(({ name, instances }) => ({ name, instances })).reverse(),
    buckets: [...new Set([...ofStacks.flat(), ...(await leftBuckets(settings))])].sort(),
    parameters: await parameters(settings),
  }
}

async function bucketsOf(instance: InstanceState): Promise<readonly string[]> {
  const resources = (await deployedResources(instance)) ?? []
  return resources
    .filter(({ type, physicalId }) => type === 'AWS::S3::Bucket' && physicalId !== '')
    .map(({ physicalId }) => physicalId)
}

/** CloudFormation tags a bucket with the stack that made it, and the tag stays when the stack goes. */
async function leftBuckets({ name }: Settings): Promise<readonly string[]> {
  const s3 = aws.s3(postureRegion)
  const Prefix = logBucketPrefix(name)
  const buckets = await explaining('s3:ListAllMyBuckets', () =>
    pages(
      (ContinuationToken) =>
        s3.send(new ListBucketsCommand({ ...(ContinuationToken ? { ContinuationToken } : {}), Prefix })),
      ({ Buckets }) => Buckets,
      (page) => page.ContinuationToken,
    ),
  )
  const named = buckets.map(({ Name = '' }) => Name).filter((bucket) => bucket.startsWith(Prefix))
  const tagged = await Promise.all(
    named.map(async (Bucket) => {
      const found = await explaining(
        's3:GetBucketTagging',
        () => ifThere(s3.send(new GetBucketTaggingCommand({ Bucket })), ['NoSuchTagSet', 'NoSuchBucket']),
        Bucket,
      )
      const stack = found?.TagSet?.find(({ Key }) => Key === 'aws:cloudformation:stack-name')?.Value ?? ''
      return stack.startsWith(`StackSet-${name}-${postureRegion}-`) ? [Bucket] : []
    }),
  )
  return tagged.flat()
}

async function parameters({ name }: Settings): Promise<readonly string[]> {
  return parameterNames(secretChannels.map((channel) => parameterOf(name, channel)))
}
