// What an account has, or a stack makes, at AWS and not at fakecloud: the two StackSet roles; the trail behind an
// AWS::CloudTrail::Trail; a recorder that keeps its recordingGroup and records; claims of a token beside its subject; and how
// AWS answers what it was given in other words.
import { CloudFormationClient, ListStackResourcesCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation'
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail'
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service'
import {
  DescribeRuleCommand,
  type DescribeRuleCommandOutput,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, GetRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'

/** Makes AWS's default StackSet roles with the trust policies of AWS's own samples. */
export async function makeStackSetRoles(endpoint: string, account: string): Promise<void> {
  const iam = new IAMClient(clientConfig(endpoint, 'us-east-1'))
  const trust = (Principal: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] })
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'AWSCloudFormationStackSetAdministrationRole',
      AssumeRolePolicyDocument: trust({ Service: 'cloudformation.amazonaws.com' }),
    }),
  )
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'AWSCloudFormationStackSetExecutionRole',
      AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${account}:root` }),
    }),
  )
}

/** Has the administration role trust these principals alone. */
export async function trustCloudFormation(endpoint: string, principals: readonly string[]): Promise<void> {
  const trust = { Effect: 'Allow', Principal: { Service: [...principals] }, Action: 'sts:AssumeRole' }
  await new IAMClient(clientConfig(endpoint, 'us-east-1')).send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: 'AWSCloudFormationStackSetAdministrationRole',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    }),
  )
}

/** What a role wants of a token, by claim: one of the values. */
export type WantedClaims = Readonly<Record<string, readonly string[]>>

/**
 * Of a token fakecloud reads iss, aud and sub alone, so that a role which wants more lets nobody in. Takes what else the
 * role's trust wants out of it, and answers that, for the test to hold against the token as AWS does.
 */
export async function claimsTakenOut(endpoint: string, RoleName: string): Promise<WantedClaims> {
  const iam = new IAMClient(clientConfig(endpoint, 'us-east-1'))
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
  const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as {
    Statement: { Condition: { StringEquals: Record<string, string | string[]> } }[]
  }
  const wanted: Record<string, readonly string[]> = {}
  for (const { Condition } of trust.Statement) {
    for (const [key, value] of Object.entries(Condition.StringEquals)) {
      const claim = key.slice(key.lastIndexOf(':') + 1)
      if (claim === 'aud' || claim === 'sub') continue
      wanted[claim] = [value].flat()
      delete Condition.StringEquals[key]
    }
  }
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(trust) }))
  return wanted
}

/**
 * To be called before each call is passed on: before one that looks at trails or recorders, what the posture's stack
 * made since the last time is made as AWS would have. Once a stack, so that what a test changes stays changed.
 */
export function completion(endpoint: string, account: string): (call: string) => Promise<void> {
  const completed = new Set<string>()
  const shared = sharedRules()
  let before = Promise.resolve()
  return (call) => {
    if (call === 'DeleteStackInstances') before = before.then(() => shared.remember(endpoint))
    if (call === 'DescribeRule') before = before.then(() => shared.restore(endpoint))
    if (call === 'DeleteStackInstances' || call === 'DescribeRule') return before
    if (!/Trail|Selectors|Recorder/.test(call) || /^(Create|Put|Start|Stop|Delete|Update)/.test(call)) {
      return Promise.resolve()
    }
    // One after the other: a second look must not be answered while the first one's stack is half completed.
    before = before.then(() => completeStacks(endpoint, account, completed))
    return before
  }
}

async function completeStacks(endpoint: string, account: string, completed: Set<string>): Promise<void> {
  const cloudFormation = new CloudFormationClient(clientConfig(endpoint, 'ap-northeast-2'))
  const { StackSummaries = [] } = await cloudFormation.send(new ListStacksCommand({}))
  for (const { StackId = '', StackName = '', StackStatus = '' } of StackSummaries) {
    const [, guard] = /^StackSet-(.+)-ap-northeast-2-/.exec(StackName) ?? []
    if (guard === undefined || !/^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus) || completed.has(StackId)) continue
    completed.add(StackId)
    const { StackResourceSummaries = [] } = await cloudFormation.send(
      new ListStackResourcesCommand({ StackName: StackId }),
    )
    const physicalId = (logicalId: string) =>
      StackResourceSummaries.find(({ LogicalResourceId }) => LogicalResourceId === logicalId)?.PhysicalResourceId
    const key = physicalId('EncryptionKey')
    const keyArn = key && `arn:aws:kms:ap-northeast-2:${account}:key/${key}`
    await makeTrail(endpoint, guard, physicalId('TrailBucket'), keyArn)
    if (physicalId('Recorder') !== undefined) await startRecorder(endpoint, guard, account)
  }
}

/**
 * Rules of all Regions are kept together, so that a relay deleted in one Region takes away those of the others with it.
 * What was there before a deletion is there again when it is next looked at, as long as Seoul has its stack.
 */
function sharedRules() {
  type Kept = { readonly rule: DescribeRuleCommandOutput; readonly targets: Target[] }
  let kept: readonly Kept[] = []
  const there = async (endpoint: string): Promise<readonly Kept[]> => {
    const events = new EventBridgeClient(clientConfig(endpoint, 'ap-northeast-2'))
    const { Rules = [] } = await events.send(new ListRulesCommand({ NamePrefix: 'root-guard-relay' }))
    return Promise.all(
      Rules.map(async ({ Name }) => {
        const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }))
        return { rule: await events.send(new DescribeRuleCommand({ Name })), targets: Targets }
      }),
    )
  }
  return {
    remember: async (endpoint: string) => {
      kept = await there(endpoint)
    },
    restore: async (endpoint: string) => {
      if (kept.length === 0 || !(await seoulHasItsStack(endpoint))) return
      const left = new Set((await there(endpoint)).map(({ rule }) => rule.Name))
      const events = new EventBridgeClient(clientConfig(endpoint, 'ap-northeast-2'))
      for (const { rule, targets } of kept) {
        const { Name, Description, EventPattern, State } = rule
        if (left.has(Name)) continue
        await events.send(new PutRuleCommand({ Name, Description, EventPattern, State }))
        await events.send(new PutTargetsCommand({ Rule: Name, Targets: targets }))
      }
    },
  }
}

async function seoulHasItsStack(endpoint: string): Promise<boolean> {
  const cloudFormation = new CloudFormationClient(clientConfig(endpoint, 'ap-northeast-2'))
  const { StackSummaries = [] } = await cloudFormation.send(new ListStacksCommand({}))
  return StackSummaries.some(
    ({ StackName = '', StackStatus }) => /-ap-northeast-2-/.test(StackName) && StackStatus !== 'DELETE_COMPLETE',
  )
}

/**
 * The tags of a bucket that a stack made: AWS sets one that nobody else can, and it stays when the stack goes.
 * Undefined for every other call, and for buckets that no stack of ours made.
 */
export function stackTags(call: string): string | undefined {
  const [, guard] = /^GET \/stackset-(.+?)-ap-northeast-.*bucket-[a-z0-9]+\/?\?tagging/.exec(call) ?? []
  if (guard === undefined) return undefined
  return stackNameTag(`StackSet-${guard}-ap-northeast-2-0000`)
}

/** What S3 answers of a bucket that the stack made. */
export function stackNameTag(stack: string): string {
  const tag = `<Key>aws:cloudformation:stack-name</Key><Value>${stack}</Value>`
  return `<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag>${tag}</Tag></TagSet></Tagging>`
}

/** An answer as AWS would have given it; the text as it is where the two agree. */
export function asAwsAnswers(call: string, body: string, text: string, place: Place): string {
  if (/^GET \/restapis\/[^/]+$/.test(call)) return changedJson(text, (api) => asApiGatewayHolds(api, place))
  if (/^GET \/restapis\/[^/]+\/stages\/[^/]+$/.test(call)) return changedJson(text, withMethodSettings)
  return call === 'ListStackInstanceResourceDrifts' ? withEchoes(text, new URLSearchParams(body)) : text
}

interface Place {
  readonly region: string
  readonly account: string
}

/** What S3 has said of every bucket without ownership controls since April 2023. */
export const ownershipByDefault =
  '<OwnershipControls xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>'

type Json = Readonly<Record<string, unknown>>

/** API Gateway writes `execute-api:/…` out, and answers the policy with a backslash before each quote. */
function asApiGatewayHolds(api: Json, { region, account }: Place): Json {
  const policy = String(api.policy ?? '').replaceAll(
    '"execute-api:/',
    `"arn:aws:execute-api:${region}:${account}:${api.id}/`,
  )
  return {
    ...api,
    // fakecloud forgets it.
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
    ...(policy === '' ? {} : { policy: JSON.stringify(policy).slice(1, -1) }),
  }
}

/** Each setting with its defaults. Those of the template fakecloud forgets; what was changed since it keeps. */
function withMethodSettings(stage: Json): Json {
  const settings = Object.entries((stage.methodSettings ?? {}) as Readonly<Record<string, Json>>)
  const byDefault = {
    cacheDataEncrypted: false,
    cacheTtlInSeconds: 300,
    cachingEnabled: false,
    dataTraceEnabled: false,
    metricsEnabled: false,
    requireAuthorizationForCacheControl: true,
    throttlingBurstLimit: 100,
    throttlingRateLimit: 50,
    unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
  }
  return {
    ...stage,
    methodSettings: Object.fromEntries(settings.map(([key, held]) => [key, { ...byDefault, ...held }])),
  }
}

function changedJson(text: string, change: (value: Json) => Json): string {
  try {
    return JSON.stringify(change(JSON.parse(text) as Json))
  } catch {
    return text
  }
}

/** What CloudFormation calls MODIFIED from the first day on: what AWS writes in other words than the template. */
function withEchoes(text: string, asked: URLSearchParams): string {
  const ofStackSet = echoes.filter(([ending]) => asked.get('StackSetName')?.endsWith(`-${ending}`))
  const summaries = ofStackSet.map(([, logicalId, type, path, expected, actual]) => {
    const difference = `<PropertyPath>${path}</PropertyPath><ExpectedValue>${expected}</ExpectedValue><ActualValue>${actual}</ActualValue><DifferenceType>${expected === 'null' ? 'ADD' : 'NOT_EQUAL'}</DifferenceType>`
    return `<member><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${logicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType><StackResourceDriftStatus>MODIFIED</StackResourceDriftStatus><PropertyDifferences><member>${difference}</member></PropertyDifferences></member>`
  })
  return text
    .replace(/<Summaries\s*\/>/, '<Summaries></Summaries>')
    .replace('</Summaries>', `${summaries.join('')}</Summaries>`)
}

// biome-ignore format: an echo a row
const echoes: readonly (readonly [stackSet: string, logicalId: string, type: string, path: string, expected: string, actual: string])[] = [
  ['us-east-1', 'Api', 'AWS::ApiGateway::RestApi', '/Policy/Statement/0/Resource', 'execute-api:/*/POST/alerts', 'arn:aws:execute-api:us-east-1:111122223333:a1b2c3d4e5/*/POST/alerts'],
  ['us-east-1', 'Stage', 'AWS::ApiGateway::Stage', '/MethodSettings/0/CacheTtlInSeconds', 'null', '300'],
  ['ap-northeast-2', 'Trail', 'AWS::CloudTrail::Trail', '/EventSelectors/0/DataResources', 'null', '[]'],
  ['us-east-1', 'RootActivityRule', 'AWS::Events::Rule', '/Targets/0/DeadLetterConfig', '{"Arn":"arn:aws:sqs:us-east-1:111122223333:root-guard-dead-letters"}', 'null'],
]

const organizationTrail = {
  Name: 'organization-trail',
  TrailARN: 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization-trail',
  HomeRegion: 'us-east-1',
  IsMultiRegionTrail: true,
  IncludeGlobalServiceEvents: true,
  IsOrganizationTrail: true,
}

/**
 * A member account of an organization, to CloudTrail: the organization's trail is listed and logs, and its selectors are
 * refused as AWS does. For Fakecloud.answer.
 */
export function organizationMember(refusal: string, refused: readonly string[] = ['GetEventSelectors']) {
  return (call: string, body: string) => {
    if (call === 'DescribeTrails') return { status: 200, body: JSON.stringify({ trailList: [organizationTrail] }) }
    if (!body.includes(organizationTrail.TrailARN)) return undefined
    if (refused.includes(call)) {
      return { status: 400, body: JSON.stringify({ __type: refusal, Message: `sample: ${refusal}` }) }
    }
    return call === 'GetTrailStatus' ? { status: 200, body: '{"IsLogging":true}' } : undefined
  }
}

async function makeTrail(
  endpoint: string,
  guard: string,
  bucket: string | undefined,
  key: string | undefined,
): Promise<void> {
  if (bucket === undefined) return
  const cloudTrail = new CloudTrailClient(clientConfig(endpoint, 'ap-northeast-2'))
  const name = `${guard}-trail`
  await cloudTrail.send(
    new CreateTrailCommand({
      Name: name,
      S3BucketName: bucket,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      ...(key === undefined ? {} : { KmsKeyId: key }),
    }),
  )
  await cloudTrail.send(new StartLoggingCommand({ Name: name }))
}

async function startRecorder(endpoint: string, guard: string, account: string): Promise<void> {
  const config = new ConfigServiceClient(clientConfig(endpoint, 'ap-northeast-2'))
  const name = `${guard}-recorder`
  const serviceRole = `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`
  await config.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name,
        roleARN: serviceRole,
        recordingGroup: { allSupported: false, resourceTypes: ['AWS::IAM::User'] },
      },
    }),
  )
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: name }))
}

export function clientConfig(endpoint: string, region: string) {
  return { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
}
