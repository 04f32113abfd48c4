// Turns a deployed template's resources into plain values, as AWS holds them: Ref, GetAtt and Sub are replaced by what the
// stack's physical ids say. Pure. What cannot be known from here becomes `unknown`, which compares equal to anything.

export interface PlainResource {
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string
  readonly properties: Readonly<Record<string, unknown>>
}

export interface StackPlace {
  readonly account: string
  readonly region: string
  readonly stackId: string
}

/** Stands for a value that only AWS knows. A string, so that it survives inside of other strings. */
export const unknown = '<known to AWS alone>'

/** `physicalIds` by logical id. Resources without one were never made, and are answered with ''. */
export function resolveResources(
  template: Template,
  physicalIds: Readonly<Record<string, string>>,
  place: StackPlace,
): readonly PlainResource[] {
  const of = (logicalId: string): Named => ({
    type: template.Resources[logicalId]?.Type ?? '',
    physicalId: physicalIds[logicalId] ?? '',
  })
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return value
    const [[name = '', inner] = []] = Object.entries(value)
    if (name === 'Ref') return pseudo(String(inner), place) ?? reference(of(String(inner)))
    if (name === 'Fn::GetAtt') return attribute(of, inner, place)
    if (name === 'Fn::Sub') return substituted(of, inner, place)
    if (name.startsWith('Fn::')) return unknown
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
  }
  return Object.entries(template.Resources).map(([logicalId, { Type, Properties = {} }]) => ({
    logicalId,
    type: Type,
    physicalId: physicalIds[logicalId] ?? '',
    properties: plain(Properties) as Record<string, unknown>,
  }))
}

export interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >
}

interface Named {
  readonly type: string
  readonly physicalId: string
}

type Lookup = (logicalId: string) => Named

function pseudo(name: string, { account, region, stackId }: StackPlace): string | undefined {
  const values: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::StackId': stackId,
    'AWS::StackName': stackId.split('/')[1] ?? '',
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  }
  return values[name]
}

/** What Ref answers. Of what was never made, nothing can be known. */
function reference({ type, physicalId }: Named): string {
  if (physicalId === '') return unknown
  return type === 'AWS::IAM::Role' || type === 'AWS::Logs::LogGroup' ? resourceName(physicalId) : physicalId
}

/** A resource's name where the physical id is its ARN, its URL, or already the name. */
export function resourceName(physicalId: string): string {
  if (physicalId.startsWith('http')) return physicalId.slice(physicalId.lastIndexOf('/') + 1)
  const [, group] = /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]*)/.exec(physicalId) ?? []
  if (group !== undefined) return group
  return physicalId.startsWith('arn:')
    ? physicalId.slice(Math.max(...[':', '/'].map((c) => physicalId.lastIndexOf(c))) + 1)
    : physicalId
}

function attribute(of: Lookup, inner: unknown, place: StackPlace): string {
  const [logicalId = '', name = ''] = Array.isArray(inner) ? inner.map(String) : String(inner).split('.')
  const { type, physicalId } = of(logicalId)
  if (physicalId === '') return unknown
  if (name === 'QueueName' || name === 'TopicName') return resourceName(physicalId)
  return name === 'Arn' || name === 'TopicArn' ? (arnOf[type]?.(resourceName(physicalId), place) ?? unknown) : unknown
}

/** ARNs by type. A type that is not here is `unknown` where its ARN is asked for. */
const arnOf: Readonly<Record<string, (name: string, place: StackPlace) => string>> = {
  'AWS::IAM::Role': (name, { account }) => `arn:aws:iam::${account}:role/${name}`,
  'AWS::SQS::Queue': (name, { account, region }) => `arn:aws:sqs:${region}:${account}:${name}`,
  'AWS::SNS::Topic': (name, { account, region }) => `arn:aws:sns:${region}:${account}:${name}`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::Lambda::Function': (name, { account, region }) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  'AWS::DynamoDB::Table': (name, { account, region }) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  'AWS::Logs::LogGroup': (name, { account, region }) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
  'AWS::Events::Rule': (name, { account, region }) => `arn:aws:events:${region}:${account}:rule/${name}`,
  'AWS::KMS::Key': (id, { account, region }) => `arn:aws:kms:${region}:${account}:key/${id}`,
  'AWS::CloudWatch::Alarm': (name, { account, region }) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  'AWS::CloudTrail::Trail': (name, { account, region }) => `arn:aws:cloudtrail:${region}:${account}:trail/${name}`,
}

/** `${!Literal}` stays as `${Literal}`, as CloudFormation has it. */
function substituted(of: Lookup, inner: unknown, place: StackPlace): string {
  const [text, variables] = (Array.isArray(inner) ? inner : [inner, {}]) as [string, Record<string, unknown>]
  return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`
    if (name in variables) return typeof variables[name] === 'string' ? variables[name] : unknown
    const known = pseudo(name, place)
    if (known !== undefined) return known
    return name.includes('.') ? attribute(of, name, place) : reference(of(name))
  })
}
