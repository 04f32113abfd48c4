// docs/runbooks.md tells what to do by what a drill says, so it must be what a drill says: every sentence that is quoted is
// one of the drill's, and the drill has none about a broken leg that is not quoted.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pageOf, root } from './pages.ts'

const [, section = ''] = pageOf('docs/runbooks.md').text.split('\n## A drill failed\n')
const rows = section.split('\n## ')[0]?.match(/^ *\| .*$/gm) ?? []
const quoted = rows.flatMap((row) =>
  [...(row.split('|')[2] ?? '').matchAll(/\*([^*]+)\*/g)].map(([, words = '']) => words),
)
const drill = suite('docs/runbooks.md, a drill failed')

drill('quotes what a drill says', () => {
  const said = ['legs', 'verdict', 'mail', 'trail', 'lookup', 'post'].flatMap(sentencesOf)
  assert.ok(quoted.length > 10)
  assert.equal(
    quoted.filter((words) => !said.some((sentence) => sentence.includes(words))),
    [],
  )
})

drill('has a row for whatever a drill says of a leg', () => {
  const said = ['legs', 'verdict', 'mail'].flatMap(sentencesOf).filter((sentence) => wordsOf(sentence) >= 4)
  assert.ok(said.length > 10)
  assert.equal(
    said.filter((sentence) => !quoted.some((words) => sentence.includes(words))),
    [],
  )
})
drill.run()

/** The texts in a file of the drill, but for those of a drill that went well, which `reached` makes, and the lines on the way there. */
function sentencesOf(file: string): readonly string[] {
  const source = readFileSync(join(root, `scripts/lib/drill/${file}.ts`), 'utf8')
  const code = source
    .replaceAll(/^ *(\/\/|\/?\*|import ).*$/gm, '')
    .replace(/^function reached.*?^}/ms, '')
    .replaceAll(/^.*\bnote\(.*$/gm, '')
  return [...code.matchAll(/`([^`]*)`|'([^'\n]*)'|"([^"\n]*)"/g)].map(([, ...texts]) => texts.find(Boolean) ?? '')
}

/** Without what is filled in. */
function wordsOf(sentence: string): number {
  return sentence.replaceAll(/\$\{[^}]*\}/g, '').match(/\b[a-z]+\b/g)?.length ?? 0
}
