// An operation that somebody else left running. fakecloud ends its operations in a moment, so a real answer of it is passed
// on with its newest operation as RUNNING, for as long as the test says.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'

const test = suite<{ aws: Fakecloud; repository: Checkout }>("somebody else's operation")

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  await context.repository.run('generate')
  const { exitCode, stdout, stderr } = await context.repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  context.repository.edit('locale: ko', 'locale: en')
  await context.repository.run('generate')
})

test.before.each(({ aws }) => {
  aws.calls.length = 0
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('past the limit the deploy names it and how to stop it, and has written nothing', async ({ aws, repository }) => {
  aws.instead = running(() => true)
  const impatient = repository.as({ ...aws.environment, ROOT_GUARD_WAIT_SECONDS: '2' })
  const { exitCode, stdout } = await impatient.run('deploy')
  assert.is(exitCode, 1)
  const [, operation, named] =
    /root-guard-notifier: operation (\S+) \(CREATE\), which another run began, is still RUNNING after [\d.]+ minutes\n {2}→ let it end, or stop it: aws cloudformation stop-stack-set-operation --stack-set-name root-guard-notifier --operation-id (\S+);/.exec(
      stdout,
    ) ?? []
  assert.ok(operation, stdout)
  assert.is(named, operation)
  assert.match(
    stdout,
    'root-guard-us-east-1 is left as it is, since root-guard-notifier, whose function it calls, could not be deployed',
  )
  assert.equal(writes(aws.calls), [])
})

test('is waited for, told of, and followed by the update', async ({ aws, repository }) => {
  aws.instead = running(() => looks(aws) <= 3)
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  assert.match(
    stdout,
    /root-guard-notifier: 0 s CREATE RUNNING, operation \S+, is somebody else's or an earlier run's: waiting for it/,
  )
  const [first = ''] = writes(aws.calls)
  assert.is(first, 'UpdateStackSet')
  const before = aws.calls.slice(0, aws.calls.indexOf(first))
  assert.ok(looks({ calls: before }) > 3, `${looks({ calls: before })} looks before the first write`)
})

test.run()

const looks = ({ calls }: Pick<Fakecloud, 'calls'>) => calls.filter((name) => name === 'ListStackSetOperations').length

/** The newest operation, which AWS lists first, as one that has not ended. */
function running(still: () => boolean): Fakecloud['instead'] {
  return (_name, answer) =>
    still() ? answer.replace('<Status>SUCCEEDED</Status>', '<Status>RUNNING</Status>') : undefined
}
