// A deploy is killed after each of its calls in turn, on an account of its own each time, and run again.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Checkout, checkout } from '../checkout.ts'
import { startFakecloud } from './fakecloud.ts'
import { killThenRunAgain, type Resumed, twoAtATime } from './killed.ts'

const account = '111122223333'
const test = suite<{ repository: Checkout }>('a deploy that is killed and run again')

test.before(async (context) => {
  context.repository = checkout({})
  assert.is((await context.repository.run('generate')).exitCode, 0)
})

test.after(({ repository }) => repository?.remove())

test('ends as if it had not been killed, whichever of its calls was the last', async ({ repository }) => {
  const calls = await callsOfADeploy(repository)
  // Before the first write there is nothing to resume from, and after the last operation nothing is written any more.
  const firstWrite = calls.indexOf('CreateServiceLinkedRole')
  const lastLook = calls.indexOf('GetTemplate')
  assert.ok(firstWrite > 0 && lastLook > firstWrite + 20, calls.join(' '))
  const numbers = Array.from({ length: lastLook - firstWrite }, (_, index) => firstWrite + index).filter(isNews(calls))
  await twoAtATime([0, ...numbers], async (number) => {
    const { again, state } = await killedAfter(repository, number + 1)
    const place = `killed after call ${number + 1}, ${calls[number]}: `
    assert.is(again.exitCode, 0, place + again.stdout + again.stderr)
    assert.equal(
      state,
      [
        'root-guard-notifier us-east-1 CURRENT',
        'root-guard-us-east-1 us-east-1 CURRENT',
        'root-guard-ap-northeast-2 ap-northeast-2 CURRENT',
      ],
      place,
    )
  })
})

test('does so when it was changing and adding stacks, too', async ({ repository }) => {
  const changed = repository.as({})
  const { calls } = await changeKilledAfter(changed, Number.POSITIVE_INFINITY)
  const writes = calls.flatMap((call, index) => (/^(Update|Create)Stack/.test(call) ? [index] : []))
  assert.is(writes.length, 4, 'two updates, a StackSet and its stack')
  await twoAtATime(writes, async (number) => {
    const { again, state } = await changeKilledAfter(changed, number + 1)
    const place = `killed after call ${number + 1}, ${calls[number]}: `
    assert.is(again.exitCode, 0, place + again.stdout + again.stderr)
    assert.equal(
      state,
      [
        'root-guard-notifier us-east-1 CURRENT',
        'root-guard-us-east-1 us-east-1 CURRENT',
        'root-guard-ap-northeast-2 ap-northeast-2 CURRENT',
        'root-guard-relay us-west-2 CURRENT',
      ],
      place,
    )
  })
})

test.run()

async function callsOfADeploy(repository: Checkout): Promise<readonly string[]> {
  const aws = await startFakecloud(account)
  try {
    const { exitCode, stderr } = await repository.as(aws.environment).run('deploy')
    assert.is(exitCode, 0, stderr)
    return [...aws.calls]
  } finally {
    aws.stop()
  }
}

/** A look that was taken since the last write already leaves the account as the first one did. */
function isNews(calls: readonly string[]): (number: number) => boolean {
  return (number) => {
    const before = calls.slice(0, number)
    const sinceWrite = before.slice(before.findLastIndex((call) => /^(Create|Update|Delete)/.test(call)) + 1)
    return !sinceWrite.includes(calls[number] ?? '')
  }
}

async function killedAfter(repository: Checkout, number: number): Promise<Resumed> {
  const aws = await startFakecloud(account)
  try {
    return await killThenRunAgain(aws, repository.as(aws.environment), number)
  } finally {
    aws.stop()
  }
}

/** The first deploy is left alone; the second, of another locale, log retention and relay Region, is killed. */
async function changeKilledAfter(repository: Checkout, number: number): Promise<Resumed> {
  const aws = await startFakecloud(account)
  const own = checkout(aws.environment)
  try {
    await repository.as(aws.environment).run('deploy')
    own.edit('locale: ko', 'locale: en')
    own.edit('logDays: 2557', 'logDays: 400')
    own.edit('relayRegions: []', 'relayRegions: [us-west-2]')
    await own.run('generate')
    return await killThenRunAgain(aws, own, number)
  } finally {
    own.remove()
    aws.stop()
  }
}
