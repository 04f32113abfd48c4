// A trail that is logging is what makes CloudTrail hand events to EventBridge. Multi-Region, with reads and writes.
import { CloudTrail, Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { encryptionKey, type KeyUser } from './encryption-key.ts'
import { arn } from './iam.ts'
import { type BucketStatement, logBucket } from './log-buckets.ts'

const service = 'cloudtrail.amazonaws.com'

/** The trail; nothing where the account's own is reused. */
export function trail(settings: Settings): Resources {
  if (settings.trail === 'reuse') return {}
  const own = ownTrailBucket(settings)
  const resource = new CloudTrail.Trail({
    TrailName: trailName(settings),
    S3BucketName: settings.buckets.trail ?? Fn.Ref(bucketId),
    IsLogging: true,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
    ...(settings.encryption === 'customer-key' ? { KMSKeyId: Fn.GetAtt(encryptionKey, 'Arn') } : {}),
  })
  if (own.length === 0) return { Trail: resource }
  return { ...logBucket(settings, bucketId, trailWriters(settings)), Trail: resource.dependsOn(`${bucketId}Policy`) }
}

/** The logical id of the trail's bucket, where this guard makes one. */
export function ownTrailBucket({ trail, buckets }: Settings): readonly string[] {
  return trail === 'create' && buckets.trail === undefined ? [bucketId] : []
}

/** What lets the trail write under a key of the account's own. */
export function trailUsesKey(settings: Settings): readonly KeyUser[] {
  return settings.trail === 'reuse'
    ? []
    : [{ service, Condition: { StringEquals: fromTrail(settings) }, describes: true }]
}

const bucketId = 'TrailBucket'

const trailName = ({ name }: Settings) => `${name}-trail`
const fromTrail = (settings: Settings) => ({ 'aws:SourceArn': arn('cloudtrail', `trail/${trailName(settings)}`) })

/** What the trail does to its bucket, ours or the owner's. */
export function trailWriters(settings: Settings): readonly BucketStatement[] {
  return [
    {
      Sid: 'TrailChecks',
      Service: service,
      Action: 's3:GetBucketAcl',
      path: '',
      Condition: { StringEquals: fromTrail(settings) },
    },
    {
      Sid: 'TrailWrites',
      Service: service,
      Action: 's3:PutObject',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
      path: '/AWSLogs/${AWS::AccountId}/*',
      Condition: { StringEquals: { ...fromTrail(settings), 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  ]
}
