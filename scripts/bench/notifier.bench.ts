// How large the notifier is, how long it takes to start, and how long an alert takes when each provider needs 200 ms,
// beside a function that does nothing, one that asks one provider, and the sequential one of the blogs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSettings } from '../../templates-src/config/load.ts'
import { templateBodyLimit } from '../../templates-src/template.ts'
import { settingsFile, stackSetTemplates } from '../lib/generated.ts'
import type { Bench } from './bench.ts'
import { markdownTable, median } from './bench.ts'
import { type Contender, type Contest, contend, contenders, startContest } from './contest.ts'

/** How far behind the slowest provider the answer may be. */
const mostBehindMs = 60
/** How much longer than an empty function's the code may take to load. */
const mostLoadMs = 10
const providerMs = 200
/** Odd, so that the middle one was measured. */
const coldRuns = 11
const warmRuns = 15

export const bench: Bench = {
  title: 'The notifier',
  run: async ({ note }) => {
    const folder = mkdtempSync(join(tmpdir(), 'root-guard-bench-'))
    const contest = await startContest(folder, providerMs)
    try {
      const size = await sizes(contest)
      note('starting each function again and again')
      const cold = await coldStarts(contest)
      note('sending alerts')
      const warm = await alerts(contest)
      const behindMs = warm.notifier.answerMs - warm.single.answerMs
      const loadMs = cold.notifier.loadMs - cold.empty.loadMs
      const ok = behindMs <= mostBehindMs && loadMs <= mostLoadMs && size.left >= 0
      const loading =
        `The code is loaded ${ms(loadMs)} after the empty function's; at most ${mostLoadMs} ms are promised: ` +
        `${loadMs <= mostLoadMs ? 'holds' : '**does not hold**'}.`
      const verdict =
        `The answer comes ${ms(behindMs)} after that of the slowest provider, asked alone; at most ${mostBehindMs} ms ` +
        `are promised: ${behindMs <= mostBehindMs ? 'holds' : '**does not hold**'}.`
      const text = [sizesTable(size), coldTable(cold), loading, warmTable(warm), verdict].join('\n\n')
      return { ok, text, json: { size, cold, warm, behindMs, mostBehindMs, loadMs, mostLoadMs, holds: ok } }
    } finally {
      await contest.end()
      rmSync(folder, { recursive: true })
    }
  },
}

interface Sizes {
  readonly minified: number
  readonly inline: number
  readonly template: number
  readonly left: number
}

async function sizes({ minified, inline }: Contest): Promise<Sizes> {
  const [notifier] = await stackSetTemplates(loadSettings(settingsFile))
  const template = Buffer.byteLength(notifier?.body ?? '')
  const bytes = { minified: Buffer.byteLength(minified), inline: Buffer.byteLength(inline) }
  return { ...bytes, template, left: templateBodyLimit - template }
}

function sizesTable({ minified, inline, template, left }: Sizes): string {
  const count = (bytes: number) => bytes.toLocaleString('en-US')
  return markdownTable(
    ['size', 'bytes'],
    [
      ['bundle, minified', count(minified)],
      ['as it is inline, compressed', count(inline)],
      ['notifier.yaml as deployed', count(template)],
      [`left of ${count(templateBodyLimit)}`, count(left)],
    ],
  )
}

interface Cold {
  readonly loadMs: number
  readonly readyMs: number
  /** From the start of the process to the answer to its first event. */
  readonly firstAnswerMs: number
}

/** Interleaved, so that what else the machine does meets all alike. */
async function coldStarts(contest: Contest): Promise<Readonly<Record<Contender, Cold>>> {
  const all: Record<string, Cold[]> = {}
  for (let run = 0; run < coldRuns; run++) {
    for (const contender of contenders) {
      const { started, answerMs } = await contend(contest, contender, 'root-console-login-without-mfa')
      started.end()
      const cold = { loadMs: started.loadMs, readyMs: started.readyMs, firstAnswerMs: started.readyMs + answerMs }
      all[contender] = [...(all[contender] ?? []), cold]
    }
  }
  return medians(all)
}

function coldTable(cold: Readonly<Record<Contender, Cold>>): string {
  const { empty, notifier, 'not packed': unpacked } = cold
  const rows = contenders.map((name) => {
    const { loadMs, readyMs, firstAnswerMs } = cold[name]
    const against = [`${(readyMs / empty.readyMs).toFixed(2)} ×`, ms(readyMs - empty.readyMs)]
    return [name, ms(loadMs), ms(readyMs), ...against, ms(firstAnswerMs)]
  })
  const heading = ['cold start', 'code loaded in', 'ready after', '× empty', 'more than empty', 'first answer after']
  return [
    markdownTable(heading, rows),
    '',
    `Unpacking the inline code costs ${ms(notifier.loadMs - unpacked.loadMs)} of a cold start.`,
  ].join('\n')
}

interface Warm {
  readonly answerMs: number
  /** When the last provider was asked; none by the empty function. */
  readonly lastRequestMs: number
}

async function alerts(contest: Contest): Promise<Readonly<Record<Contender, Warm>>> {
  const running = new Map(
    await Promise.all(contenders.map(async (name) => [name, (await contend(contest, name, 'drill')).started] as const)),
  )
  const all: Record<string, Warm[]> = {}
  for (let run = 0; run < warmRuns; run++) {
    for (const [contender, started] of running) {
      // A drill: what really happens would open a window, and the next be counted.
      const { answerMs, lastRequestMs } = await contend(contest, contender, 'drill', started)
      all[contender] = [...(all[contender] ?? []), { answerMs, lastRequestMs }]
    }
  }
  for (const started of running.values()) started.end()
  return medians(all)
}

function warmTable(warm: Readonly<Record<Contender, Warm>>): string {
  const rows = contenders.map((name) => {
    const { answerMs, lastRequestMs } = warm[name]
    return [name, Number.isNaN(lastRequestMs) ? '–' : ms(lastRequestMs), ms(answerMs)]
  })
  return markdownTable(
    [`an alert, providers taking ${providerMs} ms`, 'last provider asked after', 'answer after'],
    rows,
  )
}

function medians<Figures>(all: Readonly<Record<string, readonly Figures[]>>): Readonly<Record<Contender, Figures>> {
  const middle = (runs: readonly Figures[]) => {
    const names = Object.keys(runs[0] as object) as (keyof Figures)[]
    return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name] as number))]))
  }
  const found = Object.entries(all).map(([contender, runs]) => [contender, middle(runs)])
  return Object.fromEntries(found) as Record<Contender, Figures>
}

function ms(time: number): string {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`
}
