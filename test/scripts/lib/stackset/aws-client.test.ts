// What the client asks of AWS, read from the requests themselves: a server on this machine takes them down.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stackSetClient } from '../../../../scripts/lib/stackset/aws-client.ts'
import type { Definition } from '../../../../scripts/lib/stackset/client.ts'
import { isFault } from '../../../../scripts/lib/stackset/fault.ts'
import { answered, type QueryAnswer, queryApi } from '../query-api.ts'

interface Context {
  requests: Record<string, string>[]
  /** Answers the n-th request, from 1; undefined for an answer without content. */
  answer: (number: number) => QueryAnswer | undefined
  close: () => void
}

const definition: Definition = {
  body: '{}',
  parameters: { Color: 'red' },
  tags: { team: 'a' },
  administrationRoleArn: 'arn:aws:iam::111122223333:role/administration',
  executionRoleName: 'execution',
}
const refused = (code: string) => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
})

const test = suite<Context>('a request to StackSets')

test.before(async (context) => {
  context.requests = []
  const { close } = await queryApi(
    (asked) => context.answer(context.requests.push(asked)) ?? answered(asked.Action ?? ''),
  )
  context.close = close
})

test.before.each((context) => {
  context.requests.length = 0
  context.answer = () => undefined
})

test.after(({ close }) => close())

test('of an organization carries CallAs in every call, and units in the place of accounts', async ({ requests }) => {
  const client = stackSetClient('eu-west-1', 'DELEGATED_ADMIN')
  const units = { organizationalUnits: ['ou-aaaa-11111111'], regions: ['us-west-2'] }
  const preferences = { failureTolerance: 2 }
  await client.describe('guard')
  await client.create('guard', definition)
  await client.update('guard', definition, preferences)
  await client.createInstances('guard', units, preferences)
  await client.deleteInstances('guard', units, 'retain-stacks', preferences)
  await client.instances('guard')
  await client.operation('guard', '1')
  await client.unfinished('guard')
  await client.results('guard', '1')
  await client.detectDrift('guard', preferences)
  await client.resourceDrifts('guard', '1', { account: '111122223333', region: 'us-west-2' })
  await client.remove('guard')
  assert.is(requests.length, 12)
  for (const request of requests) assert.is(request.CallAs, 'DELEGATED_ADMIN', request.Action)
  for (const name of ['CreateStackInstances', 'DeleteStackInstances']) {
    const request = requests.find(({ Action }) => Action === name)
    assert.is(request?.['DeploymentTargets.OrganizationalUnitIds.member.1'], 'ou-aaaa-11111111')
    assert.is(request?.['OperationPreferences.FailureToleranceCount'], '2')
    assert.not('Accounts.member.1' in (request ?? {}))
  }
})

test('of an account says roles, parameters, tags, managed execution, Regions side by side', async ({ requests }) => {
  const client = stackSetClient('eu-west-1')
  await client.create('guard', definition)
  await client.createInstances(
    'guard',
    { accounts: ['111122223333'], regions: ['us-west-2', 'eu-west-1'] },
    { failureTolerance: 0 },
  )
  const [create = {}, instances = {}] = requests
  assert.is(create.AdministrationRoleARN, definition.administrationRoleArn)
  assert.is(create.ExecutionRoleName, 'execution')
  assert.is(create['ManagedExecution.Active'], 'true')
  assert.is(create['Parameters.member.1.ParameterKey'], 'Color')
  assert.is(create['Tags.member.1.Value'], 'a')
  assert.is(create.PermissionModel, 'SELF_MANAGED')
  assert.is(instances['Accounts.member.1'], '111122223333')
  assert.is(instances['Regions.member.2'], 'eu-west-1')
  assert.is(instances['OperationPreferences.RegionConcurrencyType'], 'PARALLEL')
  assert.is(instances['OperationPreferences.FailureToleranceCount'], '0')
  assert.not('CallAs' in create)
})

test('whose answer got lost is sent again with the same OperationId, and is one operation', async (context) => {
  context.answer = (number) => (number === 1 ? { status: 500, body: '' } : refused('OperationIdAlreadyExistsException'))
  const id = await stackSetClient('eu-west-1').update('guard', definition, { failureTolerance: 0 })
  assert.equal(
    context.requests.map(({ OperationId }) => OperationId),
    [id, id],
  )
})

test('that is throttled is sent again', async (context) => {
  context.answer = (number) => (number < 3 ? refused('Throttling') : undefined)
  assert.equal(await stackSetClient('eu-west-1').instances('guard'), [])
  assert.is(context.requests.length, 3)
})

test('that is refused says the call, the StackSet and the kind', async (context) => {
  context.answer = () => refused('OperationInProgressException')
  try {
    await stackSetClient('eu-west-1').remove('guard')
    assert.unreachable()
  } catch (error) {
    assert.ok(isFault(error, 'operation-in-progress'))
    assert.match((error as Error).message, 'cloudformation:DeleteStackSet (guard): no')
  }
})

test('for a StackSet that is not there answers that it is not', async (context) => {
  context.answer = () => refused('StackSetNotFoundException')
  assert.is(await stackSetClient('eu-west-1').describe('guard'), undefined)
})

test('for the resource that failed reads on to where the attempt began, and no further', async (context) => {
  const pages = [
    [
      ['Stack', 'guard', 'ROLLBACK_COMPLETE'],
      ['AWS::SNS::Topic', 'Topic', 'CREATE_FAILED', 'Resource creation cancelled'],
    ],
    [
      ['AWS::SQS::Queue', 'Queue', 'CREATE_FAILED', 'no more queues'],
      ['Stack', 'guard', 'CREATE_IN_PROGRESS'],
    ],
    [['AWS::SQS::Queue', 'Older', 'CREATE_FAILED', 'of another attempt']],
  ]
  context.answer = (number) => ({ status: 200, body: eventsPage(pages[number - 1] ?? [], `after-${number}`) })
  assert.equal(await stackSetClient('eu-west-1').failedResource('eu-west-1', 'guard'), {
    logicalId: 'Queue',
    type: 'AWS::SQS::Queue',
    reason: 'no more queues',
  })
  assert.equal(
    context.requests.map(({ NextToken }) => NextToken),
    [undefined, 'after-1'],
  )
})

test.run()

/** Newest first; of each its type, logical id, status and reason. */
function eventsPage(events: readonly (readonly string[])[], next: string): string {
  const members = events.map(
    ([type = '', id = '', status = '', reason = '']) =>
      `<member><ResourceType>${type === 'Stack' ? 'AWS::CloudFormation::Stack' : type}</ResourceType><LogicalResourceId>${id}</LogicalResourceId><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason></member>`,
  )
  const result = `<StackEvents>${members.join('')}</StackEvents><NextToken>${next}</NextToken>`
  return `<DescribeStackEventsResponse><DescribeStackEventsResult>${result}</DescribeStackEventsResult></DescribeStackEventsResponse>`
}
