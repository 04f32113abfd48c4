// The function's template: what it runs, what it is told, what it may, and what it asks of the stack beside it by name.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Settings } from '../../templates-src/config/schema.ts'
import { notifierTemplate } from '../../templates-src/notifier.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import * as look from './references.ts'
import { at, deployed, only, settings, statements } from './references.ts'

const CODE = 'exports.handler = async () => ({ statusCode: 202 })'
const made = (change: Partial<Settings> = {}) => deployed(notifierTemplate({ ...settings, ...change }, CODE))
const notifier = made()

const IN_REGION = 'us-east-1:111122223333'
const CHANNEL = `arn:aws:ssm:${IN_REGION}:parameter/root-guard/channels/`

const test = suite('notifier.yaml')

test('the function is the bundle inline, on Node 24 and arm64, small, with time to answer', () => {
  const { Properties } = only(notifier, 'AWS::Lambda::Function')
  assert.is(Properties.Runtime, 'nodejs24.x')
  assert.equal(Properties.Architectures, ['arm64'])
  assert.equal(Properties.Code, { ZipFile: CODE })
  assert.is(Properties.Handler, 'index.handler')
  assert.ok(Number(Properties.MemorySize) >= 128 && Number(Properties.MemorySize) <= 256)
  assert.ok(Number(Properties.Timeout) > 4, 'it answers inside 4 s')
})

test('the function is told the name, language, zone, routes and SMS, and where secrets and records are', () => {
  const variables = at(only(notifier, 'AWS::Lambda::Function'), 'Properties.Environment.Variables') as {
    SETTINGS: string
  }
  const { name, locale, timeZone, routes, sms } = settings
  assert.equal(JSON.parse(variables.SETTINGS), { name, locale, timeZone, routes, sms })
  const { SETTINGS: _, ...rest } = variables
  assert.equal(rest, { DELIVERIES_TABLE: 'root-guard-deliveries', SECRETS_PATH: '/root-guard/channels' })
})

test('the function, and no other with its role, may read its secrets, keep records and write its log', () => {
  const [, ...allowed] = statements(notifier.Resources.NotifierRole)
  assert.equal(allowed, [
    {
      Effect: 'Allow',
      Action: [
        'ssm:GetParameter',
        'dynamodb:Query',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ].concat(['logs:CreateLogStream', 'logs:PutLogEvents']),
      Resource: [
        ...['telegram', 'nhn-sms', 'solapi-sms'].map((channel) => CHANNEL + channel),
        `arn:aws:dynamodb:${IN_REGION}:table/root-guard-deliveries`,
        { 'Fn::GetAtt': ['NotifierLog', 'Arn'] },
      ],
      Condition: {
        ArnEquals: { 'lambda:SourceFunctionArn': `arn:aws:lambda:${IN_REGION}:function:root-guard-notify` },
      },
    },
    // SSM asks KMS in the function's name, and nothing says that this call carries the function's ARN.
    {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: `arn:aws:kms:${IN_REGION}:key/*`,
      Condition: { StringEquals: { 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' } },
    },
  ])
})

test('another language, zone or routes change the environment of the function alone, not how it runs', () => {
  const apart = ({ Resources }: look.Deployed) => ({ ...Resources.Notifier?.Properties, Environment: {} })
  const others: Partial<Settings>[] = [{ locale: 'en' }, { timeZone: 'UTC' }, { routes: { sms: ['nhn-sms'] } }]
  for (const change of others) assert.equal(apart(made(change)), apart(notifier))
})

test('refers to nothing that is not in it, and neither it nor us-east-1.yaml imports anything of the other', () => {
  assert.equal(look.danglingReferences(notifier), [])
  assert.not.match(JSON.stringify([notifier, deployed(usEast1(settings))]), /Fn::ImportValue|"Export"/)
})

test('names the table that us-east-1.yaml makes, under the name it always had', () => {
  const table = only(deployed(usEast1(settings)), 'AWS::DynamoDB::Table').Properties.TableName
  assert.is(table, 'root-guard-deliveries')
  assert.is(at(only(notifier, 'AWS::Lambda::Function'), 'Properties.Environment.Variables.DELIVERIES_TABLE'), table)
})

test('its function, role and log have other names than those that the release before has in us-east-1', () => {
  const { FunctionName } = only(notifier, 'AWS::Lambda::Function').Properties
  const { RoleName } = only(notifier, 'AWS::IAM::Role').Properties
  const { LogGroupName } = only(notifier, 'AWS::Logs::LogGroup').Properties
  assert.equal(
    [FunctionName, RoleName, LogGroupName],
    ['root-guard-notify', 'root-guard-notify', '/aws/lambda/root-guard-notify'],
  )
})

test.run()
