// The READMEs compare ways by the corpus; docs/what-is-told.md has the table that npm run corpus prints.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { corpus } from '../../scripts/rehearsal/records.ts'
import { pageOf } from './pages.ts'

const [told, ...readmes] = ['docs/what-is-told.md', 'README.md', 'README.ko.md'].map(pageOf)
const figures = suite('figures of the corpus')

figures('count the records that must be told', () => {
  const total = corpus().filter(({ label }) => label === 'alert').length
  assert.match(told?.text ?? '', `| Root Guard | ${total} of ${total} `)
})

for (const readme of readmes) {
  figures(`are in ${readme.path} what docs/what-is-told.md says`, () => {
    for (const [, way, count] of (told?.text ?? '').matchAll(/^\| ([^|]+) \| (\d+) of (\d+) \(\d+ %\) \| /gm)) {
      const name = {
        'Root Guard': /^\| Root Guard \|/,
        'CIS filter': /^\| CIS /,
        'ConsoleLogin only, us-east-1': /^\| [^|]*ConsoleLogin[^|]*\|/,
      }[way ?? '']
      if (name === undefined) continue
      const row = readme.text.split('\n').find((line) => name.test(line) && line.split('|').length > 6)
      assert.is(row?.split('|')[2]?.trim(), count, way)
    }
  })
}
figures.run()
