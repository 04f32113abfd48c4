// What a benchmark judges by, and that the functions it compares do what they are compared for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { markdownTable, median } from '../../scripts/bench/bench.ts'
import { contend, contenders, startContest } from '../../scripts/bench/contest.ts'

const bench = suite('a benchmark')

bench('judges by the middle of what it measured', () => {
  assert.is(median([9, 1, 5]), 5)
  assert.is(median([1, 100, 3, 5]), 4)
  assert.ok(Number.isNaN(median([])))
})

bench('prints Markdown', () => {
  assert.is(markdownTable(['a', 'b'], [['1', '2']]), '| a | b |\n| --- | --- |\n| 1 | 2 |')
})

bench('compares functions that ask as many providers as they are compared for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-bench-'))
  const contest = await startContest(folder, 1)
  const asked: Record<string, number> = {}
  for (const contender of contenders) {
    const { started } = await contend(contest, contender, 'drill')
    started.end()
    asked[contender] = contest.asked.length
  }
  await contest.end()
  rmSync(folder, { recursive: true })
  assert.equal(asked, { empty: 0, single: 1, sequential: 2, notifier: 2, 'not packed': 2 })
})

bench.run()
