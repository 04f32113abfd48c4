// CloudFormation itself: what it can make only once.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { type Rule, resource } from './rule.ts'

const database = loadAwsServiceSpecSync()
const kept = ['Retain', 'RetainExceptOnCreate']
const types = ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::Logs::LogGroup', 'AWS::DynamoDB::Table']

export const cloudformation: readonly Rule[] = [
  {
    id: 'cloudformation/no-name-on-what-stays',
    fact: 'What stays in the account without its stack keeps its name: the next stack that makes one of the same name is refused.',
    source: "CloudFormation User Guide, DeletionPolicy; CloudFormation's schemas (primary identifier, create-only)",
    sure: 'H',
    basis: 'documentation',
    of: types,
    check: ({ Type, Properties, DeletionPolicy, UpdateReplacePolicy }) => {
      if (![DeletionPolicy, UpdateReplacePolicy].some((policy) => kept.includes(String(policy)))) return []
      const [type] = [...database.lookup('resource', 'cloudFormationType', 'equals', Type)]
      return (type?.primaryIdentifier ?? [])
        .filter((property) => property in Properties)
        .map((property) => ({ property, found: Properties[property], allowed: 'no name: AWS makes one up' }))
    },
    wrong: [
      { Bucket: resource('AWS::S3::Bucket', { BucketName: 'sample-bucket' }, { DeletionPolicy: 'Retain' }) },
      { Table: resource('AWS::Logs::LogGroup', { LogGroupName: '/sample' }, { UpdateReplacePolicy: 'Retain' }) },
    ],
  },
]
