// What two runs at once see of each other, before one of them writes.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CommandError } from '../../../scripts/lib/command.ts'
import { type Look, settled } from '../../../scripts/lib/preflight/settled.ts'

const test = suite('what is found in the account while another run writes')

const leftover = { what: 'ap-northeast-2 already has the trail root-guard-trail', hint: 'delete it' }
const fine: Look = { problems: [], warnings: [], stacks: ['the StackSet', 'ap-northeast-2'] }
const left: Look = { problems: [leftover], warnings: [], stacks: [] }
const halfDeleted: Look = { problems: [leftover], warnings: [], stacks: ['the StackSet'] }

test('a first look that finds nothing asks no more', async () => {
  const { looks, asked } = await looked([fine], [])
  assert.is(looks, 1)
  assert.is(asked, 0)
})

test('what is there at two looks, and nobody at work, is refused', async () => {
  const { refused, looks, notes } = await looked([left, left], [])
  assert.match(refused?.message ?? '', leftover.what)
  assert.is(refused?.exitCode, 2)
  assert.is(looks, 2)
  assert.equal(notes, [], 'nobody else was at work')
})

test('what is gone, or has its stack, at the second look is not refused', async () => {
  const { refused, looks } = await looked([left, fine], [])
  assert.is(refused, undefined)
  assert.is(looks, 2)
})

test('what an operation is at work on is waited for, however long, and never refused meanwhile', async () => {
  const { refused, waits, notes } = await looked([left, left, left, fine], [true, true, true])
  assert.is(refused, undefined)
  assert.is(waits, 3)
  assert.match(notes.join(), 'another run of the guard is at work')
})

test('two looks that differ are followed by a third', async () => {
  const { refused, looks } = await looked([left, halfDeleted, halfDeleted], [])
  assert.match(refused?.message ?? '', leftover.what)
  assert.is(looks, 3)
})

test('looks that differ in AWS’s words or in the order of its answers alone are the same', async () => {
  const other = { what: 'us-west-2 has 5 trails', hint: 'ask for more' }
  const warning = (what: string) => [{ what, hint: 'run it again' }]
  const first = { problems: [leftover, other], warnings: warning('request 1 was throttled'), stacks: ['a', 'b'] }
  const second = { problems: [other, leftover], warnings: warning('request 2 was throttled'), stacks: ['b', 'a'] }
  const { refused, looks } = await looked([first, second], [])
  assert.is(looks, 2)
  assert.is(refused?.exitCode, 2)
})

const changing = (length: number): readonly Look[] =>
  Array.from({ length }, (_, index) => ({ ...left, stacks: [String(index)] }))

test('an account that changes at ten looks ends in an error that names what was found and advises to delete nothing', async () => {
  const { refused, looks } = await looked(changing(60), [])
  assert.is(looks, 10)
  assert.match(refused?.message ?? '', 'did not come to rest')
  assert.match(refused?.message ?? '', leftover.what)
  assert.not.match(refused?.hint ?? '', 'delete it')
})

test('waits for operations are not among the ten, so that another whole deploy may go by', async () => {
  const operations = Array.from({ length: 40 }, () => true)
  const { refused, looks } = await looked([...changing(40), fine], operations)
  assert.is(refused, undefined)
  assert.is(looks, 41)
})

test('operations that never end to follow each other end in the same error', async () => {
  const { refused, waits } = await looked(
    changing(200),
    Array.from({ length: 200 }, () => true),
  )
  assert.is(waits, 60)
  assert.match(refused?.message ?? '', 'did not come to rest')
})

test.run()

async function looked(found: readonly Look[], busy: readonly boolean[]) {
  let [looks, asked, waits] = [0, 0, 0]
  const notes: string[] = []
  const at = <Item>(list: readonly Item[], index: number, otherwise: Item) => list[index] ?? otherwise
  let refused: CommandError | undefined
  try {
    await settled(async () => at(found, looks++, fine), {
      isBusy: async () => at(busy, asked++, false),
      untilQuiet: async () => void waits++,
      notes: { note: (line) => void notes.push(line) },
      pauseMs: 0,
    })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    refused = error
  }
  return { refused, looks, asked, waits, notes }
}
