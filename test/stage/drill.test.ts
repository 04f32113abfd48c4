// `npm run drill` as the drill's role runs it, against the rehearsal's stage: the rules, roles, API, function and table as deployed, with
// each leg broken in turn. What the stage does not have, another Region and StackSets, is in test/scripts/drill.test.ts.
import * as assert from 'uvu/assert'
import { told } from '../handlers/notifier/guard.ts'
import {
  type Break,
  functionGone,
  functionThrows,
  letterBuried,
  loses,
  providerThat,
  roleWithout,
  roleWithoutPolicy,
  roleWithoutTrust,
  ruleDisabled,
  ruleGone,
  ruleWithoutReads,
  secretGone,
  tableGone,
  targetRemoved,
} from './breaks.ts'
import { stageSuite } from './stage-suite.ts'

const test = stageSuite('a drill on the stage')

const nobody = {}
const everybody = { telegram: 1, 'nhn-sms': 1 }
const drillPolicy = ['root-guard-drill', 'drill'] as const
/** Nothing here counts mails. */
const unwatched = ['--mail-wait', '0']

test('reaches every route and mails once, by the way of a real alert', async ({
  repository,
  url,
  providers,
  mails,
}) => {
  const { exitCode, stdout, stderr } = await repository.run('drill', '--send', ...unwatched, '--url', url)
  assert.is(exitCode, 0, stdout + stderr)
  assert.match(stdout, 'every route accepted the drill: 2 messages, 1 delivered, says the carrier')
  assert.equal([told(providers), await mails()], [everybody, 1])
})

test('of a mail that nothing has counted says that it is unknown, though it went out', async (deployed) => {
  // MiniStack answers GetMetricData, and counts nothing of rules and topics.
  const { repository, url, mails } = deployed
  const { exitCode, stdout, stderr } = await repository.run('drill', '--send', '--mail-wait', '1', '--url', url)
  assert.is(exitCode, 0, stdout + stderr)
  assert.match(stdout, 'the mail: unknown, as CloudWatch has no figures of the topic root-guard-alerts after 1 s')
  assert.is(await mails(), 1)
})

test('the role without leave to ask CloudWatch hears what is missing: exit 1', async (deployed) => {
  await roleWithout('cloudwatch:GetMetricData', ...drillPolicy)(deployed)
  const { exitCode, stdout, stderr } = await deployed.repository.run('drill', '--send', '--url', deployed.url)
  assert.is(exitCode, 1, stdout + stderr)
  assert.match(stdout, /^the mail: unknown, as CloudWatch could not be asked: .* perform: cloudwatch:GetMetricData/m)
})

for (const way of [[], ['--api'], ['--through-cloudtrail']]) {
  test(`${['drill', ...way].join(' ')} finds every channel ready, and nothing is sent`, async (deployed) => {
    const { repository, url, providers, mails } = deployed
    const { exitCode, stdout, stderr } = await repository.run('drill', ...way, '--url', url)
    assert.is(exitCode, 0, stdout + stderr)
    assert.match(stdout, 'every channel is ready, and nothing was sent: 3 recipients')
    assert.equal([told(providers), await mails()], [nobody, 0])
  })
}

test('--api hands it to the API and puts no event', async ({ bus, repository, url, providers, mails }) => {
  const { exitCode, stdout, stderr } = await repository.run('drill', '--send', '--api', '--url', url)
  assert.is(exitCode, 0, stdout + stderr)
  await bus.quiet()
  assert.equal([told(providers), await mails()], [everybody, 0])
})

interface Leg {
  readonly what: string
  readonly broken: Break
  /** Beside `--url`. */
  readonly args: readonly string[]
  readonly says: string | RegExp
  /** Who is reached all the same; nobody when it is left out. */
  readonly reached?: Readonly<Record<string, number>>
}

/** For what the rest of the wait cannot change. */
const soon = ['--wait', '1']
/** For what must have come by its end, on a machine however busy. */
const late = ['--wait', '8']
const buried = /^1 event came to lie in root-guard-dead-letters in us-east-1: what the rule called refused it, or/m

const LEGS: readonly Leg[] = [
  {
    what: 'the bus refuses who puts',
    broken: roleWithout('events:PutEvents', ...drillPolicy),
    args: ['--send'],
    says: 'root-guard-drill/run-1 is not authorized to perform: events:PutEvents',
  },
  {
    what: 'the bus loses the event',
    broken: loses('events'),
    args: ['--send', ...soon],
    says: 'the rules and their targets are as they should be: npm run drill -- --api',
  },
  {
    what: 'the rule is disabled',
    broken: ruleDisabled('root-guard-drill'),
    args: ['--send', ...soon],
    says: 'the rule root-guard-drill in us-east-1 is disabled: npm run drift',
  },
  {
    what: 'the rule is gone',
    broken: ruleGone('root-guard-drill', ['phones']),
    args: ['--send', ...soon],
    says: 'there is no rule root-guard-drill in us-east-1: npm run deploy',
  },
  {
    what: 'the target is removed',
    broken: targetRemoved('root-guard-drill', 'phones'),
    args: ['--send', ...soon],
    says: 'the rule root-guard-drill in us-east-1 has no target phones any more',
  },
  ...['root-guard-root-activity', 'root-guard-guard-touched', 'root-guard-guard-reached'].map((rule) => ({
    what: `real alerts' rule ${rule} is disabled`,
    broken: ruleDisabled(rule),
    args: [],
    says: `the rule ${rule} in us-east-1 is disabled: npm run drift`,
  })),
  {
    what: "real alerts' rule matches no reads",
    broken: ruleWithoutReads('root-guard-root-activity'),
    args: [],
    says: /^the rule root-guard-root-activity in us-east-1 is ENABLED, and matches no reads: it should be ENABLED_WITH_/m,
  },
  {
    what: "the mail's target is removed",
    broken: targetRemoved('root-guard-root-activity', 'email'),
    args: ['--send'],
    says: 'the rule root-guard-root-activity in us-east-1 has no target email any more',
    reached: everybody,
  },
  {
    what: "the mail's target is removed, and NHN Cloud refuses",
    broken: async (deployed) => {
      await targetRemoved('root-guard-root-activity', 'email')(deployed)
      await providerThat('refuses', 'nhn-sms')(deployed)
    },
    args: ['--send'],
    says: /^sms: nhn-sms refused it .*, and solapi-sms stood in: mend it all the same\nthe rule root-guard-root-activity .* has no target email/m,
    reached: { telegram: 1, 'solapi-sms': 1 },
  },
  {
    what: "the rule of a drill's mail is disabled",
    broken: ruleDisabled('root-guard-drill-mail'),
    args: ['--send'],
    says: 'the rule root-guard-drill-mail in us-east-1 is disabled',
    reached: everybody,
  },
  {
    what: 'the rules cannot be looked at',
    broken: roleWithout('events:DescribeRule', ...drillPolicy),
    args: ['--send'],
    says: /^the rule root-guard-drill in us-east-1 could not be looked at: .* not authorized to perform: events:DescribeRule/m,
    reached: everybody,
  },
  {
    what: "the API refuses the rule's role",
    broken: roleWithoutPolicy('root-guard-rule-to-api', 'post-alerts'),
    args: ['--send', ...late],
    says: buried,
  },
  {
    what: "the rule's role does not let EventBridge in",
    broken: roleWithoutTrust('root-guard-rule-to-api'),
    args: ['--send', ...late],
    says: buried,
  },
  {
    what: 'the API refuses who asks',
    broken: roleWithout('execute-api:Invoke', ...drillPolicy),
    args: ['--send'],
    says: 'the API refused the caller: GET /alerts/{id} was answered 403: User: arn:aws:sts::111122223333:assumed-role/root-guard-drill/run-1 is not authorized',
    reached: everybody,
  },
  {
    what: 'the API refuses who posts',
    broken: roleWithout('execute-api:Invoke', ...drillPolicy),
    args: ['--send', '--api'],
    says: 'the API refused the caller: POST /alerts/{id} was answered 403',
  },
  {
    what: 'the function throws',
    broken: functionThrows,
    args: ['--send', ...soon],
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
    args: ['--send', ...soon],
    says: 'the API could not call the function: GET /alerts/{id} was answered 500',
  },
  {
    what: 'the function may not read its records',
    broken: roleWithout('dynamodb:Query', 'root-guard-notify', 'notifier'),
    args: ['--send', ...soon],
    says: 'the drill is under way, and what became of it cannot be seen: the function cannot read its records: GET /alerts/{id} was answered 503',
    reached: everybody,
  },
  {
    what: 'the records are gone',
    broken: tableGone,
    args: ['--send', ...soon],
    says: 'the drill is under way, and what became of it cannot be seen: the function cannot read its records: GET /alerts/{id} was answered 503',
    reached: everybody,
  },
  {
    what: 'Telegram is down',
    broken: providerThat('broken', 'telegram'),
    args: ['--send', ...late],
    says: /^telegram: telegram did not take it yet for -10\*{4}0001 \(500/m,
    reached: { 'nhn-sms': 1 },
  },
  {
    what: 'Telegram refuses',
    broken: providerThat('refuses', 'telegram'),
    args: ['--send', ...late],
    says: /^telegram: telegram refused it for -10\*{4}0001 \(\d+, .+\)$/m,
    reached: { 'nhn-sms': 1 },
  },
  {
    what: "a channel's secret is gone",
    broken: secretGone('telegram'),
    args: ['--send', ...late],
    says: 'telegram: telegram could not begin (secret-missing',
    reached: { 'nhn-sms': 1 },
  },
  {
    what: 'CloudTrail hands no record on',
    broken: loses('records'),
    args: ['--through-cloudtrail', ...soon],
    says: 'the rules are as they should be: CloudTrail handed no record on',
  },
]

for (const { what, broken, args, says, reached = nobody } of LEGS) {
  test(`${['drill', ...args].join(' ')} says that ${what}: exit 1`, async (deployed) => {
    const { bus, repository, url, providers } = deployed
    await broken(deployed)
    const mail = args.includes('--send') && !args.includes('--api') ? unwatched : []
    const { exitCode, stdout, stderr } = await repository.run('drill', ...args, ...mail, '--url', url)
    assert.is(exitCode, 1, stdout + stderr)
    assert.match(stdout + stderr, says)
    assert.not.match(stdout, /every (route accepted|channel is ready)/)
    await bus.quiet()
    assert.equal(told(providers), reached)
  })
}

test('does not blame dead letters that lay there before', async (deployed) => {
  await loses('events')(deployed)
  await letterBuried(deployed)
  const { stdout } = await deployed.repository.run('drill', '--url', deployed.url, ...soon)
  assert.match(stdout, 'the rules and their targets are as they should be')
  assert.not.match(stdout, 'dead-letters')
})

test('says that the dead letters could not be looked at', async (deployed) => {
  await loses('events')(deployed)
  await roleWithout('sqs:GetQueueUrl', ...drillPolicy)(deployed)
  const { exitCode, stdout } = await deployed.repository.run('drill', '--url', deployed.url, ...soon)
  assert.is(exitCode, 1)
  assert.match(
    stdout,
    /^the dead letters in us-east-1 could not be looked at: .* not authorized to perform: sqs:GetQueueUrl/m,
  )
})

test('tells an administrator that the API refuses whom it does not name', async ({ bus, repository, url }) => {
  const administrator = repository.as(await bus.sessionOf('administrator'))
  const { exitCode, stdout, stderr } = await administrator.run('drill', '--send', '--url', url)
  assert.is(exitCode, 1, stdout + stderr)
  assert.match(
    stdout,
    /the API refused the caller: GET .* was answered 403: .* explicit deny in a resource-based policy/,
  )
})

test('through CloudTrail is for its own role, whose calls the rule knows: exit 2', async ({ bus, repository, url }) => {
  const administrator = repository.as(await bus.sessionOf('administrator'))
  const { exitCode, stderr } = await administrator.run('drill', '--through-cloudtrail', '--url', url)
  assert.is(exitCode, 2)
  assert.match(stderr, 'works as the role root-guard-drill')
})

test.run()
