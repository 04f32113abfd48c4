// Holds the rules' patterns against the corpus, by AWS's own matcher, beside the patterns that are usually recommended.
import { loadSettings } from '../templates-src/config/load.ts'
import { drillMailPattern } from '../templates-src/parts/drill-mail.ts'
import { unneeded } from './corpus/coverage.ts'
import { type Score, scores } from './corpus/score.ts'
import { alarmPatterns, watches } from './corpus/watches.ts'
import { main } from './lib/command.ts'
import { corpus } from './rehearsal/records.ts'

const heading = ['watch', 'told of all', "of root's own acts", 'false alarms']

await main({
  usage: 'npm run corpus',
  purpose:
    "Holds the patterns of the rules against test/records, by AWS's own matcher, and fails on a miss or a false alarm.",
  details: `Needs Java 17 and Maven: Event Ruler is fetched into .event-ruler the first time. The settings are those of
test/root-guard.yaml, whose guard the records are about. exit code: 0 all as labelled, 1 not`,
  run: async (_options, notes) => {
    const settings = loadSettings('test/root-guard.yaml')
    const all = await scores(watches(settings), corpus(), notes)
    const [ours] = all
    if (ours === undefined) throw new Error('there is nothing to score')
    const idle = await unneeded([...alarmPatterns(settings), drillMailPattern(settings)], corpus(), notes)
    const ok = [ours.missed, ours.falseAlarms, idle].every(({ length }) => length === 0) && ours.caught.length > 0
    const text = [...table(all), '', ...verdict(ours), ...idle.map((way) => `no record needs ${way}`)].join('\n')
    return { ok, text, json: { ok, scores: all, unneeded: idle }, markdown: markdown(all) }
  },
})

function rows(all: readonly Score[]): string[][] {
  return all.map(({ watch, caught, missed, ofRoot, falseAlarms }) => [
    watch.padEnd(28),
    share(caught.length, caught.length + missed.length).padEnd(20),
    share(ofRoot.caught, ofRoot.all).padEnd(20),
    `${falseAlarms.length}`,
  ])
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${((100 * part) / whole).toFixed(0)} %)`
}

function verdict({ missed, falseAlarms, decidedToTell }: Score): string[] {
  return [
    ...missed.map((name) => `missed: ${name}`),
    ...falseAlarms.map((name) => `false alarm: ${name}`),
    `left to decide, and told by ours: ${decidedToTell.join(', ') || 'none'}`,
  ]
}

function table(all: readonly Score[]): string[] {
  const [watch = '', told = '', ofRoot = '', wrong = ''] = heading
  return [[watch.padEnd(28), told.padEnd(20), ofRoot.padEnd(20), wrong], ...rows(all)].map((row) => row.join('  '))
}

function markdown(all: readonly Score[]): string {
  const lines = [heading, ['---', '---', '---', '---'], ...rows(all)].map(
    (row) => `| ${row.map((cell) => cell.trim()).join(' | ')} |`,
  )
  return ['### Corpus', '', ...lines, ''].join('\n')
}
