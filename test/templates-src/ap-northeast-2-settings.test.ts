// Seoul's posture by setting: what is recorded, whose buckets, whose key.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import * as look from './references.ts'
import { at, deployed, only, settings, statements } from './references.ts'

const made = (change: Partial<Settings>) => deployed(apNortheast2({ ...settings, ...change }))

// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const ACCOUNT = 'arn:aws:iam::${AWS::AccountId}:root'

const test = suite('the posture by setting')

test('by setting the recorder records everything AWS Config knows', () => {
  assert.equal(
    at(only(made({ recording: 'all' }), 'AWS::Config::ConfigurationRecorder'), 'Properties.RecordingGroup'),
    {
      AllSupported: true,
      IncludeGlobalResourceTypes: true,
    },
  )
})

test('a bucket of the account is written into as it is, and none is made in its place', () => {
  const reused = made({ buckets: { trail: 'our-trail', config: 'our-config', accessLogs: 'our-access-logs' } })
  assert.equal(look.ofType(reused, 'AWS::S3::Bucket'), {})
  assert.is(at(only(reused, 'AWS::CloudTrail::Trail'), 'Properties.S3BucketName'), 'our-trail')
  assert.is(at(only(reused, 'AWS::Config::DeliveryChannel'), 'Properties.S3BucketName'), 'our-config')
  assert.equal(look.danglingReferences(reused), [])
})

test('buckets log who read them into the bucket of the account that takes access logs', () => {
  const reused = made({ buckets: { accessLogs: 'our-access-logs' } })
  const buckets = look.ofType(reused, 'AWS::S3::Bucket')
  assert.equal(Object.keys(buckets).sort(), ['ConfigBucket', 'TrailBucket'])
  for (const bucket of Object.values(buckets)) {
    assert.is(at(bucket, 'Properties.LoggingConfiguration.DestinationBucketName'), 'our-access-logs')
  }
})

test('by setting a key of the account encrypts the trail and both logs; not what cannot be', () => {
  const encrypted = made({ encryption: 'customer-key' })
  const arn = { 'Fn::GetAtt': ['EncryptionKey', 'Arn'] }
  const algorithm = (id: string) =>
    at(
      encrypted.Resources[id],
      'Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault',
    )
  assert.equal(at(only(encrypted, 'AWS::CloudTrail::Trail'), 'Properties.KMSKeyId'), arn)
  for (const id of ['TrailBucket', 'ConfigBucket']) {
    assert.equal(algorithm(id), { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn })
  }
  assert.equal(algorithm('AccessLogsBucket'), { SSEAlgorithm: 'AES256' })
  assert.is(at(encrypted.Resources.ConfigTopic, 'Properties.KmsMasterKeyId'), undefined)
  const key = only(encrypted, 'AWS::KMS::Key')
  assert.equal([key.DeletionPolicy, key.UpdateReplacePolicy], ['Retain', 'Retain'])
  assert.equal(
    statements(key).map(({ Principal }) => Object.values(Principal as object)),
    [[{ 'Fn::Sub': ACCOUNT }], ['cloudtrail.amazonaws.com'], ['config.amazonaws.com']],
  )
})

test.run()
