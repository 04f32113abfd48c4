// A signed-in root makes hundreds of records: what is told at once, what is counted, and that the counts add up.
import * as assert from 'uvu/assert'
import { ownKey } from '../../../handlers/notifier/claims.ts'
import { type Guard, guardSuite, happens, idOf, lines, posted, signIn, told } from './guard.ts'

const test = guardSuite('a window')
const minute = 60_000
const sweep = { sweep: true } as const
const refused = { errorCode: 'AccessDenied', errorMessage: 'not authorized', responseElements: null }

test('of 1,000 different calls after one sign-in is three messages, and its digest counts 1,000', async ({
  providers,
  clock,
  patience,
  start,
}) => {
  patience.askMs = 20_000
  // As many execution environments as Lambda might start.
  const environments = Array.from({ length: 8 }, () => start())
  await environments[0]?.(signIn())
  const calls = Array.from({ length: 1_000 }, (_, n) =>
    happens('root-list-buckets-in-seoul', { eventName: `Describe${['Regions', 'Vpcs', 'Images', 'Hosts'][n % 4]}` }),
  )
  await inTurns(environments, calls, async (notify, call) => {
    assert.is((await notify(call)).statusCode, 202)
  })
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })

  clock.ahead = 11 * minute
  const { told: digests } = await start()(sweep)
  assert.is(digests.length, 2, 'one window of the sign-in, with nothing to tell, and one of the calls')
  assert.equal(told(providers), { telegram: 3, 'nhn-sms': 3 })
  const text = providers.telegram.received.at(-1)?.text ?? ''
  assert.match(text, /1,?000/)
  assert.is(countsIn(text), 1_000)
})

test('of a critical kind is a minute: the first at once, the others in one digest', async ({
  providers,
  clock,
  start,
}) => {
  const notify = start()
  for (let n = 0; n < 4; n++) assert.is((await notify(signIn())).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
  clock.ahead = 1.5 * minute
  await notify(sweep)
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
  assert.is((await notify(signIn())).statusCode, 202)
  assert.equal(told(providers), { telegram: 3, 'nhn-sms': 3 })
})

test('of one critical kind does not keep another kind from being told at once', async ({ providers, start }) => {
  const notify = start()
  await notify(signIn())
  await notify(happens('root-create-access-key'))
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test('of failed attempts does not hide the one that succeeds', async ({ providers, start }) => {
  const notify = start()
  await notify(happens('root-create-access-key', { errorCode: 'AccessDenied' }))
  await notify(happens('root-create-access-key'))
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test('that holds nothing but its opener is closed without a word', async ({ providers, clock, start }) => {
  const notify = start()
  await notify(signIn())
  clock.ahead = 2 * minute
  assert.is((await notify(sweep)).told.length, 1)
  assert.is((await notify(sweep)).told.length, 0)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test('is not closed before counts that are on their way have landed', async ({ clock, start }) => {
  const notify = start()
  for (let n = 0; n < 2; n++) await notify(signIn())
  clock.ahead = minute + 5_000
  assert.equal(await notify(sweep), { told: [], owed: [] })
})

test('whose digest nobody took is owed, and told by a later sweep, once', async ({ providers, clock, start }) => {
  const notify = start()
  for (let n = 0; n < 3; n++) await notify(signIn())
  for (const provider of Object.values(providers)) provider.mood = 'broken'
  clock.ahead = 2 * minute
  assert.is((await notify(sweep)).owed.length, 1)
  for (const provider of Object.values(providers)) provider.mood = 'ok'
  assert.is((await notify(sweep)).told.length, 1)
  assert.is((await notify(sweep)).told.length, 0)
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test('whose digest nobody took for a day is given up, and a metric says so', async ({
  providers,
  log,
  clock,
  start,
}) => {
  const notify = start()
  for (let n = 0; n < 2; n++) await notify(signIn())
  for (const provider of Object.values(providers)) provider.mood = 'broken'
  clock.ahead = 26 * 60 * minute
  await notify(sweep)
  assert.is((await notify(sweep)).owed.length, 0)
  assert.ok(lines(log).some(({ DigestsLost, total }) => DigestsLost === 1 && total === 2))
})

test('that is owed with others of its name after an outage is told one a sweep, oldest first', async ({
  providers,
  clock,
  start,
}) => {
  const notify = start()
  for (const provider of Object.values(providers)) provider.mood = 'refuses'
  for (let hour = 0; hour < 3; hour++) {
    clock.ahead = hour * 60 * minute
    for (let n = 0; n < 2; n++) await notify(signIn())
  }
  clock.ahead = 4 * 60 * minute
  for (const provider of Object.values(providers)) provider.mood = 'ok'
  const sweeps = []
  for (let n = 0; n < 4; n++) sweeps.push((await notify(sweep)).told.length)
  assert.equal(sweeps, [1, 1, 1, 0])
})

test('swept twice at the same time is one digest', async ({ providers, clock, start }) => {
  for (let n = 0; n < 2; n++) await start()(signIn())
  clock.ahead = 2 * minute
  await Promise.all(Array.from({ length: 10 }, () => start()(sweep)))
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test('counts an activity whose function died between the two writes, when it comes again', async ({
  aws,
  providers,
  clock,
  start,
}) => {
  const notify = start()
  await notify(happens('root-list-buckets-in-seoul'))
  const died = happens('root-list-buckets-in-seoul')
  await diedAfterFirstWrite(aws, died)
  assert.is((await notify(died)).statusCode, 202)
  clock.ahead = 11 * minute
  await notify(sweep)
  assert.is(countsIn(providers.telegram.received.at(-1)?.text ?? ''), 2)
})

test('that has closed without an activity that died on its way is no reason to lose it', async ({
  aws,
  providers,
  clock,
  start,
}) => {
  const notify = start()
  await notify(happens('root-list-buckets-in-seoul'))
  const died = happens('root-list-buckets-in-seoul')
  await diedAfterFirstWrite(aws, died)
  clock.ahead = 11 * minute
  await notify(sweep)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
  assert.is((await notify(died)).statusCode, 202)
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 }, 'it opens a window of its own')
})

test('is opened by drills never: neither do they hide what happens, nor are they hidden', async ({
  providers,
  start,
}) => {
  const notify = start()
  for (const event of [drill(), drill(), signIn()]) await notify(event)
  assert.equal(told(providers), { telegram: 3, 'nhn-sms': 3 })
})

test('of what AWS did not send is one for all of it, and does not hide what AWS did', async ({
  providers,
  clock,
  start,
}) => {
  const notify = start()
  const forged = ['root-console-login-without-mfa', 'root-create-access-key', 'root-delete-access-key']
  for (const name of forged) await notify(from('somebody.else', happens(name)))
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
  await notify(signIn())
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })

  clock.ahead = 11 * minute
  await notify(sweep)
  const text = providers.telegram.received.at(-1)?.text ?? ''
  assert.match(text, /AWS 발신 아님 \[root-guard\] 요약/)
  assert.is(countsIn(text), 3)
})

test("of AWS's own is neither opened nor settled by a partner's event of the same record", async ({
  providers,
  start,
}) => {
  const notify = start()
  const real = signIn()
  await notify(from('aws.partner/example.com/sign-ins', real))
  await notify(real)
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
  const [partner, own] = providers.telegram.received.map(({ text }) => text)
  assert.match(partner ?? '', 'AWS 발신 아님')
  assert.match(partner ?? '', 'AWS가 보낸 이벤트가 아닙니다. 출처: aws.partner/example.com/sign-ins')
  assert.not.match(own ?? '', 'AWS 발신 아님')
})

test("is not entered by a source that is AWS's only when it is trimmed", async ({ providers, start }) => {
  const notify = start()
  for (const source of [' aws.signin', '\taws.signin', 'AWS.signin']) await notify(from(source, signIn()))
  await notify(signIn())
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
  assert.match(providers.telegram.received[0]?.text ?? '', 'AWS 발신 아님')
})

test('that a stranger at the sign-in page opened does not keep what root does waiting', async ({
  providers,
  start,
}) => {
  const notify = start()
  await notify(happens('root-console-login-failed'))
  await notify(happens('root-list-buckets-in-seoul'))
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test("of a stranger's failed sign-ins does not hide one whose password was right", async ({ providers, start }) => {
  const notify = start()
  for (let n = 0; n < 3; n++) await notify(happens('root-console-login-failed'))
  await notify(happens('root-console-login-failed-mfa'))
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
  assert.match(providers.telegram.received.at(-1)?.text ?? '', '비밀번호는 맞았습니다')
})

test("of the guard being touched is each call's own: a tag does not hide a deletion", async ({ providers, start }) => {
  const notify = start()
  await notify(happens('guard-disable-rule', { eventName: 'TagResource' }))
  await notify(happens('guard-disable-rule', { eventName: 'DeleteRule' }))
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test("of others' failed calls is one for all of them, and does not hide the call that succeeds", async ({
  providers,
  clock,
  start,
}) => {
  const notify = start()
  for (const eventName of ['PutFunctionConcurrency20171031', 'DeleteRule', 'PutTargets', 'DeleteTopic']) {
    await notify(happens('guard-function-concurrency', { ...refused, eventName }))
  }
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
  assert.match(providers.telegram.received.at(-1)?.text ?? '', '실패')
  await notify(happens('guard-function-concurrency'))
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
  clock.ahead = 11 * minute
  await notify(sweep)
  const digest = providers.telegram.received.at(-1)?.text ?? ''
  assert.match(digest, '타인의 실패한 호출 4건, 실패 4')
})

test("of root's own failed calls is another one than of others'", async ({ providers, start }) => {
  const notify = start()
  await notify(happens('guard-function-concurrency', refused))
  await notify(happens('root-create-access-key', refused))
  assert.equal(told(providers), { telegram: 2, 'nhn-sms': 2 })
})

test('tells of each repeat of a critical kind what it was and where it came from', async ({
  providers,
  clock,
  start,
}) => {
  const notify = start()
  const made = (accessKeyId: string, sourceIPAddress: string) => ({
    responseElements: { accessKey: { accessKeyId, status: 'Active' } },
    sourceIPAddress,
  })
  await notify(happens('root-create-access-key', made('AKIAIOSFODNN7EXAMPL1', '203.0.113.1')))
  await notify(happens('root-create-access-key', made('AKIAIOSFODNN7EXAMPL2', '203.0.113.2')))
  clock.ahead = 2 * minute
  await notify(sweep)
  const text = providers.telegram.received.at(-1)?.text ?? ''
  for (const part of ['AKIAIOSFODNN7EXAMPL1 203.0.113.1 1건', 'AKIAIOSFODNN7EXAMPL2 203.0.113.2 1건'])
    assert.match(text, part)
})

test('does not swallow an alert that nobody got while the window before it was open', async ({
  providers,
  clock,
  start,
}) => {
  const notify = start()
  for (const provider of Object.values(providers)) provider.mood = 'refuses'
  const first = signIn()
  assert.is((await notify(first)).statusCode, 503)
  clock.ahead = 70_000
  assert.is((await notify(signIn())).statusCode, 503)
  for (const provider of Object.values(providers)) provider.mood = 'ok'
  assert.is((await notify(first)).statusCode, 202)
  assert.equal(told(providers), { telegram: 1, 'nhn-sms': 1 })
})

test.run()

function drill() {
  return from('root-guard.drill', signIn())
}

function from(source: string, { body }: ReturnType<typeof signIn>) {
  return posted({ ...JSON.parse(body), source })
}

/** What the table holds when a function was ended after it wrote where the activity counts, and before it counted it. */
async function diedAfterFirstWrite(aws: Guard['aws'], event: ReturnType<typeof signIn>): Promise<void> {
  const pointer = (await aws.items()).find(
    ({ alert, delivery }) => alert?.S === '#windows' && delivery?.S === 'notable',
  )
  const counted = { S: pointer?.latest?.S ?? '' }
  assert.not.equal(counted.S, '')
  await aws.put({ alert: { S: idOf(event) }, delivery: { S: ownKey }, counted })
}

/** Each environment takes the next event as soon as it is free. */
async function inTurns<One, Other>(
  workers: readonly One[],
  jobs: readonly Other[],
  work: (one: One, other: Other) => Promise<void>,
) {
  const left = [...jobs]
  await Promise.all(
    workers.map(async (worker) => {
      for (let job = left.pop(); job !== undefined; job = left.pop()) await work(worker, job)
    }),
  )
}

/** The counts of a digest's calls, added up; 0 when the text is no digest. */
function countsIn(text: string): number {
  return [...text.matchAll(/^- .* (\d+)건/gm)].reduce((sum, [, count]) => sum + Number(count), 0)
}
