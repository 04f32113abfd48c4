// The table that is printed, and the page that is held to it.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { figuresInColumns, figuresTable, withFigures } from '../../../scripts/corpus/figures.ts'
import type { Score } from '../../../scripts/corpus/score.ts'

const score = (watch: string, caught: number): Score => ({
  watch,
  caught: Array(caught).fill('caught'),
  missed: Array(8 - caught).fill('missed'),
  ofRoot: { caught: 1, all: 3 },
  falseAlarms: ['cry'],
  decidedToTell: [],
})
const ALL = [score('ours', 8), score('theirs', 1)]
const TABLE = `| watch | told of all | of root's own acts | false alarms |
|---|---|---|---|
| ours | 8 of 8 (100 %) | 1 of 3 (33 %) | 1 |
| theirs | 1 of 8 (13 %) | 1 of 3 (33 %) | 1 |`

const test = suite('the figures of the corpus')

test('are a row a watch, with shares in whole per cent', () => {
  assert.is(figuresTable(ALL), TABLE)
  assert.match(figuresInColumns(ALL), /^theirs {24}1 of 8 \(13 %\) {9}1 of 3 \(33 %\) {9}1$/m)
})

test('stand in the page in the place of its table, and nothing else of it changes', () => {
  const page = (table: string) => `# Page\n\n| other |\n|---|\n\nwords\n\n${table}\n\nmore words\n`
  const old = page(TABLE.replace('1 of 8', '2 of 8').replace(/\n\| ours .*/, ''))
  assert.is(withFigures(old, TABLE), page(TABLE))
  assert.is(withFigures(page(TABLE), TABLE), page(TABLE))
})

test('a page without the table, or with two, is a defect that is named', () => {
  assert.throws(() => withFigures('# Page\n', TABLE), /has 0 tables/)
  assert.throws(() => withFigures(`${TABLE}\n\n${TABLE}\n`, TABLE), /has 2 tables/)
})

test.run()
