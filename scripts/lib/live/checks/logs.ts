// The trail and what keeps logs: buckets, their policies, log groups.
import { GetEventSelectorsCommand, GetTrailCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail'
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3'
import { aws, ifThere } from '../../aws.ts'
import { leftOut, type Selectors } from '../../preflight/trail-selectors.ts'
import { gone, type LiveCheck } from '../check.ts'
import { type Difference, differencesOfDocuments, differencesWithin } from '../compare.ts'
import { resourceName } from '../resolve.ts'

export const logChecks = {
  'AWS::CloudTrail::Trail': {
    actions: ['cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
    covers: [
      'EnableLogFileValidation',
      'EventSelectors',
      'IncludeGlobalServiceEvents',
      'IsLogging',
      'IsMultiRegionTrail',
      'KMSKeyId',
      'S3BucketName',
    ],
    fixed: ['TrailName'],
    look: async ({ properties, physicalId }, region) => {
      const Name = String(properties.TrailName ?? resourceName(physicalId))
      const { Trail } = await aws.cloudTrail(region).send(new GetTrailCommand({ Name }))
      const { IsLogging, LatestDeliveryError } = await aws.cloudTrail(region).send(new GetTrailStatusCommand({ Name }))
      const { EventSelectors, AdvancedEventSelectors } = await aws
        .cloudTrail(region)
        .send(new GetEventSelectorsCommand({ TrailName: Name }))
      const { IsMultiRegionTrail, IncludeGlobalServiceEvents, EnableLogFileValidation, S3BucketName } = properties
      return [
        ...differencesWithin('IsLogging', properties.IsLogging, IsLogging),
        ...differencesWithin('delivery', '', LatestDeliveryError ?? ''),
        ...selectorDifferences(properties.EventSelectors, { EventSelectors, AdvancedEventSelectors }),
        ...differencesWithin('', { IsMultiRegionTrail, IncludeGlobalServiceEvents, S3BucketName }, Trail ?? ''),
        ...differencesWithin('LogFileValidation', EnableLogFileValidation, Trail?.LogFileValidationEnabled),
        ...differencesWithin('KMSKeyId', properties.KMSKeyId ?? '', Trail?.KmsKeyId ?? ''),
      ]
    },
  },

  'AWS::S3::Bucket': {
    actions: [
      's3:GetBucketVersioning',
      's3:GetEncryptionConfiguration',
      's3:GetBucketPublicAccessBlock',
      's3:GetLifecycleConfiguration',
      's3:GetBucketLogging',
      's3:GetBucketOwnershipControls',
    ],
    covers: [
      'BucketEncryption',
      'LifecycleConfiguration',
      'LoggingConfiguration',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'VersioningConfiguration',
    ],
    fixed: [],
    look: async ({ physicalId, properties }, region) => bucketDifferences(physicalId, properties, region),
  },

  'AWS::S3::BucketPolicy': {
    actions: ['s3:GetBucketPolicy'],
    covers: ['Bucket', 'PolicyDocument'],
    fixed: [],
    look: async ({ properties }, region) => {
      const request = new GetBucketPolicyCommand({ Bucket: String(properties.Bucket) })
      const found = await ifThere(aws.s3(region).send(request), 'NoSuchBucketPolicy')
      return differencesOfDocuments('policy', properties.PolicyDocument, found?.Policy ?? '')
    },
  },

  'AWS::Logs::LogGroup': {
    actions: ['logs:DescribeLogGroups'],
    covers: ['RetentionInDays'],
    fixed: ['LogGroupName'],
    look: async ({ properties, physicalId }, region) => {
      const logGroupNamePrefix = String(properties.LogGroupName ?? resourceName(physicalId))
      const { logGroups = [] } = await aws.logs(region).send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))
      const found = logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix)
      if (found === undefined) return [gone]
      return differencesWithin('RetentionInDays', properties.RetentionInDays, found.retentionInDays)
    },
  },
} satisfies Record<string, LiveCheck>

/** Selectors that are not as deployed; where they leave events out, the difference says which. */
export function selectorDifferences(wished: unknown, selectors: Selectors): readonly Difference[] {
  const { EventSelectors, AdvancedEventSelectors } = selectors
  const different = differencesWithin('EventSelectors', wished, EventSelectors ?? AdvancedEventSelectors ?? '')
  const left = leftOut(selectors)
  return left.length === 0 ? different : different.map((one) => ({ ...one, found: left.join('; ') }))
}

async function bucketDifferences(
  Bucket: string,
  properties: Readonly<Record<string, unknown>>,
  region: string,
): Promise<readonly Difference[]> {
  const s3 = aws.s3(region)
  const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }))
  const { LoggingEnabled } = await s3.send(new GetBucketLoggingCommand({ Bucket }))
  const encryption = await ifThere(
    s3.send(new GetBucketEncryptionCommand({ Bucket })),
    'ServerSideEncryptionConfigurationNotFoundError',
  )
  const access = await ifThere(
    s3.send(new GetPublicAccessBlockCommand({ Bucket })),
    'NoSuchPublicAccessBlockConfiguration',
  )
  const lifecycle = await ifThere(
    s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
    'NoSuchLifecycleConfiguration',
  )
  const ownership = await ifThere(
    s3.send(new GetBucketOwnershipControlsCommand({ Bucket })),
    'OwnershipControlsNotFoundError',
  )
  const encrypted = encryption?.ServerSideEncryptionConfiguration?.Rules?.map(
    ({ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled }) => ({
      ServerSideEncryptionByDefault: byDefault,
      // S3 may say so of its own key as well, where it does nothing.
      ...(byDefault?.SSEAlgorithm === 'aws:kms' ? { BucketKeyEnabled } : {}),
    }),
  )
  const found = {
    VersioningConfiguration: { Status },
    PublicAccessBlockConfiguration: access?.PublicAccessBlockConfiguration ?? '',
    BucketEncryption: { ServerSideEncryptionConfiguration: encrypted ?? '' },
    LifecycleConfiguration: { Rules: (lifecycle?.Rules ?? []).map(asInTemplates) },
    LoggingConfiguration: LoggingEnabled
      ? { DestinationBucketName: LoggingEnabled.TargetBucket, LogFilePrefix: LoggingEnabled.TargetPrefix }
      : '',
    OwnershipControls: { Rules: ownership?.OwnershipControls?.Rules ?? '' },
  }
  const {
    BucketEncryption,
    LifecycleConfiguration,
    LoggingConfiguration,
    OwnershipControls,
    PublicAccessBlockConfiguration,
    VersioningConfiguration,
  } = properties
  const wished = {
    BucketEncryption,
    LifecycleConfiguration,
    LoggingConfiguration,
    OwnershipControls,
    PublicAccessBlockConfiguration,
    VersioningConfiguration,
  }
  return differencesWithin('', wished, found)
}

/** S3's own words for a rule are not CloudFormation's. What our templates never say keeps its name at S3. */
function asInTemplates({ ID, Expiration = {}, ...rule }: LifecycleRule) {
  const { Days, ExpiredObjectDeleteMarker, ...expiration } = Expiration
  return { ...rule, Id: ID, ExpirationInDays: Days, ExpiredObjectDeleteMarker, Expiration: expiration }
}
