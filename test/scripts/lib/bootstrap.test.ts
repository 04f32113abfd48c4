// The bootstrap's stack in every state that CloudFormation may have left it in, as AWS answers: fakecloud's stacks are
// never in progress.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type BootstrapVerdict,
  bootstrapVerdict,
  settledBootstrapStack,
  usable,
} from '../../../scripts/lib/bootstrap.ts'
import type { CommandError } from '../../../scripts/lib/command.ts'
import { answered, type QueryAnswer, queryApi } from './query-api.ts'

interface Context {
  /** The stack's status at each look; the last one stays. */
  statuses: string[]
  close: () => void
}

const settings = { homeRegion: 'sa-east-1', name: 'root-guard' }
const test = suite<Context>("the bootstrap's stack")

test.before(async (context) => {
  const { close } = await queryApi(({ Action = '' }) => {
    const isLook = context.statuses.length > 1 && Action === 'DescribeStacks'
    return answer(Action, (isLook ? context.statuses.shift() : context.statuses[0]) ?? '')
  })
  context.close = close
})

test.after(({ close }) => close())

const VERDICTS: Readonly<Record<BootstrapVerdict, readonly string[]>> = {
  going: ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  ready: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'],
  'half-made': ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS'],
  stuck: ['UPDATE_ROLLBACK_FAILED', 'UPDATE_FAILED', 'SOMETHING_NEW'],
}

for (const [verdict, statuses] of Object.entries(VERDICTS)) {
  test(`that is ${statuses.join(' or ')} is ${verdict}`, () => {
    for (const status of statuses) assert.is(bootstrapVerdict(status), verdict, status)
  })
}

test('whose creation another run began is waited for, with its progress', async (context) => {
  context.statuses = ['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']
  const said: string[] = []
  const stack = await settledBootstrapStack(settings, { note: (line) => said.push(line) })
  assert.is(stack?.status, 'CREATE_COMPLETE')
  assert.match(
    said.join('\n'),
    /root-guard-bootstrap: 0 s CREATE_IN_PROGRESS\nroot-guard-bootstrap: \d+ s CREATE_COMPLETE/,
  )
})

test('that is being deleted is waited for until it is gone', async (context) => {
  context.statuses = ['DELETE_IN_PROGRESS', '']
  assert.is(await settledBootstrapStack(settings, { note: () => {} }), undefined)
})

for (const status of ['ROLLBACK_COMPLETE', 'CREATE_FAILED']) {
  test(`that is ${status} is no success: why, and how it is deleted, is said`, async (context) => {
    context.statuses = [status]
    const stack = await settledBootstrapStack(settings, { note: () => {} })
    try {
      await usable(stack, settings.homeRegion)
      assert.unreachable()
    } catch (error) {
      const { message, hint, exitCode } = error as CommandError
      assert.is(message, `root-guard-bootstrap: the stack is ${status}: DeployRole (AWS::IAM::Role): no`)
      assert.match(
        hint,
        /update-termination-protection --no-enable-termination-protection --region sa-east-1 --stack-name root-guard-bootstrap; aws cloudformation delete-stack --region sa-east-1/,
      )
      assert.is(exitCode, 1)
    }
  })
}

test.run()

function answer(action: string, status: string): QueryAnswer {
  if (status === '') {
    const message = '<Code>ValidationError</Code><Message>Stack with id root-guard-bootstrap does not exist</Message>'
    return { status: 400, body: `<ErrorResponse><Error><Type>Sender</Type>${message}</Error></ErrorResponse>` }
  }
  const results: Readonly<Record<string, string>> = {
    DescribeStacks: `<Stacks><member><StackName>root-guard-bootstrap</StackName><StackStatus>${status}</StackStatus></member></Stacks>`,
    GetTemplate: '<TemplateBody>{}</TemplateBody>',
    DescribeStackEvents: `<StackEvents>${event('AWS::IAM::Role', 'DeployRole', 'CREATE_FAILED')}${event('AWS::CloudFormation::Stack', 'root-guard-bootstrap', 'CREATE_IN_PROGRESS')}</StackEvents>`,
  }
  return answered(action, results[action])
}

function event(type: string, logicalId: string, status: string): string {
  return `<member><ResourceType>${type}</ResourceType><LogicalResourceId>${logicalId}</LogicalResourceId><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>no</ResourceStatusReason></member>`
}
