// `npm run drill` as the drill's role runs it, against the rehearsal's stage: the rules, roles, API, function and table as deployed, with
// each leg broken in turn. What the stage does not have, another Region and StackSets, is in test/scripts/drill.test.ts.
import * as assert from 'uvu/assert'
import type { Providers } from '../../scripts/rehearsal/stage.ts'
import { told } from '../handlers/notifier/guard.ts'
import {
  type Break,
  functionGone,
  functionThrows,
  letterBuried,
  roleWithout,
  roleWithoutPolicy,
  roleWithoutTrust,
  ruleDisabled,
  secretGone,
  tableGone,
  targetRemoved,
} from './breaks.ts'
import { guardedSuite } from './guarded.ts'

const test = guardedSuite('a drill on the stage')

test('reaches every route by the way of a real alert', async ({ repository, url, providers }) => {
  const { exitCode, stdout, stderr } = await repository.run('drill', '--send', '--url', url)
  assert.is(exitCode, 0, stdout + stderr)
  assert.match(stdout, 'every route accepted the drill: 2 messages, 1 delivered, says the carrier')
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('--api goes past a rule that is disabled', async ({ account, repository, url }) => {
  await ruleDisabled('root-guard-drill')(account.aws)
  const { exitCode, stdout, stderr } = await repository.run('drill', '--send', '--api', '--url', url)
  assert.is(exitCode, 0, stdout + stderr)
})

test('tells an administrator that the API refuses everybody but the role', async ({ repository, as, url }) => {
  const administrator = repository.as(await as('administrator'))
  const { exitCode, stdout, stderr } = await administrator.run('drill', '--send', '--url', url)
  assert.is(exitCode, 1, stdout + stderr)
  assert.match(
    stdout,
    /the API refused the caller: GET .* was answered 403: .* explicit deny in a resource-based policy/,
  )
})

for (const way of ['--api', '--through-cloudtrail']) {
  test(`${way} finds every channel ready, and nothing is sent`, async ({ repository, url, providers }) => {
    const { exitCode, stdout, stderr } = await repository.run('drill', way, '--url', url)
    assert.is(exitCode, 0, stdout + stderr)
    assert.match(stdout, 'every channel is ready, and nothing was sent: 3 recipients')
    assert.equal(told(providers), {})
  })
}

interface Leg {
  readonly what: string
  readonly broken: Break | ((aws: never, providers: Providers) => void)
  /** Beside `--url` and `--wait`. */
  readonly args: readonly string[]
  /** How many seconds to wait for what comes; 1 where nothing does. */
  readonly wait?: number
  readonly says: string | RegExp
  /** Who is reached all the same; nobody when it is left out. */
  readonly reached?: Readonly<Record<string, number>>
}

const everybody = { telegram: 1, 'nhn-sms': 1 }
const deadLetter = /^1 event came to lie in root-guard-dead-letters in us-east-1: what the rule called refused it/m

const LEGS: readonly Leg[] = [
  {
    what: 'the rule is disabled',
    broken: ruleDisabled('root-guard-drill'),
    args: ['--send'],
    says: 'the rule root-guard-drill in us-east-1 is disabled: npm run drift',
  },
  {
    what: "real alerts' rule is disabled",
    broken: ruleDisabled('root-guard-root-activity'),
    args: [],
    says: 'the rule root-guard-root-activity in us-east-1 is disabled: npm run drift',
  },
  {
    what: 'the target is removed',
    broken: targetRemoved('root-guard-drill', 'phones'),
    args: ['--send'],
    says: 'the rule root-guard-drill in us-east-1 has no target phones any more',
  },
  {
    what: "the mail's target is removed",
    broken: targetRemoved('root-guard-root-activity', 'email'),
    args: ['--send'],
    says: 'the rule root-guard-root-activity in us-east-1 has no target email any more',
    reached: everybody,
  },
  {
    what: "the API refuses the rule's role",
    broken: roleWithoutPolicy('root-guard-rule-to-api', 'post-alerts'),
    args: ['--send'],
    wait: 5,
    says: deadLetter,
  },
  {
    what: "the rule's role does not let EventBridge in",
    broken: roleWithoutTrust('root-guard-rule-to-api'),
    args: ['--send'],
    wait: 5,
    says: deadLetter,
  },
  {
    what: 'the API refuses who asks',
    broken: roleWithout('execute-api:Invoke', 'root-guard-drill', 'drill'),
    args: ['--send'],
    says: 'the API refused the caller: GET /alerts/{id} was answered 403: User: arn:aws:sts::111122223333:assumed-role/root-guard-drill/run-1 is not authorized',
    reached: everybody,
  },
  {
    what: 'the API refuses who posts',
    broken: roleWithout('execute-api:Invoke', 'root-guard-drill', 'drill'),
    args: ['--send', '--api'],
    says: 'the API refused the caller: POST /alerts/{id} was answered 403',
  },
  {
    what: 'the bus refuses who puts',
    broken: roleWithout('events:PutEvents', 'root-guard-drill', 'drill'),
    args: ['--send'],
    says: 'events:PutEvents',
  },
  {
    what: 'the function throws',
    broken: functionThrows,
    args: ['--send'],
    says: 'the API works and the function threw: GET /alerts/{id} was answered 502',
  },
  {
    what: 'the function throws',
    broken: functionThrows,
    args: ['--send', '--api'],
    says: 'the API works and the function threw: POST /alerts/{id} was answered 502',
  },
  {
    what: 'the function is gone',
    broken: functionGone,
    args: ['--send'],
    says: 'the API could not call the function: GET /alerts/{id} was answered 500',
  },
  {
    what: 'the function may not read its records',
    broken: roleWithout('dynamodb:Query', 'root-guard-notifier', 'notifier'),
    args: ['--send'],
    says: 'the function cannot read its records: GET /alerts/{id} was answered 503',
    reached: everybody,
  },
  {
    what: 'the records are gone',
    broken: tableGone,
    args: ['--send'],
    says: 'the function cannot read its records: GET /alerts/{id} was answered 503',
    reached: everybody,
  },
  {
    what: 'Telegram is down',
    broken: (_aws, providers) => {
      providers.telegram.mood = 'broken'
    },
    args: ['--send'],
    wait: 5,
    says: /^telegram: telegram did not take it yet for -10\*{4}0001 \(500/m,
    reached: { 'nhn-sms': 1 },
  },
  {
    what: 'Telegram refuses',
    broken: (_aws, providers) => {
      providers.telegram.mood = 'refuses'
    },
    args: ['--send'],
    wait: 5,
    says: /^telegram: telegram refused it for -10\*{4}0001 \(\d+, .+\)$/m,
    reached: { 'nhn-sms': 1 },
  },
  {
    what: "a channel's secret is gone",
    broken: secretGone('telegram'),
    args: ['--send'],
    wait: 5,
    says: 'telegram: telegram could not begin (secret-missing',
    reached: { 'nhn-sms': 1 },
  },
]

for (const { what, broken, args, wait = 1, says, reached = {} } of LEGS) {
  test(`${['drill', ...args].join(' ')} says that ${what}: exit 1`, async ({ account, providers, repository, url }) => {
    await broken(account.aws as never, providers)
    const { exitCode, stdout, stderr } = await repository.run('drill', ...args, '--url', url, '--wait', String(wait))
    assert.is(exitCode, 1, stdout + stderr)
    assert.match(stdout + stderr, says)
    await account.quiet()
    assert.equal(told(providers), reached)
  })
}

test('does not blame dead letters that lay there before', async ({ account, repository, url }) => {
  account.records = false
  await letterBuried(account.aws)
  const { stdout } = await repository.run('drill', '--through-cloudtrail', '--url', url, '--wait', '1')
  assert.match(stdout, 'CloudTrail handed no record on')
  assert.not.match(stdout, 'dead-letters')
})

test('through CloudTrail says that no record came: exit 1', async ({ account, repository, url }) => {
  account.records = false
  const { exitCode, stdout, stderr } = await repository.run(
    'drill',
    '--through-cloudtrail',
    '--url',
    url,
    '--wait',
    '2',
  )
  assert.is(exitCode, 1, stdout + stderr)
  assert.match(stdout, 'the rules are as they should be: CloudTrail handed no record on')
})

test.run()
