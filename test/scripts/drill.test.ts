// The command as its user runs it, against an account whose bus, API and notifier are on this machine.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { type Account, startAccount } from '../account-stand-in.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Guard, guardSuite, told } from '../handlers/notifier/guard.ts'

const test = guardSuite('drill')

/** Runs the body in a folder of a deployed guard, and takes both away. */
async function onAccount(guard: Guard, body: (repository: Checkout, account: Account) => Promise<void>) {
  const account = await startAccount('111122223333', guard.start())
  const repository = checkout(account.environment)
  try {
    await body(repository, account)
  } finally {
    repository.remove()
    account.close()
  }
}

test('reaches every route, and says who got it and what the carrier knows', async (guard) => {
  await onAccount(guard, async (repository, { calls }) => {
    const { exitCode, stdout, stderr } = await repository.run('drill', '--send')
    assert.is(exitCode, 0, stderr)
    assert.match(stdout, /^telegram +telegram +-10\*{4}0001 +accepted +\d+ +\S+Z +not to be asked$/m)
    assert.match(stdout, /^sms +nhn-sms +010\*{4}0000 +accepted +\d+ +\S+Z +delivered$/m)
    assert.match(stdout, 'every route accepted the drill: 2 messages, 1 delivered, says the carrier')
    assert.is(calls.filter((call) => call === 'PutEvents').length, 1)
    assert.equal(told(guard.providers), { telegram: 1, 'nhn-sms': 1 })
    const [message] = guard.providers.telegram.received
    assert.match(message?.text ?? '', /훈련/)
  })
})

test('tells a program the same in JSON alone', async (guard) => {
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--send', '--json')
    const { alert, ok, deliveries } = JSON.parse(stdout)
    assert.equal([exitCode, ok], [0, true])
    assert.match(alert, /^root-guard\.drill [0-9a-f-]{36}$/)
    assert.equal(deliveries.map(({ channel }: { channel: string }) => channel).sort(), ['nhn-sms', 'telegram'])
    assert.not.match(stdout, /01000000000|010-0000-0000/)
  })
})

test('without --send sends nothing and says what it would do: exit 2', async (guard) => {
  await onAccount(guard, async (repository, { calls }) => {
    const { exitCode, stderr } = await repository.run('drill')
    assert.is(exitCode, 2)
    assert.match(stderr, 'npm run drill -- --send')
    assert.equal(calls, [])
  })
})

test('follows a route over to its next channel', async (guard) => {
  guard.providers['nhn-sms'].mood = 'refuses'
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--send')
    assert.is(exitCode, 0)
    assert.match(stdout, /^sms +solapi-sms +010\*{4}0000 +accepted .* delivered$/m)
  })
})

test('waits for EventBridge to come again while a channel is down', async (guard) => {
  guard.providers.telegram.mood = 'broken'
  await onAccount(guard, async (repository) => {
    const recovery = setTimeout(() => {
      guard.providers.telegram.mood = 'ok'
    }, 3_000)
    const { exitCode, stdout } = await repository.run('drill', '--send')
    clearTimeout(recovery)
    assert.is(exitCode, 0, stdout)
    assert.match(stdout, /^telegram +telegram .* accepted /m)
  })
})

test('names the channel that refused, with its code: exit 1', async (guard) => {
  guard.providers.telegram.mood = 'refuses'
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--send')
    assert.is(exitCode, 1)
    assert.match(stdout, /^telegram: telegram refused it for -10\*{4}0001 \(\d+, .+\)$/m)
    assert.match(stdout, /^sms +nhn-sms .* accepted /m)
  })
})

test('names a secret that is not there: exit 1', async (guard) => {
  guard.aws.secrets['nhn-sms'] = undefined
  guard.aws.secrets['solapi-sms'] = undefined
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--send')
    assert.is(exitCode, 1)
    assert.match(stdout, /^sms: nhn-sms could not begin \(secret-missing, SSM has no parameter /m)
  })
})

const LEGS = [
  ['rule', '2', 1, 'no record of it came within 2 s: the rule, its target or the API'],
  ['bus', '30', 1, 'events:PutEvents: InternalFailure: the bus is full'],
  ['api', '30', 1, 'GET /alerts/{id} was answered 403: User is not authorized'],
  ['stack', '30', 1, 'root-guard-us-east-1 has no stack in us-east-1\n  → npm run deploy'],
  ['output', '30', 1, 'has no output AlertsUrl\n  → npm run deploy'],
] as const

for (const [leg, wait, expected, words] of LEGS) {
  test(`says how far it came when the ${leg} is broken: exit ${expected}`, async (guard) => {
    await onAccount(guard, async (repository, { broken }) => {
      broken.add(leg)
      const { exitCode, stdout, stderr } = await repository.run('drill', '--send', '--wait', wait)
      assert.is(exitCode, expected)
      assert.match(stdout + stderr, words)
      assert.equal(told(guard.providers), leg === 'api' ? { telegram: 1, 'nhn-sms': 1 } : {})
    })
  })
}

test('says that records cannot be read, when the table cannot', async (guard) => {
  guard.aws.faults.dynamodb = 'broken'
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--send', '--wait', '2')
    assert.is(exitCode, 1)
    assert.match(stdout, 'the event was put, and what became of it cannot be seen: GET /alerts/{id} was answered 503')
  })
})

test("puts its table into GitHub's job summary", async (guard) => {
  await onAccount(guard, async (repository, { environment }) => {
    const summary = join(repository.folder, 'summary.md')
    writeFileSync(summary, '')
    const onGitHub = checkout({ ...environment, GITHUB_STEP_SUMMARY: summary })
    assert.is((await onGitHub.run('drill', '--send')).exitCode, 0)
    onGitHub.remove()
    const written = readFileSync(summary, 'utf8')
    assert.match(written, '### Drill: everybody was reached')
    assert.match(written, /^\| sms \| nhn-sms \| 010\*{4}0000 \| accepted \|/m)
  })
})

test('is refused with credentials of another account, before an event is put', async (guard) => {
  await onAccount(guard, async (repository, { calls }) => {
    repository.edit('111122223333', '444455556666')
    const { exitCode, stderr } = await repository.run('drill', '--send')
    assert.is(exitCode, 2)
    assert.match(stderr, 'belong to account 111122223333')
    assert.equal(calls, ['GetCallerIdentity'])
  })
})

test('asks the API at --url, and no stack where it is', async (guard) => {
  await onAccount(guard, async (repository, { calls, environment }) => {
    const url = `${environment.AWS_ENDPOINT_URL}/_aws/execute-api/api/live/alerts/`
    assert.is((await repository.run('drill', '--send', '--url', url)).exitCode, 0)
    assert.not.ok(calls.includes('DescribeStacks'))
  })
})

for (const wait of ['0', '1.5', 'soon']) {
  test(`does not take ${wait} for a number of seconds: exit 2`, async (guard) => {
    await onAccount(guard, async (repository) => {
      const { exitCode, stderr } = await repository.run('drill', '--send', '--wait', wait)
      assert.is(exitCode, 2)
      assert.match(stderr, `--wait ${wait} is not a number of seconds`)
    })
  })
}

test.run()
