// Holds the rules' patterns against the corpus, by AWS's own matcher, beside the patterns that are usually recommended.
import { readFileSync, writeFileSync } from 'node:fs'
import { loadSettings } from '../templates-src/config/load.ts'
import { drillMailPattern } from '../templates-src/parts/drill-mail.ts'
import { complexityLimit, complexityOf } from './corpus/complexity.ts'
import { unneeded } from './corpus/coverage.ts'
import { figuresInColumns, figuresPage, figuresTable, withFigures } from './corpus/figures.ts'
import { largestPatterns } from './corpus/largest-patterns.ts'
import { type Score, scores } from './corpus/score.ts'
import { alarmPatterns, watches } from './corpus/watches.ts'
import { main } from './lib/command.ts'
import { corpus } from './rehearsal/records.ts'

await main({
  usage: 'npm run corpus',
  purpose:
    "Holds the rules' patterns against test/records by AWS's own matcher; fails on a miss, a false alarm or too complex a pattern.",
  details: `Needs Java 17 and Maven: Event Ruler is fetched into .event-ruler the first time. The settings are those of
test/root-guard.yaml, whose guard the records are about. exit code: 0 all as labelled, and ${figuresPage} says so; 1 not`,
  options: { write: { type: 'boolean', help: `write the figures into ${figuresPage}, where they differ` } },
  run: async ({ write }, notes) => {
    const settings = loadSettings('test/root-guard.yaml')
    const all = await scores(watches(settings), corpus(), notes)
    const [ours] = all
    if (ours === undefined) throw new Error('there is nothing to score')
    const idle = await unneeded([...alarmPatterns(settings), drillMailPattern(settings)], corpus(), notes)
    const patterns = largestPatterns(settings)
    const complexity = await complexityOf(patterns, notes)
    const page = readFileSync(figuresPage, 'utf8')
    const counted = withFigures(page, figuresTable(all))
    if (write && counted !== page) writeFileSync(figuresPage, counted)
    const told = write === true || counted === page
    const asLabelled = [ours.missed, ours.falseAlarms, idle, complexity.over].every(({ length }) => length === 0)
    const ok = asLabelled && ours.caught.length > 0 && told
    const text = [
      figuresInColumns(all),
      '',
      ...verdict(ours),
      ...idle.map((way) => `no record needs ${way}`),
      `complexity of ${patterns.length} patterns, by whatever settings: ${complexity.highest} at most, ${complexityLimit} may be refused`,
      ...complexity.over.map((pattern) => `too complex, ${pattern}`),
      ...(told ? [] : [`${figuresPage} has other figures\n  → npm run corpus -- --write`]),
    ].join('\n')
    const markdown = `### Corpus\n\n${figuresTable(all)}\n`
    return { ok, text, json: { ok, scores: all, unneeded: idle, complexity, upToDate: told }, markdown }
  },
})

function verdict({ missed, falseAlarms, decidedToTell }: Score): string[] {
  return [
    ...missed.map((name) => `missed: ${name}`),
    ...falseAlarms.map((name) => `false alarm: ${name}`),
    `left to decide, and told by ours: ${decidedToTell.join(', ') || 'none'}`,
  ]
}
