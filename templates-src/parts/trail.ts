// A trail that is logging is what makes CloudTrail hand events to EventBridge. Multi-Region, with reads and writes.
import { CloudTrail, Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import { merge, type Resources } from '../template.ts'
import { arn } from './iam.ts'
import { logBucket } from './log-buckets.ts'

export const trailBucket = 'TrailBucket'

export function trail(settings: Settings): Resources {
  const trailName = `${settings.name}-trail`
  const fromTrail = { 'aws:SourceArn': arn('cloudtrail', `trail/${trailName}`) }
  const service = 'cloudtrail.amazonaws.com'
  return merge(
    logBucket(settings, trailBucket, [
      {
        Sid: 'TrailChecks',
        Service: service,
        Action: 's3:GetBucketAcl',
        path: '',
        Condition: { StringEquals: fromTrail },
      },
      {
        Sid: 'TrailWrites',
        Service: service,
        Action: 's3:PutObject',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
        path: '/AWSLogs/${AWS::AccountId}/*',
        Condition: { StringEquals: { ...fromTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ]),
    {
      Trail: new CloudTrail.Trail({
        TrailName: trailName,
        S3BucketName: Fn.Ref(trailBucket),
        IsLogging: true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        EnableLogFileValidation: true,
        EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
      }).dependsOn(`${trailBucket}Policy`),
    },
  )
}
