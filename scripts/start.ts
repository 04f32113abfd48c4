// Rehearses the whole way of an alert on this machine: no AWS account, and nothing leaves it.
import { createInterface } from 'node:readline/promises'
import { loadSettings } from '../templates-src/config/load.ts'
import { main, type Notes } from './lib/command.ts'
import { generatedFiles, settingsFile, stackSetTemplates, writeGenerated } from './lib/generated.ts'
import { emulatedAws } from './rehearsal/aws.ts'
import { startMiniStack } from './rehearsal/ministack.ts'
import { told } from './rehearsal/programme.ts'
import { type CorpusRecord, corpus } from './rehearsal/records.ts'
import { missing, scenes } from './rehearsal/scenes.ts'
import { deployTemplate, putSecrets, startProviders } from './rehearsal/stage.ts'
import { type Played, play } from './rehearsal/story.ts'

await main({
  usage: 'npm start',
  purpose:
    'Rehearses Root Guard on this machine: real records, the generated template, local providers. No AWS account.',
  details: `Writes generated/ when root-guard.yaml changed, as npm run generate does. Needs Python 3.10 or later beside Node:
MiniStack, an AWS emulator, is installed into .venv the first time. With AWS_ENDPOINT_URL set, the emulator that answers
there is used instead.
exit code: 0 all as expected, 1 not`,
  options: { once: { type: 'boolean', help: 'play the scenes and end; without it, fire records by hand afterwards' } },
  run: async ({ once }, notes) => {
    const settings = loadSettings(settingsFile)
    const timed = stopwatch(notes)
    const body = await timed('generate', () => generateAlarm(notes, settings))
    const given = process.env.AWS_ENDPOINT_URL
    const emulator = given
      ? { endpoint: given, stop: () => {} }
      : await timed('start MiniStack', () => startMiniStack(settings.account, notes))
    const providers = await startProviders()
    try {
      const aws = emulatedAws(emulator.endpoint)
      await timed('deploy generated/us-east-1.yaml', async () => `${await deployTemplate(aws, body)} resources`)
      await timed('put secrets into SSM', async () => (await putSecrets(aws, settings)).join(', '))

      const stage = { aws, providers, settings }
      const played: Played[] = []
      const absent = new Set<string>()
      for (const scene of scenes) {
        for (const channel of missing(scene, settings)) absent.add(channel)
        if (missing(scene, settings).length > 0) continue
        played.push(await play(scene, stage))
        notes.note(told(played.length, played.at(-1) as Played))
      }
      if (absent.size > 0) notes.note(`\nnot played, since no route begins with them: ${[...absent].join(', ')}`)
      if (!once) {
        await byHand(corpus(), async ({ about, name }) => {
          const plot = { is: 'one event', record: name } as const
          notes.note(told(0, await play({ title: about, plot, moods: {}, recovers: false }, stage)).replace('0. ', ''))
        })
      }
      const asExpected = played.filter(({ wrong }) => wrong.length === 0).length
      return {
        ok: asExpected === played.length,
        text: `\n${asExpected} of ${played.length} scenes as expected`,
        json: { played },
      }
    } finally {
      for (const provider of Object.values(providers)) await provider.close()
      emulator.stop()
    }
  },
})

/** Writes what generated/ lacks, and answers what a deploy would send to us-east-1. */
async function generateAlarm({ note }: Notes, settings: ReturnType<typeof loadSettings>): Promise<string> {
  const templates = await stackSetTemplates(settings)
  const stale = writeGenerated(await generatedFiles(settings, templates))
  if (stale.length > 0) note(`wrote ${stale.join(', ')}`)
  return templates[0]?.body ?? ''
}

/** Says how long each step took, and what it came to where that fits on the line. */
function stopwatch({ note }: Notes) {
  return async <Result>(step: string, work: () => Promise<Result>): Promise<Result> => {
    const started = performance.now()
    const result = await work()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const came = typeof result === 'string' && result.length < 120 ? `: ${result}` : ''
    note(`${seconds.padStart(5)} s  ${step}${came}`)
    return result
  }
}

/** Asks for records to fire until the input ends. */
async function byHand(records: readonly CorpusRecord[], fire: (record: CorpusRecord) => Promise<void>): Promise<void> {
  const menu = records.map(({ about, label }, index) => `${String(index + 1).padStart(3)}  ${about} (${label})`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  terminal.setPrompt('fire which record? (a number; q ends) ')
  process.stderr.write(`\n${menu.join('\n')}\n`)
  terminal.prompt()
  for await (const line of terminal) {
    const typed = line.trim()
    if (typed === 'q') break
    const record = records[Number(typed) - 1]
    if (record !== undefined) await fire(record)
    else if (typed !== '') process.stderr.write(`a number from 1 to ${records.length}\n${menu.join('\n')}\n`)
    terminal.prompt()
  }
  // A terminal goes on being read otherwise, and the process with it.
  terminal.close()
  process.stdin.pause()
}
