// The command as its user runs it, against an account whose bus, API and notifier are on this machine. What lies between them, and is
// broken leg by leg, is in test/stage/drill.test.ts.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { type Account, startAccount } from '../account-stand-in.ts'
import { type Checkout, checkout } from '../checkout.ts'
import { type Guard, guardSuite, posted, signIn, told } from '../handlers/notifier/guard.ts'

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

test('waits for what CloudWatch counts of the mail, which comes late, and says that it went out', async (guard) => {
  await onAccount(guard, async (repository, { calls, cloudWatch }) => {
    cloudWatch.mood = 'late'
    const { exitCode, stdout, stderr } = await repository.run('drill', '--send')
    assert.is(exitCode, 0, stdout + stderr)
    assert.match(stdout, /^SNS handed out 1 mail since \d\d:\d[05] UTC, for 1 address in root-guard\.yaml$/m)
    assert.match(stdout, 'waiting up to 60 s for what CloudWatch counts of the mail')
    assert.is(calls.filter((call) => call === 'GetMetricData').length, 3)
  })
})

const UNSENT = [
  [
    'the topic does not let EventBridge publish',
    'topic-refuses',
    /^the rule root-guard-drill-mail in us-east-1 could not hand on an event \(FailedInvocations 1, InvocationsSentToDlq 1, since \d\d:\d\d UTC\): a drill's mail did not get through to the topic root-guard-alerts/m,
  ],
  [
    'a mailbox does not take the mail',
    'mailbox-refuses',
    /^the mail: SNS could not deliver what the topic root-guard-alerts sent \(NumberOfNotificationsFailed 1, since \d\d:\d[05] UTC\)/m,
  ],
] as const

for (const [what, mood, words] of UNSENT) {
  test(`says that ${what}, though the phones were reached: exit 1`, async (guard) => {
    await onAccount(guard, async (repository, { cloudWatch }) => {
      cloudWatch.mood = mood
      const { exitCode, stdout } = await repository.run('drill', '--send')
      assert.is(exitCode, 1, stdout)
      assert.match(stdout, 'every route accepted the drill')
      assert.match(stdout, words)
      assert.not.match(stdout, 'SNS handed out')
    })
  })
}

test('says that one of two mails went out, and of the other that nothing is known', async (guard) => {
  await onAccount(guard, async (repository, { cloudWatch }) => {
    cloudWatch.mood = 'one-of-two'
    repository.edit('emails: [', 'emails: [second@example.com, ')
    const { exitCode, stdout } = await repository.run('drill', '--send', '--mail-wait', '1')
    assert.is(exitCode, 0, stdout)
    assert.match(
      stdout,
      /the mail: SNS counts 1 of 2 since \d\d:\d[05] UTC after 1 s, and of the rest nothing is known/,
    )
  })
})

test('does not take another mail of the topic for its own', async (guard) => {
  await onAccount(guard, async (repository, { cloudWatch }) => {
    cloudWatch.mood = 'other-mail'
    const { stdout } = await repository.run('drill', '--send', '--mail-wait', '1', '--json')
    const { mail } = JSON.parse(stdout)
    assert.is(mail.state, 'unknown')
    assert.match(mail.sentences[0], 'CloudWatch has no figures of the rule root-guard-drill-mail after 1 s')
  })
})

test('calls a mail of which CloudWatch has no figures unknown, not reached', async (guard) => {
  await onAccount(guard, async (repository, { cloudWatch }) => {
    cloudWatch.mood = 'never'
    const { exitCode, stdout } = await repository.run('drill', '--send', '--mail-wait', '4', '--json')
    const { ok, mail } = JSON.parse(stdout)
    assert.equal([exitCode, ok, mail.state], [0, true, 'unknown'])
    assert.match(mail.sentences[0], 'CloudWatch has no figures of the topic root-guard-alerts after 4 s')
  })
})

test('who may not ask CloudWatch hears so at once, with the action that is missing: exit 1', async (guard) => {
  await onAccount(guard, async (repository, { calls, cloudWatch }) => {
    cloudWatch.mood = 'denied'
    const { exitCode, stdout } = await repository.run('drill', '--send')
    assert.is(exitCode, 1)
    assert.match(
      stdout,
      /^the mail: unknown, as CloudWatch could not be asked: .*the role root-guard-drill needs cloudwatch:GetMetricData$/m,
    )
    assert.is(calls.filter((call) => call === 'GetMetricData').length, 1)
  })
})

test('asks CloudWatch again where it asks to slow down', async (guard) => {
  await onAccount(guard, async (repository, { cloudWatch }) => {
    cloudWatch.mood = 'throttled'
    const { exitCode, stdout, stderr } = await repository.run('drill', '--send')
    assert.is(exitCode, 0, stdout + stderr)
    assert.match(stdout, 'SNS handed out 1 mail')
  })
})

const WITHOUT_MAIL: readonly (readonly [string, readonly string[]])[] = [
  ['a check', []],
  ['a drill of one channel', ['--send', '--channel', 'telegram']],
  ['a drill past the bus', ['--send', '--api']],
  ['a drill with --mail-wait 0', ['--send', '--mail-wait', '0']],
]
for (const [what, args] of WITHOUT_MAIL) {
  test(`${what} does not ask CloudWatch, and says nothing of a mail`, async (guard) => {
    await onAccount(guard, async (repository, { calls }) => {
      const { exitCode, stdout, stderr } = await repository.run('drill', ...args, '--json')
      assert.is(exitCode, 0, stdout + stderr)
      assert.is(JSON.parse(stdout).mail.state, 'not-looked-at')
      assert.not.ok(calls.includes('GetMetricData'))
    })
  })
}

test('tells a program the same in JSON alone', async (guard) => {
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--send', '--json')
    const { alert, ok, deliveries } = JSON.parse(stdout)
    assert.equal([exitCode, ok], [0, true])
    assert.match(alert, /^root-guard\.drill~[0-9a-f-]{36}$/)
    assert.equal(deliveries.map(({ channel }: { channel: string }) => channel).sort(), ['nhn-sms', 'telegram'])
    assert.not.match(stdout, /01000000000|010-0000-0000/)
  })
})

test('without --send says of every channel whether it is ready, and sends nothing', async (guard) => {
  await onAccount(guard, async (repository, { calls }) => {
    const { exitCode, stdout, stderr } = await repository.run('drill')
    assert.is(exitCode, 0, stdout + stderr)
    assert.match(stdout, /^telegram +telegram +-10\*{4}0001 +ready +\d+ +\S+Z$/m)
    assert.match(stdout, /^sms +nhn-sms +010\*{4}0000 +ready /m)
    assert.match(stdout, /^sms +solapi-sms +010\*{4}0000 +ready /m)
    assert.match(stdout, 'every channel is ready, and nothing was sent: 3 recipients')
    assert.equal(told(guard.providers), {})
    assert.ok(calls.includes('PutEvents'))
  })
})

test('without --send names what is not ready, and does not wait for it: exit 1', async (guard) => {
  guard.providers.telegram.mood = 'broken'
  guard.aws.secrets['solapi-sms'] = undefined
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--wait', '600')
    assert.is(exitCode, 1)
    assert.match(stdout, /^telegram: telegram did not take it yet for -10\*{4}0001 \(500, /m)
    assert.match(stdout, /^sms: solapi-sms could not begin \(secret-missing, /m)
    assert.match(stdout, /^sms +nhn-sms .* ready /m)
  })
})

test('with --channel and --kind sends by that channel alone, what that kind looks like', async (guard) => {
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout, stderr } = await repository.run(
      'drill',
      ...['--send', '--channel', 'telegram', '--kind', 'access-key-created'],
    )
    assert.is(exitCode, 0, stdout + stderr)
    assert.equal(told(guard.providers), { telegram: 1 })
    assert.match(guard.providers.telegram.received[0]?.text ?? '', /CreateAccessKey/)
  })
})

test('with --from puts the event on the bus of that Region, and says when its relay is off', async (guard) => {
  await onAccount(guard, async (repository, { calls, broken }) => {
    assert.is((await repository.run('drill', '--from', 'ap-northeast-2')).exitCode, 0)
    assert.ok(calls.includes('PutEvents in ap-northeast-2'))
    broken.add('relay')
    const { exitCode, stdout } = await repository.run('drill', '--from', 'ap-northeast-2', '--wait', '2')
    assert.is(exitCode, 1)
    assert.match(stdout, /^the rule root-guard-relay-drill in ap-northeast-2 is disabled/m)
  })
})

const WRONG: readonly [string, readonly string[], string][] = [
  ['a channel that no route has', ['--channel', 'slack'], 'no route of root-guard.yaml has the channel slack'],
  ['a kind that is none', ['--kind', 'lunch'], 'lunch is no kind of activity'],
  ['a Region that nothing watches', ['--from', 'eu-west-3'], 'nothing watches eu-west-3'],
  ['two ways at once', ['--api', '--through-cloudtrail'], 'do not go together'],
  ['a wait for a mail that no check makes', ['--mail-wait', '60'], 'there is no mail for --mail-wait to wait for'],
  [
    'a wait for the mail of no length',
    ['--send', '--mail-wait', 'soon'],
    '--mail-wait soon is not a number of seconds',
  ],
  ['an address that is none', ['--url', 'notaurl'], '--url notaurl is no address'],
  ['the API of another Region', ['--api', '--from', 'ap-northeast-2'], '--api and --from do not go together'],
  [
    'a send through CloudTrail',
    ['--through-cloudtrail', '--send'],
    '--through-cloudtrail and --send do not go together',
  ],
]
for (const [what, args, words] of WRONG) {
  test(`refuses ${what} before anything is put: exit 2`, async (guard) => {
    await onAccount(guard, async (repository, { calls }) => {
      const { exitCode, stderr } = await repository.run('drill', ...args)
      assert.is(exitCode, 2)
      assert.match(stderr, words)
      assert.equal(calls, [])
    })
  })
}

test('follows a route over to its next channel, and names the one that failed', async (guard) => {
  guard.providers['nhn-sms'].mood = 'refuses'
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--send')
    assert.is(exitCode, 0)
    assert.match(
      stdout,
      /^sms +nhn-sms +010\*{4}0000 +permanent \(.+\) .*\nsms +solapi-sms +010\*{4}0000 +accepted .* delivered$/m,
    )
    assert.match(
      stdout,
      /^sms: nhn-sms refused it for 010\*{4}0000 \(.+\), and solapi-sms stood in: mend it all the same$/m,
    )
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

test("says that the day's drills are used up, at once: exit 1", async (guard) => {
  const notify = guard.start()
  const other = { ...JSON.parse(signIn().body), source: 'root-guard.drill' }
  for (let n = 0; n < 30; n++) await notify(posted({ ...other, detail: { ...other.detail, eventID: `other ${n}` } }))
  await onAccount(guard, async (repository) => {
    const { exitCode, stdout } = await repository.run('drill', '--send', '--wait', '600')
    assert.is(exitCode, 1)
    assert.match(stdout, "the function did not carry the drill out: the day's drills are used up")
  })
})

const BROKEN = [
  ['the bus is full', 'bus', 'events:PutEvents: InternalFailure: the bus is full'],
  ['no stack is there', 'stack', 'root-guard-us-east-1 has no stack in us-east-1\n  → npm run deploy'],
  ['the stack has no output', 'output', 'has no output AlertsUrl\n  → npm run deploy'],
] as const

for (const [what, leg, words] of BROKEN) {
  test(`says that ${what}: exit 1`, async (guard) => {
    await onAccount(guard, async (repository, { broken }) => {
      broken.add(leg)
      const { exitCode, stdout, stderr } = await repository.run('drill', '--send')
      assert.is(exitCode, 1)
      assert.match(stdout + stderr, words)
      assert.equal(told(guard.providers), {})
    })
  })
}

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
