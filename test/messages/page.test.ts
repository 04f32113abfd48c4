// docs/messages.md is what the words come to, so that a change of words is seen by whoever reviews it.
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { messagesPage } from './page.ts'

const page = suite('docs/messages.md')

page('is what `npm run messages` writes', () => {
  assert.fixture(readFileSync('docs/messages.md', 'utf8'), messagesPage())
})

page('has no text that could end the block it stands in', () => {
  const fences = messagesPage().match(/^`{4}.*$/gm) ?? []
  assert.equal([...new Set(fences)].sort(), ['````', '````text'])
  assert.is(fences.length % 2, 0)
})
page.run()
