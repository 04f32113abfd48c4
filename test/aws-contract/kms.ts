// KMS: what a key's policy must let services do.
import { type Deployed, ofType, statements } from '../templates-src/references.ts'
import { allowsService, conditionKeys, list, policy, type Rule, referred, resource } from './rule.ts'

const ofTheSource = ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid']
const arn = { Ref: 'Topic' }

export const kms: readonly Rule[] = [
  {
    id: 'kms/no-source-conditions-for-a-topic-of-eventbridge',
    fact: 'A key of a topic that EventBridge publishes to allows events.amazonaws.com GenerateDataKey* and Decrypt without aws:SourceAccount, aws:SourceArn or aws:SourceOrgID; the context aws:sns:topicArn it may ask for.',
    source: 'SNS Developer Guide, key management; landing-zone-accelerator-on-aws#407 (live)',
    sure: 'H',
    basis: 'answer',
    of: ['AWS::KMS::Key'],
    check: ({ Properties }, template, id) => {
      if (!isOfTopicOfEvents(template, id)) return []
      const forEvents = statements(Properties).filter((statement) => allowsService(statement, 'events.amazonaws.com'))
      const free = forEvents.filter((one) => !conditionKeys(one).some((key) => ofTheSource.includes(key)))
      const allowed = free.flatMap(({ Action }) => list<string>(Action))
      const lacks = [/^kms:(\*|GenerateDataKey\*?)$/, /^kms:(\*|Decrypt)$/].some(
        (action) => !allowed.some((one) => action.test(one)),
      )
      return lacks
        ? [
            {
              property: 'KeyPolicy',
              found: forEvents,
              allowed:
                'kms:GenerateDataKey* and kms:Decrypt for events.amazonaws.com without a condition on the source',
            },
          ]
        : []
    },
    wrong: [
      { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      { ArnLike: { 'AWS:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/sample' } },
    ].map((Condition) => ({
      Key: resource('AWS::KMS::Key', {
        KeyPolicy: policy({
          Principal: { Service: 'events.amazonaws.com' },
          Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
          Resource: '*',
          Condition,
        }),
      }),
      Topic: resource('AWS::SNS::Topic', { KmsMasterKeyId: { Ref: 'Key' } }),
      Rule: resource('AWS::Events::Rule', {
        EventPattern: { source: ['aws.iam'] },
        Targets: [{ Id: 'a', Arn: arn, DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:111122223333:sample' } }],
      }),
    })),
  },
]

/** The key of a topic that a rule of the same template publishes to; an alias of it counts. */
function isOfTopicOfEvents(template: Deployed, key: string): boolean {
  const targets = Object.values(ofType(template, 'AWS::Events::Rule')).flatMap(({ Properties }) =>
    list<{ Arn: unknown }>(Properties.Targets).map(({ Arn }) => referred(Arn)),
  )
  const aliases = Object.entries(ofType(template, 'AWS::KMS::Alias')).filter(
    ([, { Properties }]) => referred(Properties.TargetKeyId) === key,
  )
  const names = [key, ...aliases.flatMap(([id, { Properties }]) => [id, Properties.AliasName])]
  return Object.entries(ofType(template, 'AWS::SNS::Topic')).some(
    ([
      id,
      {
        Properties: { KmsMasterKeyId },
      },
    ]) => {
      const name = typeof KmsMasterKeyId === 'string' ? KmsMasterKeyId : referred(KmsMasterKeyId)
      return targets.includes(id) && name !== undefined && names.includes(name)
    },
  )
}
