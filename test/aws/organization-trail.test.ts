// An account that an organization's trail covers: AWS lists that trail and refuses its selectors, and no command ends there.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnosis } from '../../scripts/lib/doctor/diagnosis.ts'
import type { Finding } from '../../scripts/lib/live/stack.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'
import { organizationMember } from './what-fakecloud-leaves-out.ts'

interface Context {
  aws: Fakecloud
  repository: Checkout
}

const test = suite<Context>("an organization's trail whose selectors are refused")

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  context.repository.edit('relayRegions: []', 'relayRegions: []\ntrail: reuse')
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

const unread = 'its event selectors cannot be read from this account (cloudtrail:GetEventSelectors: sample:'

test('a deploy that reuses it goes on, and says that nobody here knows whether it is fit', async ({
  aws,
  repository,
}) => {
  aws.answer = organizationMember('CloudTrailARNInvalidException')
  const { exitCode, stdout, stderr } = await repository.run('deploy')
  assert.is(exitCode, 0, stdout + stderr)
  assert.ok(
    stdout.includes(
      "trail: reuse relies on organization-trail (an organization's, in us-east-1 of account 444455556666)",
    ),
    stdout,
  )
  assert.ok(stdout.includes(unread), stdout)
  assert.match(stdout, '→ npm run drill -- --through-cloudtrail')
  assert.match(stdout, 'put trail: create into root-guard.yaml')
})

test('drift finds nothing else, counts it as unknown, and fails nothing', async ({ aws, repository }) => {
  aws.answer = organizationMember('TrailNotFoundException')
  const { exitCode, stdout, stderr } = await repository.run('drift', '--json')
  assert.is(exitCode, 0, stdout + stderr)
  const { drift, unknown, findings } = JSON.parse(stdout) as { drift: boolean; unknown: number; findings: Finding[] }
  assert.equal([drift, unknown], [false, 1])
  const [found] = findings.filter(({ state }) => state === 'unknown')
  assert.is(found?.resource, 'organization-trail')
  assert.ok(found?.found.includes(unread), found?.found)
})

test('the doctor looks at everything else, and notes it', async ({ aws, repository }) => {
  aws.answer = organizationMember('AccessDeniedException', ['GetEventSelectors', 'GetTrailStatus'])
  const { stdout } = await repository.run('doctor', '--json')
  const posture = (JSON.parse(stdout).diagnoses as Diagnosis[]).filter(({ area }) => area === 'posture')
  assert.equal(
    posture.map(({ state }) => state),
    ['well', 'note'],
    JSON.stringify(posture),
  )
  assert.match(
    posture[1]?.what ?? '',
    'us-east-1: organization-trail: what it hands on is not known: whether it is logging and its event selectors cannot be read from this account',
  )
})

test('a trail of that kind that is not logging is drift, whatever cannot be read', async ({ aws, repository }) => {
  const member = organizationMember('TrailNotFoundException')
  aws.answer = (call, body) =>
    call === 'GetTrailStatus' ? { status: 200, body: '{"IsLogging":false}' } : member(call, body)
  const { exitCode, stdout } = await repository.run('drift')
  assert.is(exitCode, 1)
  assert.match(stdout, 'is not logging')
})

test('a deploy that makes a trail of its own goes on, and says that it may be a second copy', async () => {
  const aws = await startFakecloud('111122223333')
  const repository = checkout(aws.environment)
  try {
    await repository.run('generate')
    aws.answer = organizationMember('TrailNotFoundException')
    const { exitCode, stdout, stderr } = await repository.run('deploy')
    assert.is(exitCode, 0, stdout + stderr)
    assert.ok(stdout.includes(unread), stdout)
    assert.match(
      stdout,
      "if it takes management events, the guard's own trail is a second copy of them, which is billed",
    )
  } finally {
    repository.remove()
    aws.stop()
  }
})

test.run()
