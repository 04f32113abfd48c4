// What is seen from outside: a line of JSON a delivery and a verdict, and metrics that CloudWatch reads out of them.
import * as assert from 'uvu/assert'
import type { Mood } from '../../../scripts/rehearsal/providers/provider.ts'
import { sampleSecrets } from '../../../scripts/rehearsal/stage.ts'
import { guardSuite, happens, idOf, lines, settings, signIn } from './guard.ts'

const test = guardSuite('a log line')

/** How each outcome comes about at a provider. */
const moods = {
  accepted: 'ok',
  retryable: 'busy',
  permanent: 'refuses',
  ambiguous: 'resets',
} as const satisfies Record<string, Mood>

/** What alarms count it as, over all channels: one metric for what is refused, one for what nobody is sure of. */
const failures = { accepted: undefined, retryable: 'unsure', permanent: 'refused', ambiguous: 'unsure' }

for (const [outcome, mood] of Object.entries(moods)) {
  test(`of a delivery that is ${outcome} says what became of it, and is a metric`, async ({
    providers,
    log,
    start,
  }) => {
    providers['solapi-sms'].mood = mood
    const event = signIn()
    await start({ routes: { sms: ['solapi-sms'] } })(event)
    const [line, ...others] = lines(log).filter(({ channel }) => channel === 'solapi-sms')
    assert.equal(others, [])
    assert.ok(line)
    const { level, alert, route, recipient, code, tries, attempts, earlier, reason } = line
    assert.equal([level, alert, route], [outcome === 'accepted' ? 'info' : 'error', idOf(event), 'sms'])
    assert.equal([line.outcome, attempts, earlier], [outcome, 1, false])
    assert.is(recipient, '010****0000')
    assert.match(String(code), /./)
    assert.is(reason === '', outcome === 'accepted')
    assert.ok(Number(tries) >= 1 && Number(line.ms) >= 0)

    assert.equal([line.Guard, line.Channel, line.Outcome, line.Deliveries], [settings.name, 'solapi-sms', outcome, 1])
    const [directive] = metricsOf(line)
    assert.is(line.Failure, failures[outcome as keyof typeof moods])
    assert.equal(directive?.Dimensions, [
      ['Guard', 'Channel', 'Outcome'],
      ...(line.Failure === undefined ? [] : [['Guard', 'Failure']]),
    ])
    assert.equal(directive?.Metrics, [{ Name: 'Deliveries', Unit: 'Count' }])
  })
}

test('of a check is no metric, since nothing was handed over', async ({ log, start }) => {
  await start()(happens('drill-check'))
  const ready = lines(log).filter(({ outcome }) => outcome === 'ready')
  assert.ok(ready.length > 0)
  for (const line of ready) assert.is(line._aws, undefined)
})

test('is written for each recipient of each route that is tried, and for no other', async ({ aws, log, start }) => {
  aws.secrets['nhn-sms'] = { ...sampleSecrets['nhn-sms'], recipients: ['010-0000-0000', '010-0000-0001'] }
  await start()(signIn())
  const told = lines(log).flatMap(({ channel, recipient }) => (channel ? [`${channel} ${recipient}`] : []))
  assert.equal(told.sort(), ['nhn-sms 010****0000', 'nhn-sms 010****0001', 'telegram -10****0001'])
})

test('is not written again for what an earlier try settled', async ({ providers, log, start }) => {
  const event = signIn()
  providers.telegram.mood = 'broken'
  await start()(event)
  log.length = 0
  providers.telegram.mood = 'ok'
  await start()(event)
  const told = lines(log).flatMap(({ channel, outcome }) => (channel ? [`${channel} ${outcome}`] : []))
  assert.equal(told, ['telegram accepted'])
})

/** Each with what makes it, and the metric that it is counted under. */
const counted = {
  RecordsUnavailable: { level: 'error', broken: 'dynamodb', metric: 'PartUnusable' },
  SecretsUnreadable: { level: 'error', broken: 'ssm', metric: 'PartUnusable' },
  Drills: { level: 'info', record: 'drill', metric: 'Drills' },
  SmsCapReached: { level: 'error', dailyCap: 0, metric: 'LimitReached' },
} as const satisfies Record<string, Happening>

for (const [what, { level, metric, ...happening }] of Object.entries<Happening>(counted)) {
  test(`counts ${what} by the guard's name, as ${metric}`, async ({ aws, log, start }) => {
    const { broken, record = 'root-console-login-without-mfa', dailyCap = 100 } = happening
    if (broken !== undefined) aws.faults[broken] = 'broken'
    await start({ sms: { long: false, dailyCap } })(happens(record))
    const [line] = lines(log).filter((one) => what in one)
    assert.ok(line, log.join('\n'))
    assert.equal([line.level, line.Guard, line[what], line[metric]], [level, settings.name, 1, 1])
    const [directive] = metricsOf(line)
    assert.equal(directive?.Dimensions, [['Guard']])
    assert.equal(directive?.Metrics, [{ Name: metric, Unit: 'Count' }])
  })
}

test('does not count an SMS past the cap as a failure of its channel, which a stranger could keep on', async ({
  log,
  start,
}) => {
  await start({ sms: { long: false, dailyCap: 0 } })(signIn())
  const past = lines(log).filter(({ code }) => code === 'sms-cap')
  assert.ok(past.length > 0)
  assert.equal(
    past.flatMap((line) => metricsOf(line)).flatMap(({ Dimensions }) => Dimensions.flat()),
    past.flatMap(() => ['Guard', 'Channel', 'Outcome']),
  )
})

for (const [record, region] of [
  ['drill-in-seoul', 'ap-northeast-2'],
  ['drill', undefined],
] as const) {
  test(`counts ${record} by its Region ${region ? 'as well, for which an alarm waits' : 'no: no alarm waits for it'}`, async ({
    log,
    start,
  }) => {
    await start()(happens(record))
    const [line] = lines(log).filter((one) => 'Drills' in one)
    assert.ok(line, log.join('\n'))
    assert.is(line.Region, region)
    const dimensions = metricsOf(line).map(({ Dimensions }) => Dimensions)
    assert.equal(dimensions, [[['Guard'], ...(region ? [['Guard', 'Region']] : [])]])
  })
}

test('takes the Region of a drill from EventBridge, not from whoever put it', async ({ log, start }) => {
  const seoul = happens('drill-in-seoul')
  const forged = { ...JSON.parse(seoul.body), region: 'us-east-1' }
  await start()({ ...seoul, body: JSON.stringify(forged) })
  assert.equal(
    lines(log).flatMap((one) => ('Drills' in one ? [one.Region] : [])),
    [undefined],
  )
})

test('of an event that is none says why', async ({ log, start }) => {
  await start()({ body: 'no JSON', isBase64Encoded: false })
  assert.equal(lines(log), [{ level: 'error', refused: 'the body is not JSON' }])
})

test('of whatever breaks is one CloudWatch can read, without secrets or whole numbers', async ({
  aws,
  providers,
  log,
  start,
}) => {
  const every = Object.keys(sampleSecrets) as (keyof typeof sampleSecrets)[]
  const routes = Object.fromEntries(every.map((name) => [name, [name]]))
  for (const mood of ['ok', 'busy', 'broken', 'refuses', 'accepts-but-fails', 'garbage', 'truncated'] as const) {
    for (const name of every) providers[name].mood = mood
    await aws.reset()
    await start({ routes })(signIn())
  }
  const seen = lines(log)
  assert.ok(seen.length > 7 * every.length)
  for (const line of seen) {
    assert.ok(line.level === 'info' || line.level === 'error')
    if (line._aws !== undefined) metricsOf(line)
  }
  const secrets = Object.values(sampleSecrets).flatMap((secret) => Object.values(secret).flat())
  const hidden = secrets.filter((text) => text !== settings.name)
  for (const text of hidden) assert.ok(!log.join('\n').includes(text), text)
  // Not as a part of longer digits, which a provider's message id is.
  assert.not.match(log.join('\n'), /(?<!\d)(\+?82|0)1000000000(?!\d)/)
})

interface Happening {
  readonly metric: string
  readonly level: 'info' | 'error'
  readonly broken?: 'dynamodb' | 'ssm'
  readonly record?: string
  readonly dailyCap?: number
}

interface Directive {
  readonly Namespace: string
  readonly Dimensions: readonly (readonly string[])[]
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[]
}

/** What CloudWatch would make of the line; throws where the embedded metric format would not have it. */
function metricsOf(line: Readonly<Record<string, unknown>>): readonly Directive[] {
  const { Timestamp, CloudWatchMetrics } = line._aws as { Timestamp: number; CloudWatchMetrics: readonly Directive[] }
  assert.ok(Math.abs(Date.now() - Timestamp) < 60_000)
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    assert.is(Namespace, 'RootGuard')
    for (const name of Dimensions.flat()) assert.ok(typeof line[name] === 'string' && line[name] !== '', name)
    for (const { Name } of Metrics) assert.type(line[Name], 'number')
  }
  return CloudWatchMetrics
}

test.run()
