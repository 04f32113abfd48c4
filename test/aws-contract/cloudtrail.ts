// CloudTrail: what CreateTrail needs to be there before it.
import { ofType } from '../templates-src/references.ts'
import { type Rule, referred, resource, waitsFor } from './rule.ts'

export const cloudtrail: readonly Rule[] = [
  {
    id: 'cloudtrail/trail-after-the-policy',
    fact: 'CreateTrail tries the bucket, and is refused where its policy is not there yet.',
    source: 'CloudTrail API Reference, CreateTrail, InsufficientS3BucketPolicyException',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::CloudTrail::Trail'],
    check: (trail, template) =>
      Object.entries(ofType(template, 'AWS::S3::BucketPolicy'))
        .filter(([, { Properties }]) => referred(Properties.Bucket) === referred(trail.Properties.S3BucketName))
        .filter(([id]) => !waitsFor(trail, id))
        .map(([id]) => ({ property: 'DependsOn', found: trail.DependsOn, allowed: `also ${id}` })),
    wrong: [
      {
        Bucket: resource('AWS::S3::Bucket', {}),
        Policy: resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: {} }),
        Trail: resource('AWS::CloudTrail::Trail', { IsLogging: true, S3BucketName: { Ref: 'Bucket' } }),
      },
    ],
  },
]
