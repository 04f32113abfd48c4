// StackSets take 51,200 bytes of template, and one of them carries the function. What is checked is the largest there is: every channel
// and everything that a setting adds.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stackSetTemplates } from '../../scripts/lib/generated.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import { templateBodyLimit } from '../../templates-src/template.ts'

/** For further rules, words and channels, and for what an owner adds: addresses, readers, a name of twenty letters. */
const keptFree = 12 * 1_024

const test = suite('with everything on')

test('each template leaves room for what an owner names and adds', async () => {
  for (const { stackSet, body } of await stackSetTemplates(loadSettings('test/everything.yaml'))) {
    const left = templateBodyLimit - Buffer.byteLength(body)
    assert.ok(left >= keptFree, `${stackSet} leaves ${left} bytes`)
  }
})

test.run()
