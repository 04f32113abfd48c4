// docs/aws-contract.md is what the rules come to, so that a new fact about AWS is seen in a review.
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contractPage } from './page.ts'

const page = suite('docs/aws-contract.md')

page('is what `npm run contract` writes', () => {
  assert.fixture(readFileSync('docs/aws-contract.md', 'utf8'), contractPage())
})
page('has tables that no fact or source breaks', () => {
  const rows = contractPage().match(/^\| `[\w-]+\/.*$/gm) ?? []
  assert.ok(rows.length > 30)
  for (const row of rows) assert.is(row.split('|').length, 6, row)
})
page.run()
