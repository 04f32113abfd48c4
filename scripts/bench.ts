// Runs the benchmarks, one after another: every scripts/bench/*.bench.ts.
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import type { Bench, Measured } from './bench/bench.ts'
import { CommandError, main } from './lib/command.ts'

const folder = new URL('./bench/', import.meta.url)
const ending = '.bench.ts'

await main({
  usage: 'npm run bench',
  purpose: 'Measures what is promised of speed and size. Exit 1 when a promise does not hold.',
  options: { only: { type: 'string', value: 'NAME', help: 'one benchmark, by the name of its file' } },
  run: async ({ only }, notes) => {
    const names = namesOf().filter((name) => only === undefined || name === only)
    if (names.length === 0) throw new CommandError(`there is no benchmark ${only}`, `known: ${namesOf().join(', ')}`, 2)
    const measured: Record<string, Measured & { readonly title: string }> = {}
    for (const name of names) {
      const { bench } = (await import(new URL(`${name}${ending}`, folder).href)) as { readonly bench: Bench }
      measured[name] = { title: bench.title, ...(await bench.run(notes)) }
    }
    const all = Object.values(measured)
    const text = all.map((one) => `## ${one.title}\n\n${one.text}\n`).join('\n')
    return {
      ok: all.every(({ ok }) => ok),
      text,
      json: Object.fromEntries(Object.entries(measured).map(([name, { ok, json }]) => [name, { ok, measured: json }])),
      markdown: text,
    }
  },
})

function namesOf(): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(ending))
  return files.map((file) => basename(file, ending)).sort()
}
