// A drill's check: all that an alert needs is tried, and nothing is sent.
import * as assert from 'uvu/assert'
import type { Notifier } from '../../../handlers/notifier/notifier.ts'
import { sampleSecrets } from '../../../scripts/rehearsal/stage.ts'
import { type Guard, guardSuite, idOf, lines, posted, type Request, signIn, told } from './guard.ts'

const test = guardSuite('a check')

interface Row {
  readonly route: string
  readonly channel: string
  readonly outcome: string
  readonly code: string
  readonly reason: string
}

const drill = (wish: object, detail: object = {}) => {
  const event = JSON.parse(signIn().body)
  return posted({ ...event, source: 'root-guard.drill', detail: { ...event.detail, drill: wish, ...detail } })
}

async function rows(notify: Notifier, request: Request): Promise<readonly Row[]> {
  const { statusCode, body } = await notify(request)
  assert.is(statusCode, 202)
  return JSON.parse(body).deliveries
}

const outcomes = (all: readonly Row[]) =>
  Object.fromEntries(all.map((one) => [one.channel, `${one.outcome} ${one.code}`]))

test('finds every channel of every route ready, those that alerts fall over to as well, and sends nothing', async ({
  providers,
  start,
}) => {
  const found = await rows(start(), drill({ mode: 'check' }))
  assert.equal(outcomes(found), { telegram: 'ready 200', 'nhn-sms': 'ready sender', 'solapi-sms': 'ready sender' })
  assert.equal(told(providers), {})
})

test('finds a chat that the bot may look at and not write to', async ({ providers, start }) => {
  providers.telegram.mood = 'refuses'
  const { token, chatId } = sampleSecrets.telegram
  assert.is((await fetch(`${providers.telegram.url}/bot${token}/getChat?chat_id=${chatId}`)).status, 200)
  assert.is(outcomes(await rows(start(), drill({ mode: 'check' }))).telegram, 'permanent 403')
})

test('asks SOLAPI for its sender, as well as for its balance', async ({ aws, start }) => {
  aws.secrets['solapi-sms'] = JSON.stringify({ ...sampleSecrets['solapi-sms'], sender: '02-999-9999' })
  const found = await rows(start(), drill({ mode: 'check' }))
  assert.is(outcomes(found)['solapi-sms'], 'permanent sender')
})

test('asks Discord for the webhook', async ({ aws, start }) => {
  const wanted = { mode: 'check', channels: ['discord'] }
  const notify = start({ routes: { chat: ['discord'] } })
  assert.equal(outcomes(await rows(notify, drill(wanted))), { discord: 'ready webhook' })
  aws.secrets.discord = JSON.stringify({ webhookUrl: 'https://discord.com/api/webhooks/1/other' })
  const [gone] = await rows(start({ routes: { chat: ['discord'] } }), drill(wanted))
  assert.equal([gone?.outcome, gone?.reason], ['permanent', 'Unknown Webhook'])
})

test('counts as a drill that passed, and leaves records that say ready', async ({ log, start }) => {
  const notify = start()
  const request = drill({ mode: 'check' })
  await notify(request)
  assert.is(lines(log).filter(({ Drills }) => Drills === 1).length, 1)
  const pathParameters = { id: `root-guard.drill~${idOf(request)}` }
  const { body } = await notify({ httpMethod: 'GET', pathParameters, body: null, isBase64Encoded: false })
  const { handling, deliveries, unreached, failedOver } = JSON.parse(body)
  assert.equal([handling, unreached, failedOver], [false, [], []])
  assert.equal([...new Set(deliveries.map(({ outcome }: Row) => outcome))], ['ready'])
})

test('does not settle a send, though it had the same id', async ({ providers, start }) => {
  const notify = start()
  const eventID = idOf(signIn())
  await notify(drill({ mode: 'check' }, { eventID }))
  await notify(drill({ mode: 'send' }, { eventID }))
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

const UNREADY: readonly [string, (guard: Guard) => void, string, RegExp][] = [
  ['a secret that is not there', ({ aws }) => delete aws.secrets.telegram, 'permanent secret-missing', /no parameter/],
  [
    'a secret that is no JSON',
    ({ aws }) => {
      aws.secrets.telegram = '{'
    },
    'permanent secret-malformed',
    /not JSON/,
  ],
  [
    'a provider that refuses',
    ({ providers }) => {
      providers.telegram.mood = 'refuses'
    },
    'permanent 403',
    /./,
  ],
  [
    'a provider that is down',
    ({ providers }) => {
      providers.telegram.mood = 'broken'
    },
    'retryable 500',
    /./,
  ],
]

for (const [what, spoil, expected, reason] of UNREADY) {
  test(`says of ${what} why it is not ready, and is no drill that passed`, async (guard) => {
    spoil(guard)
    const found = await rows(guard.start(), drill({ mode: 'check' }))
    assert.is(outcomes(found).telegram, expected)
    assert.match(found.find(({ channel }) => channel === 'telegram')?.reason ?? '', reason)
    assert.is(lines(guard.log).filter(({ Drills }) => Drills === 1).length, 0)
  })
}

test('of some channels leaves the others alone, and proves too little to count as a drill', async ({ log, start }) => {
  const found = await rows(start(), drill({ mode: 'check', channels: ['solapi-sms'] }))
  assert.equal(outcomes(found), { 'solapi-sms': 'ready sender' })
  assert.is(lines(log).filter(({ Drills }) => Drills === 1).length, 0)
})

test('of channels that no route has is refused, and so is a send', async ({ log, providers, start }) => {
  const notify = start()
  for (const mode of ['check', 'send']) assert.is((await notify(drill({ mode, channels: ['pager'] }))).statusCode, 202)
  assert.equal(told(providers), {})
  assert.is(lines(log).filter(({ DrillsRefused }) => DrillsRefused === 1).length, 2)
})

test('is asked for by drills alone: a real sign-in that says so is told', async ({ providers, start }) => {
  const event = JSON.parse(signIn().body)
  await start()(posted({ ...event, detail: { ...event.detail, drill: { mode: 'check', channels: ['slack'] } } }))
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('a wish that cannot be read is a send to all', async ({ providers, start }) => {
  await start()(drill({ mode: 'maybe', channels: 'telegram' }))
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test("checks do not use up the day's drills that send", async ({ providers, start }) => {
  const notify = start()
  for (let n = 0; n < 31; n++) await notify(drill({ mode: 'check' }))
  await notify(drill({ mode: 'send' }))
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

/** The drill role's own call, as CloudTrail's record of it comes. */
const trailRecord = (change: object = {}, source = 'aws.cloudtrail') =>
  posted({
    ...JSON.parse(signIn().body),
    source,
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      eventID: '00000000-0000-4000-8000-00000000cafe',
      requestID: '00000000-0000-4000-8000-00000000beef',
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'DescribeTrails',
      readOnly: true,
      eventType: 'AwsApiCall',
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/root-guard-drill/run-1',
        accountId: '111122223333',
      },
      ...change,
    },
  })

test("knows the drill role's own record of CloudTrail's as a check, by the id of its request", async ({
  providers,
  start,
}) => {
  const { body } = await start()(trailRecord())
  assert.is(JSON.parse(body).alert, 'root-guard.drill~00000000-0000-4000-8000-00000000beef')
  assert.equal(told(providers), {})
})

const OTHERS: readonly [string, object, string?][] = [
  ['another call of it', { eventName: 'StopLogging' }],
  ["another role's call", { userIdentity: { arn: 'arn:aws:sts::111122223333:assumed-role/other-drill/run-1' } }],
  ["root's call", { userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root' } }],
  ['a record that AWS did not send', {}, 'someone'],
]
for (const [what, change, source] of OTHERS) {
  test(`does not take ${what} for a drill`, async ({ providers, start }) => {
    const { body } = await start()(trailRecord(change, source))
    assert.not.match(JSON.parse(body).alert, /^root-guard\.drill~/)
    assert.is(told(providers).telegram, 1)
  })
}

test.run()
