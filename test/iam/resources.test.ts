// Who may reach the API, the topics, the dead letters and the buckets: their own policies, simulated.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allTemplates, ofType, settings } from '../templates-src/references.ts'
import { propertiesIn } from './deployed.ts'
import { account, allows, type Call } from './simulate.ts'

const templates = allTemplates({
  ...settings,
  readers: ['auditor', 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Audit'],
})
const policyOf = (template: string, id: string, region: string, field = 'PolicyDocument') =>
  propertiesIn(templates[template] ?? { Resources: {} }, id, region)[field] as { Statement: { Resource: string }[] }
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`

const api = suite("the API's policy")

const API = `arn:aws:execute-api:us-east-1:${account}:a1b2c3d4e5`
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const closed = policyOf('us-east-1', 'Api', 'us-east-1', 'Policy')
// API Gateway fills in its own ARN where a policy says execute-api:/.
const resource = JSON.parse(JSON.stringify(closed).replaceAll('"execute-api:/', `"${API}/`)) as object

/** The requests that there is a method for: API Gateway refuses all others, whoever asks. */
const methods = Object.values(ofType(templates['us-east-1'] ?? { Resources: {} }, 'AWS::ApiGateway::Method')).map(
  ({ Properties: { HttpMethod, ResourceId } }) =>
    `${HttpMethod}${(ResourceId as { Ref: string }).Ref === 'Alerts' ? '/alerts' : '/alerts/{id}'}`,
)

/** Whether the principal gets through, which an administrator's own policy would let. */
const through = (principal: string, request: string) =>
  allows(
    {
      principal,
      action: 'execute-api:Invoke',
      resource: `${API}/live/${request}`,
      context: principal === 'anonymous' ? {} : { 'aws:PrincipalArn': principal },
    },
    { identity: principal === 'anonymous' ? [] : [EVERYTHING], resource },
  )

const everyRequest = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].flatMap((method) =>
  ['/alerts', '/alerts/sample', '/alerts/sample/more', '/another'].map((path) => method + path),
)

const REQUESTS: readonly (readonly [who: string, may: readonly string[]])[] = [
  // That it does not get an alert is its own policy's to say, which is narrower: see the roles' tests.
  [role('root-guard-rule-to-api'), ['GET/alerts/sample', 'POST/alerts']],
  [role('root-guard-drill'), ['GET/alerts/sample', 'POST/alerts/sample']],
  [role('auditor'), ['GET/alerts/sample']],
  [role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Audit'), ['GET/alerts/sample']],
  [role('admin'), []],
  [role('path/root-guard-drill'), []],
  [role('root-guard-notify'), []],
  [`arn:aws:iam::${account}:user/minji`, []],
  [`arn:aws:iam::${account}:root`, []],
  ['anonymous', []],
]

for (const [who, may] of REQUESTS) {
  api(`${who.split(':').at(-1)}: may ${may.join(' and ') || 'nothing'}`, async () => {
    const served = everyRequest.filter((request) => methods.includes(request.replace(/\/sample$/, '/{id}')))
    assert.equal(served, ['GET/alerts/sample', 'POST/alerts', 'POST/alerts/sample'])
    const passed = await Promise.all(served.map((request) => through(who, request)))
    assert.equal(
      served.filter((_, index) => passed[index]),
      may,
    )
  })
}

api('whoever is not named gets through by no method and path, served or not', async () => {
  for (const request of everyRequest) assert.not.ok(await through(role('admin'), request), request)
})

api.run()

const services = suite('what services may do to what is ours')

const by = (sourceArn: string, of = account) => ({ 'aws:SourceAccount': of, 'aws:SourceArn': sourceArn })
const rule = (region: string, name: string, of = account) => by(`arn:aws:events:${region}:${of}:rule/${name}`, of)
const topic = (name: string, region = 'us-east-1') => `arn:aws:sns:${region}:${account}:${name}`
const queue = (region: string) => `arn:aws:sqs:${region}:${account}:root-guard-dead-letters`
const bucket = (id: string) => `arn:aws:s3:::stackset-root-guard-${id}-0a1b2c3d4e5f`
const trail = by(`arn:aws:cloudtrail:ap-northeast-2:${account}:trail/root-guard-trail`)
const kept = { 's3:x-amz-acl': 'bucket-owner-full-control' }
const ofAccount = { 'aws:SourceAccount': account }

interface Row {
  readonly what: string
  readonly policy: ReturnType<typeof policyOf>
  readonly call: Omit<Call, 'context'>
  readonly allowed: readonly Call['context'][]
  readonly denied: readonly Call['context'][]
}

const events = 'events.amazonaws.com'
const ROWS: readonly Row[] = [
  {
    what: 'EventBridge publishes alerts, whatever it says of the rule, for SNS would refuse it under a condition',
    policy: policyOf('us-east-1', 'AlertTopicPolicy', 'us-east-1'),
    call: { principal: events, action: 'sns:Publish', resource: topic('root-guard-alerts') },
    allowed: [{}, rule('us-east-1', 'root-guard-root-activity'), rule('us-east-1', 'root-guard-guard-touched')],
    denied: [],
  },
  {
    what: 'alarms ring the operations topic',
    policy: policyOf('operations', 'OperationsTopicPolicy', 'us-east-1'),
    call: { principal: 'cloudwatch.amazonaws.com', action: 'sns:Publish', resource: topic('root-guard-operations') },
    allowed: [by(`arn:aws:cloudwatch:us-east-1:${account}:alarm:root-guard-drills`)],
    denied: [{}, by(`arn:aws:cloudwatch:us-east-1:${account}:alarm:another`)],
  },
  {
    what: 'EventBridge rings the operations topic, whatever it says of the rule',
    policy: policyOf('operations', 'OperationsTopicPolicy', 'us-east-1'),
    call: { principal: events, action: 'sns:Publish', resource: topic('root-guard-operations') },
    allowed: [{}, rule('us-east-1', 'root-guard-relayed-alarms')],
    denied: [],
  },
  {
    what: "the rules' dead letters are kept",
    policy: policyOf('us-east-1', 'DeadLettersPolicy', 'us-east-1'),
    call: { principal: events, action: 'sqs:SendMessage', resource: queue('us-east-1') },
    allowed: ['root-activity', 'guard-touched', 'guard-reached', 'drill-mail', 'relayed-alarms'].map((name) =>
      rule('us-east-1', `root-guard-${name}`),
    ),
    denied: [{}, rule('us-east-1', 'another')],
  },
  {
    what: "a relay's dead letters are kept",
    policy: policyOf('relay', 'DeadLettersPolicy', 'us-west-2'),
    call: { principal: events, action: 'sqs:SendMessage', resource: queue('us-west-2') },
    allowed: [rule('us-west-2', 'root-guard-relay-root-activity'), rule('us-west-2', 'root-guard-relay-alarms')],
    denied: [{}, rule('eu-west-1', 'root-guard-relay-root-activity')],
  },
  {
    what: 'the trail writes its log',
    policy: policyOf('ap-northeast-2', 'TrailBucketPolicy', 'ap-northeast-2'),
    call: {
      principal: 'cloudtrail.amazonaws.com',
      action: 's3:PutObject',
      resource: `${bucket('trailbucket')}/AWSLogs/${account}/CloudTrail/sample`,
    },
    allowed: [{ ...trail, ...kept }],
    denied: [
      {},
      trail,
      { ...kept, ...by(`arn:aws:cloudtrail:ap-northeast-2:${account}:trail/another`) },
      { ...trail, ...kept, 'aws:SecureTransport': 'false' },
    ],
  },
  {
    what: 'AWS Config writes its log',
    policy: policyOf('ap-northeast-2', 'ConfigBucketPolicy', 'ap-northeast-2'),
    call: {
      principal: 'config.amazonaws.com',
      action: 's3:PutObject',
      resource: `${bucket('configbucket')}/AWSLogs/${account}/Config/sample`,
    },
    allowed: [{ ...ofAccount, ...kept }],
    denied: [
      {},
      ofAccount,
      { 'aws:SourceAccount': '444455556666', ...kept },
      { ...ofAccount, ...kept, 'aws:SecureTransport': 'false' },
    ],
  },
  {
    what: 'AWS Config publishes',
    policy: policyOf('ap-northeast-2', 'ConfigTopicPolicy', 'ap-northeast-2'),
    call: {
      principal: 'config.amazonaws.com',
      action: 'sns:Publish',
      resource: topic('root-guard-config', 'ap-northeast-2'),
    },
    allowed: [ofAccount],
    denied: [{}, { 'aws:SourceAccount': '444455556666' }],
  },
  {
    what: 'S3 writes who read the logs',
    policy: policyOf('ap-northeast-2', 'AccessLogsBucketPolicy', 'ap-northeast-2'),
    call: {
      principal: 'logging.s3.amazonaws.com',
      action: 's3:PutObject',
      resource: `${bucket('accesslogsbucket')}/TrailBucket/sample`,
    },
    allowed: [by(bucket('trailbucket')), by(bucket('configbucket'))],
    denied: [{}, by('arn:aws:s3:::another')],
  },
]

for (const { what, policy, call, allowed, denied } of ROWS) {
  services(`${what}${denied.length > 0 ? ', on behalf of nothing else' : ''}, and nobody else does`, async () => {
    for (const context of allowed) assert.ok(await allows({ ...call, context: context ?? {} }, { resource: policy }))
    for (const context of denied) {
      assert.not.ok(await allows({ ...call, context: context ?? {} }, { resource: policy }), JSON.stringify(context))
    }
    for (const principal of ['lambda.amazonaws.com', 'anonymous']) {
      assert.not.ok(await allows({ ...call, principal, context: allowed[0] ?? {} }, { resource: policy }), principal)
    }
  })
}

services.run()
