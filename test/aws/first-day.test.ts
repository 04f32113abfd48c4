// A first day before and after a deploy. fakecloud has no root with MFA, so that the day stops at the doctor.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud, writes } from './fakecloud.ts'

const account = '111122223333'

interface Context {
  aws: Fakecloud
  repository: Checkout
}

const test = suite<Context>('the first day')

test.before(async (context) => {
  context.aws = await startFakecloud(account)
  context.repository = checkout(context.aws.environment)
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('before a deploy it stops at the plan, says to deploy, and writes nothing to AWS', async ({ aws, repository }) => {
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await repository.run('first-day')
  assert.is(exitCode, 1, stderr)
  assert.match(stdout, /^✗ npm run plan -- --fail-on-changes: failed, exit 1$/m)
  assert.match(stdout, /^· npm run drill -- --send --mail-wait 300: not reached$/m)
  assert.match(stdout, '→ not deployed yet, or not all of it: npm run bootstrap, npm run deploy')
  assert.equal(written(aws), [])
  assert.match(report(repository, stdout), '| npm run doctor | not reached |')
})

test('after a deploy it goes on to what fails, and its report has what AWS holds', async ({ aws, repository }) => {
  assert.is((await repository.run('deploy')).exitCode, 0)
  aws.calls.length = 0
  const { exitCode, stdout, stderr } = await repository.run('first-day')
  assert.is(exitCode, 1, stderr)
  assert.match(stdout, /^✓ npm run plan -- --fail-on-changes: .*no changes/im)
  assert.match(stdout, /^✗ npm run doctor: failed, exit 1$/m)
  assert.match(stdout, /^· npm run drift: not reached$/m)
  assert.equal(written(aws), [])
  const read = report(repository, stdout)
  assert.match(read, /^\| root-guard-us-east-1 \| us-east-1 \| CURRENT.* \| \d+ \| {2}\|$/m)
  assert.match(read, 'execute-api:Invoke')
  assert.not.match(read, /execute-api:us-east-1:[^:]*:(?!API-ID)[a-z0-9]+\//)
  assert.match(read, '### Doctor')
  assert.match(read, '- [ ] root signed in once')
  assert.not.match(read, account)
})

test('what AWS does not say, or refuses, is unknown in the report and not left out', async ({ aws, repository }) => {
  aws.answer = (name) =>
    name === 'LookupEvents' || name === 'GetMetricData'
      ? {
          status: 400,
          body: `{"__type":"AccessDeniedException","message":"User: arn:aws:iam::${account}:user/kim is not authorized to perform: cloudtrail:LookupEvents"}`,
        }
      : undefined
  const { exitCode, stdout, stderr } = await repository.run('first-day', '--facts-only', '--json')
  const { steps, facts, report: file } = JSON.parse(stdout)
  assert.equal([exitCode, steps], [0, []], stderr)
  const unknown = facts.filter(({ state }: { state: string }) => state === 'unknown')
  assert.equal(
    unknown.map(({ title }: { title: string }) => title),
    ['Calls, and whether CloudTrail calls them reads', 'What CloudWatch counted in the last three hours'],
  )
  assert.match(unknown[0].lines[0], 'arn:aws:iam::************:user/kim needs cloudtrail:LookupEvents')
  assert.not.match(stdout + repository.read(file), account)
})

test('credentials of another account are refused before a step: exit 2', async ({ repository }) => {
  repository.edit('"111122223333"', '"444455556666"')
  const { exitCode, stderr } = await repository.run('first-day')
  assert.is(exitCode, 2)
  assert.match(stderr, 'belong to account 111122223333')
})

test.run()

/** A look-up of CloudTrail's is none. */
function written({ calls }: Fakecloud): readonly string[] {
  return writes(calls).filter((call) => call !== 'LookupEvents')
}

/** The file that the command says it wrote. */
function report(repository: Checkout, stdout: string): string {
  const [, file = ''] = /the report is in (reports\/first-day-\S+\.md),/.exec(stdout) ?? []
  return repository.read(file)
}
