// Seoul's posture: trail, recorder, rules, logs. Its relay is in relay.test.ts.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import * as look from './references.ts'
import { at, deployed, only, settings, statements } from './references.ts'

const made = (change: Partial<Settings> = {}) => deployed(apNortheast2({ ...settings, ...change }))
const posture = made()
const noTrail = made({ trail: 'reuse' })
const noRecorder = made({ recorder: 'reuse' })

const logs = suite('log buckets')
const buckets = look.ofType(posture, 'AWS::S3::Bucket')

logs('there is one for the trail, one for Config, one for who read them', () => {
  assert.equal(Object.keys(buckets).sort(), ['AccessLogsBucket', 'ConfigBucket', 'TrailBucket'])
})

const lifecycle = (ExpirationInDays: number, NoncurrentDays: number) => [
  {
    Id: 'retention',
    Status: 'Enabled',
    ExpirationInDays,
    NoncurrentVersionExpiration: { NoncurrentDays },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
  { Id: 'delete-markers', Status: 'Enabled', ExpiredObjectDeleteMarker: true },
]

logs('what is kept for a month is gone after two', () => {
  const { TrailBucket } = deployed(apNortheast2({ ...settings, retention: { logDays: 30 } })).Resources
  assert.equal(at(TrailBucket, 'Properties.LifecycleConfiguration.Rules'), lifecycle(30, 30))
})

for (const [id, bucket] of Object.entries(buckets)) {
  logs(`${id} is private, encrypted, versioned and kept for as long as configured`, () => {
    assert.equal(at(bucket, 'Properties.PublicAccessBlockConfiguration'), {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    })
    assert.match(JSON.stringify(at(bucket, 'Properties.BucketEncryption')), '"SSEAlgorithm":"AES256"')
    assert.is(at(bucket, 'Properties.VersioningConfiguration.Status'), 'Enabled')
    assert.equal(at(bucket, 'Properties.LifecycleConfiguration.Rules'), lifecycle(2557, 90))
    assert.is(at(bucket, 'Properties.ObjectLockEnabled'), undefined)
  })

  logs(`${id} outlives its stack`, () => {
    assert.is(bucket.DeletionPolicy, 'Retain')
    assert.is(bucket.UpdateReplacePolicy, 'Retain')
  })

  logs(`${id} refuses whatever does not come by TLS`, () => {
    const arn = { 'Fn::GetAtt': [id, 'Arn'] }
    const policy = posture.Resources[`${id}Policy`]
    assert.equal(at(policy, 'Properties.Bucket'), { Ref: id })
    assert.equal(
      statements(policy).find(({ Effect }) => Effect === 'Deny'),
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, { 'Fn::Sub': `\${${id}.Arn}/*` }],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    )
  })
}

logs('who reads the trail and Config logs is logged in the third bucket, which logs nowhere', () => {
  const destination = 'Properties.LoggingConfiguration.DestinationBucketName'
  assert.equal(at(buckets.TrailBucket, destination), { Ref: 'AccessLogsBucket' })
  assert.equal(at(buckets.ConfigBucket, destination), { Ref: 'AccessLogsBucket' })
  assert.is(at(buckets.AccessLogsBucket, 'Properties.LoggingConfiguration'), undefined)
})

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const TRAIL = { 'Fn::Sub': 'arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/root-guard-trail' }
const IN_TRAIL_BUCKET = { 'Fn::Sub': '${TrailBucket.Arn}/AWSLogs/${AWS::AccountId}/*' }
const IN_CONFIG_BUCKET = { 'Fn::Sub': '${ConfigBucket.Arn}/AWSLogs/${AWS::AccountId}/Config/*' }
const IN_ACCESS_LOGS_BUCKET = { 'Fn::Sub': '${AccessLogsBucket.Arn}/*' }
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const ofTrail = { 'aws:SourceArn': TRAIL }
const ofAccount = { 'AWS:SourceAccount': { Ref: 'AWS::AccountId' } }
const keptByOwner = { 's3:x-amz-acl': 'bucket-owner-full-control' }
const ofBuckets = {
  StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
  ArnLike: { 'aws:SourceArn': [arnOf('TrailBucket'), arnOf('ConfigBucket')] },
}

/** Service, actions, resource and condition of every statement that allows something. */
const WRITERS: Readonly<Record<string, readonly unknown[][]>> = {
  TrailBucketPolicy: [
    ['cloudtrail', 's3:GetBucketAcl', arnOf('TrailBucket'), { StringEquals: ofTrail }],
    ['cloudtrail', 's3:PutObject', IN_TRAIL_BUCKET, { StringEquals: { ...ofTrail, ...keptByOwner } }],
  ],
  ConfigBucketPolicy: [
    ['config', ['s3:GetBucketAcl', 's3:ListBucket'], arnOf('ConfigBucket'), { StringEquals: ofAccount }],
    ['config', 's3:PutObject', IN_CONFIG_BUCKET, { StringEquals: { ...ofAccount, ...keptByOwner } }],
  ],
  AccessLogsBucketPolicy: [['logging.s3', 's3:PutObject', IN_ACCESS_LOGS_BUCKET, ofBuckets]],
  ConfigTopicPolicy: [['config', 'sns:Publish', { Ref: 'ConfigTopic' }, { StringEquals: ofAccount }]],
}

for (const [id, writers] of Object.entries(WRITERS)) {
  logs(`${id} lets in one service of this account, and nobody else`, () => {
    const allowed = statements(posture.Resources[id]).filter(({ Effect }) => Effect === 'Allow')
    assert.equal(
      allowed.map(({ Principal, Action, Resource, Condition }) => [Principal, Action, Resource, Condition]),
      writers.map(([service, ...rest]) => [{ Service: `${service}.amazonaws.com` }, ...rest]),
    )
  })
}

logs.run()

const watch = suite('the trail, the recorder and the rules')

watch('the trail logs reads and writes of every Region, validated, once its bucket lets it', () => {
  const trail = only(posture, 'AWS::CloudTrail::Trail')
  const { IsLogging, IsMultiRegionTrail, EnableLogFileValidation, IncludeGlobalServiceEvents } = trail.Properties
  assert.equal(
    [IsLogging, IsMultiRegionTrail, EnableLogFileValidation, IncludeGlobalServiceEvents],
    [true, true, true, true],
  )
  assert.equal(trail.Properties.EventSelectors, [{ ReadWriteType: 'All', IncludeManagementEvents: true }])
  assert.equal(trail.Properties.S3BucketName, { Ref: 'TrailBucket' })
  assert.is(trail.DependsOn, 'TrailBucketPolicy')
  assert.is(`trail/${trail.Properties.TrailName}`, TRAIL['Fn::Sub'].split(':').at(-1), 'the name its policy goes by')
})

watch('the recorder records users as they change, by the service-linked role, which the template does not make', () => {
  const recorder = only(posture, 'AWS::Config::ConfigurationRecorder')
  assert.equal(at(recorder, 'Properties.RecordingGroup.ResourceTypes'), ['AWS::IAM::User'])
  assert.equal(at(recorder, 'Properties.RecordingMode'), { RecordingFrequency: 'CONTINUOUS' })
  assert.match(JSON.stringify(at(recorder, 'Properties.RoleARN')), '/config.amazonaws.com/AWSServiceRoleForConfig"')
  assert.equal(look.ofType(posture, 'AWS::IAM::ServiceLinkedRole'), {})
})

watch('what is recorded goes to the bucket and the topic, once both let Config in', () => {
  const channel = only(posture, 'AWS::Config::DeliveryChannel')
  assert.equal(channel.Properties.S3BucketName, { Ref: 'ConfigBucket' })
  assert.equal(channel.Properties.SnsTopicARN, { Ref: 'ConfigTopic' })
  assert.equal(channel.DependsOn, ['ConfigBucketPolicy', 'ConfigTopicPolicy'])
  assert.equal(only(posture, 'AWS::Config::ConfigurationRecorder').DependsOn, channel.DependsOn)
  assert.is(at(only(posture, 'AWS::SNS::Topic'), 'Properties.KmsMasterKeyId'), undefined)
})

const RULES = ['RootAccessKeyRule', 'RootMfaRule']

watch('two rules ask hourly whether root has a key and MFA', () => {
  const rules = Object.values(look.ofType(posture, 'AWS::Config::ConfigRule'))
  assert.equal(
    rules.map((rule) => at(rule, 'Properties.Source')),
    [
      { Owner: 'AWS', SourceIdentifier: 'IAM_ROOT_ACCESS_KEY_CHECK' },
      { Owner: 'AWS', SourceIdentifier: 'ROOT_ACCOUNT_MFA_ENABLED' },
    ],
  )
  assert.equal(
    rules.map((rule) => at(rule, 'Properties.MaximumExecutionFrequency')),
    ['One_Hour', 'One_Hour'],
  )
})

watch('the rules wait for the recorder, and for none where the account has its own', () => {
  const waitsOf = (template: look.Deployed) => RULES.map((id) => template.Resources[id]?.DependsOn)
  assert.equal(waitsOf(posture), Array(2).fill(['Recorder', 'DeliveryChannel']))
  assert.equal(waitsOf(noTrail), waitsOf(posture))
  assert.equal(waitsOf(noRecorder), [undefined, undefined])
  assert.equal(Object.keys(look.ofType(noRecorder, 'AWS::Config::ConfigRule')), RULES)
})

watch('each address hears when one of our two rules changes its mind, and of nothing else Config publishes', () => {
  const emails = ['security@example.com', 'owner@example.com']
  assert.equal(
    Object.values(look.ofType(made({ emails }), 'AWS::SNS::Subscription')).map(({ Properties }) => Properties),
    emails.map((Endpoint) => ({
      TopicArn: { Ref: 'ConfigTopic' },
      Protocol: 'email',
      Endpoint,
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: {
        messageType: ['ComplianceChangeNotification'],
        configRuleName: ['root-guard-root-access-key', 'root-guard-root-mfa'],
      },
    })),
  )
})

watch.run()

const whole = suite('ap-northeast-2.yaml')

for (const [what, template] of Object.entries({ everything: posture, noTrail, noRecorder })) {
  whole(`refers to nothing that is not in it (${what})`, () => assert.equal(look.danglingReferences(template), []))
}

whole('would be seen to refer to a bucket that is not in it', () => {
  const { TrailBucketPolicy: _, TrailBucket: __, ...Resources } = posture.Resources
  assert.equal(look.danglingReferences({ Resources }), [
    'Trail: Ref TrailBucket',
    'Trail: DependsOn TrailBucketPolicy',
    'AccessLogsBucketPolicy: Fn::GetAtt TrailBucket',
  ])
})

whole('without a trail and a recorder of its own it has no bucket and no topic at all', () => {
  const neither = made({ trail: 'reuse', recorder: 'reuse' })
  const types = Object.values(neither.Resources).map(({ Type }) => Type)
  assert.equal(
    types.filter((type) => !/^AWS::(SQS|Events|IAM|CloudWatch)::/.test(type)),
    ['AWS::Config::ConfigRule', 'AWS::Config::ConfigRule'],
  )
})

whole.run()
