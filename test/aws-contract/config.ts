// AWS Config: what a recorder, its channel and its rules need.
import { ofType } from '../templates-src/references.ts'
import { list, object, type Rule, referred, resource, waitsFor } from './rule.ts'

const recorder = 'AWS::Config::ConfigurationRecorder'
const channel = 'AWS::Config::DeliveryChannel'
const role = 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig'
/** What our own rules ask for. A new one is looked up in the list of managed rules first. */
const identifiers = ['IAM_ROOT_ACCESS_KEY_CHECK', 'ROOT_ACCOUNT_MFA_ENABLED']

export const config: readonly Rule[] = [
  {
    id: 'config/no-started-on-create',
    fact: "A recorder's StartedOnCreate is create-only and write-only: a change of it replaces the recorder, and no deploy starts a stopped one.",
    source: "CloudFormation's schema of AWS::Config::ConfigurationRecorder",
    sure: 'M',
    basis: 'documentation',
    of: [recorder],
    check: ({ Properties }) =>
      'StartedOnCreate' in Properties
        ? [{ property: 'StartedOnCreate', found: Properties.StartedOnCreate, allowed: 'nothing: leave it out' }]
        : [],
    wrong: [{ Recorder: resource(recorder, { RoleARN: role, StartedOnCreate: true }) }],
  },
  {
    id: 'config/recorder-and-channel-side-by-side',
    fact: 'Neither a recorder nor its delivery channel waits for the other: each is ready only when the other is there, and a creation hangs for 20 to 45 minutes.',
    source: 'reports of the CloudFormation roadmap and forums',
    sure: 'M',
    basis: 'answer',
    of: [recorder, channel],
    check: (one, template) => {
      const other = one.Type === recorder ? channel : recorder
      return Object.keys(ofType(template, other))
        .filter((id) => waitsFor(one, id))
        .map((id) => ({ property: 'DependsOn', found: id, allowed: 'no recorder and no channel' }))
    },
    wrong: [
      {
        Recorder: resource(recorder, { RoleARN: role }),
        Channel: resource(channel, { S3BucketName: 'sample-bucket' }, { DependsOn: 'Recorder' }),
      },
      {
        Recorder: resource(recorder, { RoleARN: role }, { DependsOn: ['Channel'] }),
        Channel: resource(channel, { S3BucketName: 'sample-bucket' }),
      },
    ],
  },
  {
    id: 'config/channel-after-the-policies',
    fact: 'PutDeliveryChannel tries the bucket, and is refused where its policy is not there yet.',
    source: 'AWS Config API Reference, PutDeliveryChannel, InsufficientDeliveryPolicyException',
    sure: 'H',
    basis: 'documentation',
    of: [channel],
    check: (one, template) =>
      Object.entries(ofType(template, 'AWS::S3::BucketPolicy'))
        .filter(([, { Properties }]) => referred(Properties.Bucket) === referred(one.Properties.S3BucketName))
        .filter(([id]) => !waitsFor(one, id))
        .map(([id]) => ({ property: 'DependsOn', found: one.DependsOn, allowed: `also ${id}` })),
    wrong: [
      {
        Bucket: resource('AWS::S3::Bucket', {}),
        Policy: resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: {} }),
        Channel: resource(channel, { S3BucketName: { Ref: 'Bucket' } }),
      },
    ],
  },
  {
    id: 'config/rules-after-the-recorder',
    fact: 'PutConfigRule is refused while no recorder is there.',
    source: 'AWS Config API Reference, PutConfigRule, NoAvailableConfigurationRecorderException',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::Config::ConfigRule'],
    check: (one, template) =>
      Object.keys(ofType(template, recorder))
        .filter((id) => !waitsFor(one, id))
        .map((id) => ({ property: 'DependsOn', found: one.DependsOn, allowed: `also ${id}` })),
    wrong: [
      {
        Recorder: resource(recorder, { RoleARN: role }),
        Rule: resource('AWS::Config::ConfigRule', { Source: { Owner: 'AWS', SourceIdentifier: identifiers[0] } }),
      },
    ],
  },
  {
    id: 'config/managed-rule',
    fact: 'The identifier of a managed rule is one of the list of AWS Config; no model holds that list, and AWS refuses others when it makes the rule.',
    source: 'AWS Config Developer Guide, list of managed rules; API Reference, ConfigRule',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::Config::ConfigRule'],
    check: ({ Properties: { Source } }) =>
      list(object(Source).SourceIdentifier)
        .filter((found) => object(Source).Owner === 'AWS' && !identifiers.includes(String(found)))
        .map((found) => ({ property: 'Source.SourceIdentifier', found, allowed: identifiers.join(', ') })),
    wrong: [{ Rule: resource('AWS::Config::ConfigRule', { Source: { Owner: 'AWS', SourceIdentifier: 'ROOT_MFA' } }) }],
  },
]
