import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cost } from '../../../../scripts/rehearsal/page/views/cost.ts'
import { words } from '../../../../scripts/rehearsal/page/words/words.ts'

const test = suite('what it costs, on the page')

for (const [language, say] of Object.entries(words)) {
  test(`in ${language} it is the month of docs/cost.md, post by post`, () => {
    const page = readFileSync(new URL('../../../../docs/cost.md', import.meta.url), 'utf8')
    const [, together] = /\| \*\*together\*\* \| \| \| \| \*\*([\d.]+)\*\* \|/.exec(page) ?? []
    const { html } = cost(say)
    assert.match(html, `>$${together}</td></tr></tfoot>`)
    const quantities = [...page.matchAll(/^\| [^|]+ \| ([\d,.]+) \| (?:\$[^|]+|free) \| [A-Z] \| [\d.]+ \|$/gm)].map(
      ([, one]) => one,
    )
    assert.ok(quantities.length > 5)
    assert.equal(
      [...html.matchAll(/<td class="number">([\d,.]+)<\/td><td>/g)].map(([, one]) => one),
      quantities,
    )
  })
}

test.run()
