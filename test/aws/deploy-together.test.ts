import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import type { Ran } from '../child.ts'
import { type Fakecloud, startFakecloud } from './fakecloud.ts'

const test = suite<{ aws: Fakecloud; repository: Checkout }>('two deploys at once')

test.before(async (context) => {
  context.aws = await startFakecloud('111122223333')
  context.repository = checkout(context.aws.environment)
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ aws, repository }) => {
  repository?.remove()
  aws?.stop()
})

test('of an empty account both end well, and the stacks are there once', async ({ aws, repository }) => {
  const both = await Promise.all([repository.run('deploy', '--json'), repository.run('deploy', '--json')])
  for (const { exitCode, stdout, stderr } of both) {
    assert.is(exitCode, 0, stderr)
    const { stackSets } = JSON.parse(stdout) as { stackSets: { instances: { region: string; status: string }[] }[] }
    assert.equal(
      stackSets.flatMap(({ instances }) => instances.map(({ region, status }) => `${region} ${status}`)),
      ['us-east-1 CURRENT', 'us-east-1 CURRENT', 'us-east-1 CURRENT', 'ap-northeast-2 CURRENT'],
    )
  }
  const changed = both.map(({ stdout }) => JSON.parse(stdout).changed)
  assert.ok(changed.includes(true), 'one of them wrote')
  assert.ok(aws.calls.filter((call) => call === 'CreateStackInstances').length >= 2)
})

for (const [when, call] of [
  ['between its looks at the stacks and at the account', 'DescribeTrails'],
  ['while it looks at the account', 'ListStacks'],
] as const) {
  test(`a deploy that meets another one's stacks ${when} ends well`, async () => {
    const aws = await startFakecloud('111122223333')
    const repository = checkout(aws.environment)
    try {
      assert.is((await repository.run('generate')).exitCode, 0)
      let other: Promise<Ran> | undefined
      aws.beforeCall = async (name) => {
        if (name !== call || other !== undefined) return
        other = repository.run('deploy')
        await other
      }
      const { exitCode, stdout, stderr } = await repository.run('deploy')
      assert.is(exitCode, 0, stdout + stderr)
      assert.is((await other)?.exitCode, 0)
      assert.is(aws.calls.filter((name) => name === 'CreateStackSet').length, 4, 'the other one made them')
    } finally {
      repository.remove()
      aws.stop()
    }
  })
}

test('of a change both end well, too', async ({ repository }) => {
  repository.edit('locale: ko', 'locale: en')
  await repository.run('generate')
  const both = await Promise.all([repository.run('deploy'), repository.run('deploy')])
  assert.equal(
    both.map(({ exitCode }) => exitCode),
    [0, 0],
    both.map(({ stdout, stderr }) => stdout + stderr).join('\n'),
  )
})

test.run()
