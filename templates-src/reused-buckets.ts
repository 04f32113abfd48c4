// The page that says what the policy of a log bucket must allow which the owner lends to the guard (docs/log-buckets.md). It is
// made by what makes our own buckets' policies, so that the two cannot part.
import { Fn, S3 } from 'cloudform'
import { logBucketPrefix } from '../handlers/contract/log-bucket-names.ts'
import { postureRegion, type Settings } from './config/schema.ts'
import { accessLogsWriter, type BucketStatement, bucketPolicyDocument } from './parts/log-buckets.ts'
import { configWriters } from './parts/recorder.ts'
import { trailWriters } from './parts/trail.ts'
import { writtenOut } from './template.ts'

type Reused = keyof Settings['buckets']

/** The policy for each of the `buckets` of root-guard.yaml; where one is not named there, for one called YOUR-BUCKET. */
export function reusedBucketPolicies(settings: Settings): Readonly<Record<Reused, object>> {
  const policy = (which: Reused, writers: readonly BucketStatement[]) => {
    const Bucket = settings.buckets[which] ?? 'YOUR-BUCKET'
    const PolicyDocument = bucketPolicyDocument((path) => Fn.Sub(`arn:aws:s3:::${Bucket}${path}`, {}), writers)
    const template = { Resources: { Policy: new S3.BucketPolicy({ Bucket, PolicyDocument }) } }
    const { Resources } = writtenOut(template, { account: settings.account, region: postureRegion })
    return Resources.Policy.Properties.PolicyDocument as object
  }
  return {
    trail: policy('trail', trailWriters(settings)),
    config: policy('config', configWriters()),
    // CloudFormation makes up the rest of their names.
    accessLogs: policy('accessLogs', [accessLogsWriter([`arn:aws:s3:::${logBucketPrefix(settings.name)}*`])]),
  }
}

/** The page, in Markdown. */
export function reusedBucketsPage(settings: Settings, source: string): string {
  const sections = Object.entries(reusedBucketPolicies(settings)).flatMap(([which, policy]) => [
    `## \`buckets.${which}\``,
    '',
    about[which as Reused],
    '',
    '```json',
    JSON.stringify(policy, null, 2),
    '```',
    '',
  ])
  return [
    `<!-- Generated from ${source} and root-guard.yaml by: npm run generate. Do not edit. -->`,
    '# Log buckets of your own',
    '',
    'A bucket that `buckets` of root-guard.yaml names is written into as it is: no deploy changes it, so its policy is yours to',
    'keep. These are the statements that it needs, for the name and the account in root-guard.yaml: the same as on the buckets',
    'that the guard makes. Add them to the ones your policy has; `aws s3api put-bucket-policy` replaces the whole policy. `TlsOnly`',
    'is no condition for anything to work. Writes to the settings of these buckets are told, whoever makes them.',
    '',
    ...sections,
  ].join('\n')
}

const about: Readonly<Record<Reused, string>> = {
  trail: `CloudTrail writes here. Where the bucket encrypts with a KMS key, the key's policy must let \`cloudtrail.amazonaws.com\`
use it (\`kms:GenerateDataKey*\`, \`kms:DescribeKey\`).`,
  config: `AWS Config writes here, by its service-linked role. No Object Lock. Where the bucket encrypts with a KMS key, the key's policy must let \`config.amazonaws.com\` use it.`,
  accessLogs: `S3 writes here who reads the guard's log buckets. It must be in ${postureRegion}, encrypted by S3 itself (\`AES256\`) and
without Object Lock, and must log nowhere: a bucket that logs into itself never stops.`,
}
