import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { limited } from '../../../scripts/lib/limited.ts'

const test = suite('limited work')

test('never is more at a time than the limit, and all of it is done, in order', async () => {
  const atMost = limited(3)
  let running = 0
  let most = 0
  const done = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      atMost(async () => {
        most = Math.max(most, ++running)
        await new Promise((go) => setImmediate(go))
        running--
        return index
      }),
    ),
  )
  assert.is(most, 3)
  assert.equal(
    done,
    Array.from({ length: 20 }, (_, index) => index),
  )
})

test('that fails gives its place back', async () => {
  const atMost = limited(1)
  const refused = await atMost(() => Promise.reject(new Error('no'))).catch(({ message }) => message)
  assert.equal([refused, await atMost(async () => 'yes')], ['no', 'yes'])
})

test.run()
