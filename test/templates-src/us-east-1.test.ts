// The alarm: the API, the topic, the table, and who may do what. Its rules are in rules.test.ts.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Settings } from '../../templates-src/config/schema.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import * as look from './references.ts'
import { at, deployed, only, settings, statements } from './references.ts'

const made = (change: Partial<Settings> = {}) => deployed(usEast1({ ...settings, ...change }))
const alarm = made()

const IN_REGION = 'us-east-1:111122223333'
const RULES = ['root-activity', 'guard-touched', 'guard-reached', 'drill'].map(
  (rule) => `arn:aws:events:${IN_REGION}:rule/root-guard-${rule}`,
)
const POST_ALERTS = { 'Fn::Sub': `arn:aws:execute-api:${IN_REGION}:\${Api}/live/POST/alerts` }
const ALERTS_OF_ANY_STAGE = { 'Fn::Sub': POST_ALERTS['Fn::Sub'].replace('/live/POST/alerts', '/*/*/alerts*') }
const NOTIFIER = `arn:aws:lambda:${IN_REGION}:function:root-guard-notify`
const BY_RULES = {
  StringEquals: { 'aws:SourceAccount': '111122223333' },
  ArnLike: { 'aws:SourceArn': RULES },
}
const BY_OWN_RULES = { ...BY_RULES, ArnLike: { 'aws:SourceArn': `arn:aws:events:${IN_REGION}:rule/root-guard-*` } }
const DEAD_LETTERS = { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }

const phones = suite('the way to phones')

phones(
  'the API is Regional, takes alerts and drills by POST and tells of them by GET, and wants a signature for all',
  () => {
    assert.equal(at(only(alarm, 'AWS::ApiGateway::RestApi'), 'Properties.EndpointConfiguration.Types'), ['REGIONAL'])
    const methods = look.ofType(alarm, 'AWS::ApiGateway::Method')
    const shown = Object.values(methods).map(({ Properties }) => [
      Properties.HttpMethod,
      Properties.ResourceId,
      Properties.AuthorizationType,
      at(Properties, 'Integration.Type'),
    ])
    assert.equal(shown, [
      ['POST', { Ref: 'Alerts' }, 'AWS_IAM', 'AWS_PROXY'],
      ['GET', { Ref: 'Alert' }, 'AWS_IAM', 'AWS_PROXY'],
      ['POST', { Ref: 'Alert' }, 'AWS_IAM', 'AWS_PROXY'],
    ])
    assert.is(at(alarm.Resources.Alert, 'Properties.PathPart'), '{id}')
    assert.equal(at(alarm.Resources.Alert, 'Properties.ParentId'), { Ref: 'Alerts' })
  },
)

phones(
  'the stage that the rule calls holds the deployment, which waits for all methods and the right to call the function',
  () => {
    const [[id = '', deployment] = []] = Object.entries(look.ofType(alarm, 'AWS::ApiGateway::Deployment'))
    assert.equal(deployment?.DependsOn, ['PostAlerts', 'GetAlert', 'PostAlert', 'ApiInvokesFunction'])
    const stage = only(alarm, 'AWS::ApiGateway::Stage')
    const MethodSettings = [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 }]
    assert.equal(stage.Properties, {
      RestApiId: { Ref: 'Api' },
      DeploymentId: { Ref: id },
      StageName: 'live',
      MethodSettings,
    })
  },
)

phones('each method hands its request to the function, by its name', () => {
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${NOTIFIER}/invocations`
  for (const { Properties } of Object.values(look.ofType(alarm, 'AWS::ApiGateway::Method'))) {
    assert.is(at(Properties, 'Integration.Uri'), uri)
  }
})

phones('the deployment is another one when what it deploys changed, and the same when only routes did', () => {
  const deployment = (change: Partial<Settings>) =>
    Object.keys(look.ofType(made(change), 'AWS::ApiGateway::Deployment')).join()
  assert.is.not(deployment({ name: 'sample' }), deployment({}))
  assert.is(deployment({ routes: { sms: ['nhn-sms'] } }), deployment({}))
})

phones('delivery records expire by the field that they carry their end in', () => {
  const table = only(alarm, 'AWS::DynamoDB::Table')
  assert.equal(at(table, 'Properties.TimeToLiveSpecification'), { AttributeName: 'expires', Enabled: true })
})

phones('only /alerts of this API and the rule of the sweep may invoke the function', () => {
  const granted = Object.values(look.ofType(alarm, 'AWS::Lambda::Permission')).map(({ Properties }) => [
    Properties.FunctionName,
    Properties.Principal,
    Properties.SourceArn,
  ])
  assert.equal(granted, [
    ['root-guard-notify', 'apigateway.amazonaws.com', ALERTS_OF_ANY_STAGE],
    ['root-guard-notify', 'events.amazonaws.com', { 'Fn::GetAtt': ['SweepRule', 'Arn'] }],
  ])
})

phones('a rule asks the function every minute for the digests that are due, and hardly again when it fails', () => {
  const { State, ScheduleExpression, EventPattern, Targets } = alarm.Resources.SweepRule?.Properties ?? {}
  assert.equal([State, ScheduleExpression, EventPattern], ['ENABLED', 'rate(1 minute)', undefined])
  assert.equal(Targets, [
    {
      Id: 'notifier',
      Arn: NOTIFIER,
      Input: '{"sweep":true}',
      RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 1 },
    },
  ])
})

phones.run()

const permissions = suite('permissions in us-east-1')

permissions(
  'only the four rules, of this account, may assume the role that calls the API, and it can do nothing else',
  () => {
    assert.equal(statements(alarm.Resources.RuleToApiRole), [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: BY_RULES,
      },
      { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: POST_ALERTS },
    ])
  },
)

permissions('no role may do more than named actions on named resources', () => {
  const granted = Object.values(look.ofType(alarm, 'AWS::IAM::Role')).flatMap((role) => at(role, 'Properties.Policies'))
  const allowed = statements(granted)
  assert.ok(allowed.length > 0)
  for (const { Action, Resource } of allowed) {
    assert.not.match([Action].flat().join(), '*')
    assert.not.ok([Resource].flat().includes('*'))
  }
})

permissions(
  'the queue of dead letters is under the key of SQS, or under that of the account and not under both',
  () => {
    const encrypted = (change: Partial<Settings>) => {
      const { SqsManagedSseEnabled, KmsMasterKeyId } = only(made(change), 'AWS::SQS::Queue').Properties
      return [SqsManagedSseEnabled, KmsMasterKeyId]
    }
    assert.equal(encrypted({}), [true, undefined])
    assert.equal(encrypted({ encryption: 'customer-key' }), [false, { Ref: 'EncryptionKey' }])
  },
)

permissions("dead letters come alone from rules with the guard's name", () => {
  assert.equal(at(only(alarm, 'AWS::SQS::QueuePolicy'), 'Properties.Queues'), [{ Ref: 'DeadLetters' }])
  const [statement, ...more] = statements(only(alarm, 'AWS::SQS::QueuePolicy'))
  assert.equal(more, [])
  assert.equal([statement?.Principal, statement?.Action], [{ Service: 'events.amazonaws.com' }, 'sqs:SendMessage'])
  assert.equal([statement?.Resource, statement?.Condition], [DEAD_LETTERS, BY_OWN_RULES])
})

permissions(
  'to the topic EventBridge alone publishes, under no condition: SNS would refuse what it publishes under one',
  () => {
    assert.equal(statements(only(alarm, 'AWS::SNS::TopicPolicy')), [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: { Ref: 'AlertTopic' },
      },
    ])
  },
)

permissions.run()

const whole = suite('us-east-1.yaml')

whole('refers to nothing that is not in it', () => {
  assert.equal(look.danglingReferences(alarm), [])
  const { Api: _, ...Resources } = alarm.Resources
  const dangling = look.danglingReferences({ ...alarm, Resources })
  assert.ok(dangling.includes('AlertsUrl: Fn::Sub Api') && dangling.includes('Alerts: Fn::GetAtt Api'))
})

whole('has its account and Region written out: whatever a placeholder stands for is a resource of the stack', () => {
  const placeholders = [...JSON.stringify(alarm).matchAll(/\$\{([\w:.]+)\}|"Ref":"([\w:]+)"/g)].map(
    ([, inText, alone]) => inText ?? alone,
  )
  assert.ok(placeholders.includes('Api'))
  assert.equal(
    placeholders.filter((name) => name?.startsWith('AWS::') && name !== 'AWS::URLSuffix'),
    [],
  )
})

whole("leaves the account's own API Gateway settings and service-linked roles alone", () => {
  const types = Object.values(alarm.Resources).map(({ Type }) => Type)
  assert.not.ok(types.includes('AWS::ApiGateway::Account') || types.includes('AWS::IAM::ServiceLinkedRole'))
})

whole('each address has a subscription of its own, apart from the topic', () => {
  const emails = ['security@example.com', 'owner@example.com', 'night@example.com']
  const template = made({ emails })
  const subscriptions = Object.values(look.ofType(template, 'AWS::SNS::Subscription'))
  assert.equal(
    subscriptions.map(({ Properties }) => Properties),
    emails.map((Endpoint) => ({ TopicArn: { Ref: 'AlertTopic' }, Protocol: 'email', Endpoint })),
  )
  assert.is(at(only(template, 'AWS::SNS::Topic'), 'Properties.Subscription'), undefined)
})

whole.run()
