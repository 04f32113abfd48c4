// The templates as they stand in the account: every Ref, GetAtt and Sub filled in with what CloudFormation would make.
import type { Deployed } from '../templates-src/references.ts'
import { account } from './simulate.ts'

/** The resource's properties with everything filled in, for a stack in the Region. */
export function propertiesIn({ Resources }: Deployed, id: string, region: string): Readonly<Record<string, unknown>> {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::URLSuffix': 'amazonaws.com',
  }
  const named = (name: string) => pseudo[name] ?? made[name] ?? arnOf(name)
  const arnOf = (name: string): string => {
    const [logicalId = ''] = name.split('.')
    const resource = Resources[logicalId]
    const arn =
      resource && arns[resource.Type]?.(fill(resource.Properties) as Record<string, string>, region, logicalId)
    if (arn === undefined) throw new Error(`what is ${name}?`)
    return arn
  }
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== 'object' || value === null) return value
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = value as Record<string, unknown>
    if (typeof Ref === 'string') return named(Ref)
    if (Array.isArray(attribute)) return arnOf(String(attribute[0]))
    if (typeof text === 'string') return text.replace(/\$\{([\w:.]+)\}/g, (_, name: string) => named(name))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]))
  }
  return fill(Resources[id]?.Properties ?? {}) as Record<string, unknown>
}

/** What AWS makes up a name for. */
const made: Readonly<Record<string, string>> = { Api: 'a1b2c3d4e5' }

type Arn = (properties: Readonly<Record<string, string>>, region: string, logicalId: string) => string

const arns: Readonly<Record<string, Arn>> = {
  'AWS::IAM::Role': ({ RoleName }) => `arn:aws:iam::${account}:role/${RoleName}`,
  'AWS::IAM::ManagedPolicy': ({ ManagedPolicyName }) => `arn:aws:iam::${account}:policy/${ManagedPolicyName}`,
  'AWS::SNS::Topic': ({ TopicName }, region) => `arn:aws:sns:${region}:${account}:${TopicName}`,
  'AWS::SQS::Queue': ({ QueueName }, region) => `arn:aws:sqs:${region}:${account}:${QueueName}`,
  'AWS::DynamoDB::Table': ({ TableName }, region) => `arn:aws:dynamodb:${region}:${account}:table/${TableName}`,
  'AWS::Logs::LogGroup': ({ LogGroupName }, region) => `arn:aws:logs:${region}:${account}:log-group:${LogGroupName}:*`,
  'AWS::S3::Bucket': (_, __, id) => `arn:aws:s3:::stackset-root-guard-${id.toLowerCase()}-0a1b2c3d4e5f`,
}

/** The policies of a role: its inline ones, and who may assume it. */
export function roleIn(template: Deployed, id: string, region: string) {
  const properties = propertiesIn(template, id, region)
  const policies = properties.Policies as readonly { PolicyDocument: object }[]
  return {
    arn: `arn:aws:iam::${account}:role/${properties.RoleName}`,
    identity: policies.map(({ PolicyDocument }) => PolicyDocument),
    trust: properties.AssumeRolePolicyDocument as object,
  }
}
