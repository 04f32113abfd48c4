// A small part of the fault matrix, through the code that runs all of it.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startable } from '../../scripts/faults/function.ts'
import { type Ran, startLane } from '../../scripts/faults/lane.ts'
import { type Chosen, cells, partners } from '../../scripts/faults/matrix.ts'
import { faultsPage, saysTheSame } from '../../scripts/faults/page.ts'
import { problemsOf, verdictOf } from '../../scripts/faults/verdict.ts'

const matrix = suite('the fault matrix')

const start = await startable(Object.keys(partners))

async function run(chosen: Chosen): Promise<readonly Ran[]> {
  const lane = await startLane(start)
  const ran: Ran[] = []
  for (const cell of cells(chosen)) ran.push(await lane.run(cell))
  await lane.close()
  return ran
}

const up = { dynamodb: ['up'], ssm: ['up'] } as const satisfies Chosen

matrix('has a cell for every fault, channel, shape and state of AWS', () => {
  assert.is(cells(up).length, 2 * 15 * 7)
  assert.is(cells({ shape: ['beside'], fault: ['refuses'], channel: ['telegram'] }).length, 4 * 7)
})

matrix('finds that each channel carries an alert when nothing is wrong, and its partner when it refuses', async () => {
  const ran = await run({ ...up, shape: ['before'], fault: ['ok', 'refuses'] })
  assert.equal(ran.flatMap(problemsOf), [])
  for (const { cell, told } of ran) {
    assert.equal(told, [cell.fault === 'ok' ? cell.channel : partners[cell.channel]], cell.channel)
  }
})

matrix('finds that the other route is told at once, and the broken one by the retry', async () => {
  const ran = await run({ ...up, shape: ['beside'], fault: ['resets'], channel: ['telegram', 'solapi-alimtalk'] })
  assert.equal(ran.flatMap(problemsOf), [])
  const verdict = { told: 'partner', answer: '503', later: 'it', copies: '–' }
  assert.equal(ran.map(verdictOf), [verdict, verdict])
})

matrix('finds that kept secrets carry on without AWS, and that without them EventBridge keeps the alert', async () => {
  const chosen = { channel: ['solapi-sms'], shape: ['before'], fault: ['ok'], dynamodb: ['broken'] } as const
  const ran = await run({ ...chosen, ssm: ['broken'] })
  assert.equal(ran.flatMap(problemsOf), [])
  assert.equal(
    ran.map(({ cell, status, told }) => [cell.warm, status, told]),
    [
      [true, 202, ['solapi-sms']],
      [false, 503, []],
    ],
  )
})

matrix('finds that a clock an hour wrong keeps nobody from being told', async () => {
  const ran = await run({ ...up, channel: ['solapi-sms'], fault: ['skewed'] })
  assert.equal(ran.flatMap(problemsOf), [])
  assert.equal(
    ran.map(({ status }) => status),
    [202, 202],
  )
})

const [good] = await run({ ...up, channel: ['telegram'], shape: ['beside'], fault: ['ok'] })

for (const [broken, change] of [
  ['an alert that is settled though nobody was told', { told: [] }],
  ['somebody told too late', { ms: 4_600 }],
  ['a retry that does not settle it', { status: 503, lastStatus: 503 }],
  ['a route that is never told', { status: 503, told: ['telegram'], toldLater: [] }],
  ['a copy', { copies: 1 }],
  ['an answer EventBridge does not retry', { status: 422 }],
] as const satisfies readonly [string, Partial<Ran>][]) {
  matrix(`names ${broken}`, () => {
    assert.equal(problemsOf(good as Ran), [])
    const problems = problemsOf({ ...(good as Ran), ...change })
    assert.ok(problems.length > 0)
    assert.ok(faultsPage([{ ...(good as Ran), ...change }]).includes(problems[0] as string))
  })
}

matrix('is the same page when only the times differ', () => {
  const page = (change: Partial<Ran>) => faultsPage([{ ...(good as Ran), ...change }])
  assert.ok(saysTheSame(page({ ms: 30 }), page({ ms: 1_700 })))
  assert.not.ok(saysTheSame(page({}), page({ copies: 1 })))
})

matrix.run()
