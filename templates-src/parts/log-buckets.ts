// The buckets that hold logs for years: versioned, never public, TLS only, kept when the stack goes. Who reads them is
// logged in a bucket of its own, which logs nowhere: a bucket that logs into itself never stops.
import { DeletionPolicy, Fn, Refs, S3 } from 'cloudform'
import { withAttributes } from '../beyond-cloudform.ts'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { encryptionKey } from './encryption-key.ts'
import { allowService } from './iam.ts'

/** A bucket and its policy: TLS only, and what the `writers` (statements without their Resource's bucket) are allowed. */
export function logBucket(settings: Settings, id: string, writers: readonly BucketStatement[]): Resources {
  const encryption = settings.encryption === 'customer-key' ? keyEncryption : ownEncryption
  const to = settings.buckets.accessLogs ?? Fn.Ref(accessLogs)
  return {
    [id]: bucket(settings, encryption, { DestinationBucketName: to, LogFilePrefix: `${id}/` }),
    [`${id}Policy`]: bucketPolicy(id, writers),
  }
}

/** Where the given buckets log who read them; nothing when there are none, or when one of the account's own takes it. */
export function accessLogsBucket(settings: Settings, sources: readonly string[]): Resources {
  if (sources.length === 0 || settings.buckets.accessLogs !== undefined) return {}
  const writer = accessLogsWriter(sources.map((id) => Fn.GetAtt(id, 'Arn')))
  // S3 does not deliver access logs into a bucket whose default encryption is a KMS key.
  return {
    [accessLogs]: bucket(settings, ownEncryption),
    [`${accessLogs}Policy`]: bucketPolicy(accessLogs, [writer]),
  }
}

/** S3, for buckets of those ARNs; in an owner's policy they have wildcards, since CloudFormation makes up the rest of a name. */
export function accessLogsWriter(sources: readonly unknown[]): BucketStatement {
  return {
    Sid: 'AccessLogs',
    Service: 'logging.s3.amazonaws.com',
    Action: 's3:PutObject',
    path: '/*',
    Condition: {
      StringEquals: { 'aws:SourceAccount': Refs.AccountId },
      ArnLike: { 'aws:SourceArn': sources },
    },
  }
}

export interface BucketStatement {
  readonly Sid: string
  readonly Service: string
  readonly Action: string | readonly string[]
  /** What follows the bucket's ARN: '' for the bucket itself. */
  readonly path: string
  readonly Condition: object
}

const accessLogs = 'AccessLogsBucket'

const noncurrentDays = 90

const ownEncryption = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }]
const keyEncryption = [
  {
    ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Fn.GetAtt(encryptionKey, 'Arn') },
    BucketKeyEnabled: true,
  },
]

type Encryption = ConstructorParameters<typeof S3.Bucket.ServerSideEncryptionRule>[0]
type Logging = ConstructorParameters<typeof S3.Bucket.LoggingConfiguration>[0]

function bucket({ retention }: Settings, encryption: Encryption[], logging?: Logging): S3.Bucket {
  const days = retention.logDays
  return withAttributes(
    new S3.Bucket({
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: { ServerSideEncryptionConfiguration: encryption },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'retention',
            Status: 'Enabled',
            // In a versioned bucket this makes the version noncurrent, and its days begin anew: they are few, or seven years
            // would be fourteen. They are what is left to find out that somebody deleted a log.
            ExpirationInDays: days,
            NoncurrentVersionExpiration: { NoncurrentDays: Math.min(days, noncurrentDays) },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
          // S3 takes it in a rule without days of expiration alone.
          { Id: 'delete-markers', Status: 'Enabled', ExpiredObjectDeleteMarker: true },
        ],
      },
      ...(logging === undefined ? {} : { LoggingConfiguration: logging }),
    }),
    { UpdateReplacePolicy: 'Retain' },
  ).deletionPolicy(DeletionPolicy.Retain)
}

function bucketPolicy(id: string, writers: readonly BucketStatement[]): S3.BucketPolicy {
  const bucketArn = Fn.GetAtt(id, 'Arn')
  const within = (path: string) => (path === '' ? bucketArn : Fn.Sub(`\${${id}.Arn}${path}`, {}))
  return new S3.BucketPolicy({ Bucket: Fn.Ref(id), PolicyDocument: bucketPolicyDocument(within, writers) })
}

/** What a bucket of ours allows, and one of the owner's must. `within` answers the ARN of a path; of '', the bucket's. */
export function bucketPolicyDocument(within: (path: string) => unknown, writers: readonly BucketStatement[]) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [within(''), within('/*')],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      ...writers.map(({ Sid, Service, Action, path, Condition }) => ({
        Sid,
        ...allowService(Service, Action, within(path), Condition),
      })),
    ],
  }
}
