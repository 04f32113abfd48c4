// The function behind the API, its table, the alarms and the dashboard.
import { createHash } from 'node:crypto'
import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch'
import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import {
  type EnvironmentResponse,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
} from '@aws-sdk/client-lambda'
import { strFromU8, unzipSync } from 'fflate'
import { aws, ifThere } from '../../aws.ts'
import { gone, type LiveCheck, type Observation } from '../check.ts'
import { type Difference, differencesOfDocuments, differencesWithin } from '../compare.ts'
import { type PlainResource, resourceName } from '../resolve.ts'

export const notifierChecks = {
  'AWS::Lambda::Function': {
    actions: ['lambda:GetFunction', 'lambda:GetFunctionConcurrency'],
    covers: [
      'Architectures',
      'Code',
      'Description',
      'Environment',
      'Handler',
      'Layers',
      'LoggingConfig',
      'MemorySize',
      'ReservedConcurrentExecutions',
      'Role',
      'Runtime',
      'Timeout',
    ],
    fixed: ['FunctionName'],
    look: async ({ properties, physicalId }, region) => {
      const FunctionName = String(properties.FunctionName ?? physicalId)
      const lambda = aws.lambda(region)
      const { Configuration = {}, Code } = await lambda.send(new GetFunctionCommand({ FunctionName }))
      const { ReservedConcurrentExecutions } = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))
      const { Architectures, Description, Environment, Handler, MemorySize, Role, Runtime, Timeout } = properties
      const layers = (Configuration.Layers ?? []).map(({ Arn }) => Arn)
      const inline = (properties.Code as { ZipFile?: string } | undefined)?.ZipFile
      return [
        ...differencesWithin(
          '',
          { Architectures, Description, Environment, Handler, MemorySize, Role, Runtime, Timeout },
          Configuration,
        ),
        ...differencesWithin('LoggingConfig', properties.LoggingConfig, {
          ...Configuration.LoggingConfig,
          LogGroup: resourceName(Configuration.LoggingConfig?.LogGroup ?? ''),
        }),
        // A layer's code runs in the function, and its wrapper before it.
        ...differencesOfDocuments('Layers', properties.Layers ?? [], layers),
        ...strangeVariables(Environment, Configuration.Environment),
        ...(await codeDifferences(inline, Code?.Location)),
        ...switchedOff(properties.ReservedConcurrentExecutions, ReservedConcurrentExecutions),
      ]
    },
  },

  'AWS::Lambda::Permission': {
    actions: ['lambda:GetPolicy'],
    covers: ['Action', 'Principal', 'SourceArn'],
    fixed: ['FunctionName'],
    look: async ({ logicalId, properties }, region, stack) => {
      const found = await allowances(region, String(properties.FunctionName))
      const wished = `${properties.Principal} from ${properties.SourceArn}`
      const ofFunction = stack.filter(
        (one) => one.type === 'AWS::Lambda::Permission' && one.properties.FunctionName === properties.FunctionName,
      )
      return [
        ...(found.some((one) => isOf(properties, one))
          ? []
          : [{ what: 'permission', wished, found: found.length === 0 ? 'nothing' : JSON.stringify(found) }]),
        // The function is another stack's. Who else may call it is said once, with the first that may.
        ...(ofFunction[0]?.logicalId === logicalId ? strangeCallers(ofFunction, found) : []),
      ]
    },
  },

  'AWS::DynamoDB::Table': {
    actions: ['dynamodb:DescribeTable', 'dynamodb:DescribeTimeToLive'],
    covers: ['AttributeDefinitions', 'BillingMode', 'KeySchema', 'TimeToLiveSpecification'],
    fixed: ['TableName'],
    look: async ({ properties, physicalId }, region) => {
      const TableName = String(properties.TableName ?? physicalId)
      const { TimeToLiveDescription: found } = await aws
        .dynamoDb(region)
        .send(new DescribeTimeToLiveCommand({ TableName }))
      const { Table } = await aws.dynamoDb(region).send(new DescribeTableCommand({ TableName }))
      const { AttributeDefinitions, BillingMode, KeySchema } = properties
      const wished = properties.TimeToLiveSpecification as { AttributeName?: string } | undefined
      // ENABLING lasts up to an hour.
      const on = /^ENABL/.test(found?.TimeToLiveStatus ?? '') ? found?.AttributeName : 'off'
      return [
        ...differencesWithin('TimeToLive', wished?.AttributeName, on),
        ...differencesWithin('', { AttributeDefinitions, KeySchema }, Table ?? ''),
        // Of a table that was always PROVISIONED, DynamoDB does not say so. One unit of it throttles an alert.
        ...differencesWithin('BillingMode', BillingMode, Table?.BillingModeSummary?.BillingMode ?? 'PROVISIONED'),
      ]
    },
  },

  'AWS::CloudWatch::Alarm': {
    actions: ['cloudwatch:DescribeAlarms'],
    covers: [
      'ActionsEnabled',
      'AlarmActions',
      'AlarmDescription',
      'ComparisonOperator',
      'DatapointsToAlarm',
      'Dimensions',
      'EvaluationPeriods',
      'MetricName',
      'Metrics',
      'Namespace',
      'Period',
      'Statistic',
      'Threshold',
      'TreatMissingData',
    ],
    fixed: ['AlarmName'],
    look: async ({ properties, physicalId }, region) => {
      const AlarmNames = [String(properties.AlarmName ?? physicalId)]
      const { MetricAlarms = [] } = await aws.cloudWatch(region).send(new DescribeAlarmsCommand({ AlarmNames }))
      const [alarm] = MetricAlarms
      if (alarm === undefined) return [gone]
      const { AlarmName: _, Tags: __, ...wished } = properties
      return differencesWithin('', { ActionsEnabled: true, ...wished }, alarm)
    },
  },

  'AWS::CloudWatch::Dashboard': {
    actions: ['cloudwatch:GetDashboard'],
    covers: ['DashboardBody'],
    fixed: ['DashboardName'],
    look: async ({ properties, physicalId }, region) => {
      const DashboardName = String(properties.DashboardName ?? physicalId)
      const found = await aws.cloudWatch(region).send(new GetDashboardCommand({ DashboardName }))
      return differencesOfDocuments('DashboardBody', properties.DashboardBody, found.DashboardBody ?? '')
    },
  },
} satisfies Record<string, LiveCheck>

interface PermissionStatement {
  readonly Sid?: string
  readonly Effect?: string
  readonly Action?: string
  readonly Principal?: string | { readonly Service?: string }
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Who may call the function: the statements of its own policy. */
async function allowances(region: string, FunctionName: string): Promise<readonly PermissionStatement[]> {
  const request = new GetPolicyCommand({ FunctionName })
  const found = await ifThere(aws.lambda(region).send(request), 'ResourceNotFoundException')
  const { Statement = [] } = JSON.parse(found?.Policy ?? '{}') as { Statement?: readonly PermissionStatement[] }
  return Statement
}

function isOf(
  { Action: action, Principal: service, SourceArn }: PlainResource['properties'],
  { Action, Principal, Condition = {} }: PermissionStatement,
): boolean {
  const sources = Object.values(Condition).flatMap((keys) => Object.values(keys))
  const isService = typeof Principal === 'object' && Principal.Service === service
  return isService && Action === action && sources.includes(String(SourceArn))
}

/** Statements that no permission of the stack made: whoever may call the function can have it say anything. */
function strangeCallers(permissions: readonly PlainResource[], found: readonly PermissionStatement[]) {
  return found
    .filter((one) => one.Effect !== 'Deny' && !permissions.some(({ properties }) => isOf(properties, one)))
    .map(
      (one): Difference => ({
        what: `permission ${one.Sid ?? ''}`.trim(),
        wished: 'nothing',
        found: JSON.stringify(one.Principal),
      }),
    )
}

/** NODE_OPTIONS or AWS_LAMBDA_EXEC_WRAPPER run somebody else's code in the function. */
function strangeVariables(wished: unknown, found: EnvironmentResponse | undefined) {
  const deployed = (wished as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {}
  return Object.keys(found?.Variables ?? {})
    .filter((name) => !(name in deployed))
    .map((name): Difference => ({ what: `Environment.Variables.${name}`, wished: 'nothing', found: 'a value' }))
}

/** A reserved concurrency of 0 is how a function is switched off. */
function switchedOff(wished: unknown, found: number | undefined): readonly Difference[] {
  return wished === undefined && found === 0
    ? [{ what: 'ReservedConcurrentExecutions', wished: 'nothing', found: '0: the function is switched off' }]
    : differencesWithin('ReservedConcurrentExecutions', wished, found)
}

/** AWS zips inline code its own way, so its CodeSha256 cannot be foretold: the file inside is what is compared. */
async function codeDifferences(
  inline: string | undefined,
  location: string | undefined,
): Promise<readonly Observation[]> {
  if (inline === undefined) return []
  if (location === undefined) {
    return [{ what: 'code', wished: sha256(inline), found: 'not readable: AWS says no place of it', state: 'unknown' }]
  }
  const answer = await fetch(location)
  if (!answer.ok) {
    return [{ what: 'code', wished: sha256(inline), found: `not readable: HTTP ${answer.status}`, state: 'unknown' }]
  }
  const found = sourceIn(new Uint8Array(await answer.arrayBuffer()))
  return differencesWithin('code (SHA-256 of index.js)', sha256(inline), sha256(found))
}

function sourceIn(bytes: Uint8Array): string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  return isZip ? strFromU8(unzipSync(bytes)['index.js'] ?? new Uint8Array()) : strFromU8(bytes)
}

function sha256(text: string): string {
  return createHash('sha256').update(text.trimEnd()).digest('hex')
}
