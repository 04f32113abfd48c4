// Rehearses the whole way of an alert on this machine: no AWS account, and nothing leaves it.
import { once as happens } from 'node:events'
import { loadSettings } from '../templates-src/config/load.ts'
import { CommandError, main, type Notes } from './lib/command.ts'
import { generatedFiles, settingsFile, stackSetTemplates, writeGenerated } from './lib/generated.ts'
import { emulatedAws } from './rehearsal/aws.ts'
import { startMiniStack } from './rehearsal/ministack.ts'
import { openPage } from './rehearsal/page/page.ts'
import { told } from './rehearsal/programme.ts'
import { missing, scenes } from './rehearsal/scenes.ts'
import { deployTemplate, putSecrets, type Stage, startProviders } from './rehearsal/stage.ts'
import { type Played, play } from './rehearsal/story.ts'

await main({
  usage: 'npm start',
  purpose:
    'Rehearses Root Guard on this machine: real records, the generated template, local providers. No AWS account.',
  details: `Writes generated/ when root-guard.yaml changed, as npm run generate does. Needs Python 3.10 or later beside Node:
MiniStack, an AWS emulator, is installed into .venv the first time. With AWS_ENDPOINT_URL set, the emulator that answers
there is used instead. The page is at http://127.0.0.1:4400, or at PORT, or where there is room; Ctrl-C ends it.
exit code: 0 all as expected, 1 not, 2 used or configured wrongly`,
  options: { once: { type: 'boolean', help: 'play the scenes here and end; without it, open the page to play on' } },
  run: async ({ once }, notes) => {
    const settings = loadSettings(settingsFile)
    // Whoever ends the page by Ctrl-C has not failed at anything.
    if (!once) process.once('SIGINT', () => process.exit(0))
    const timed = stopwatch(notes)
    const given = process.env.AWS_ENDPOINT_URL
    const [body, emulator] = await Promise.all([
      timed('generate', () => generateAlarm(notes, settings)),
      given
        ? { endpoint: given, stop: () => {} }
        : timed('start MiniStack', () => startMiniStack(settings.account, notes)),
    ])
    const providers = await startProviders()
    try {
      const aws = emulatedAws(emulator.endpoint)
      await timed('deploy generated/us-east-1.yaml', async () => `${await deployTemplate(aws, body)} resources`)
      await timed('put secrets into SSM', async () => (await putSecrets(aws, settings)).join(', '))

      const stage = { aws, providers, settings }
      return once ? await playScenes(stage, notes) : await showPage(stage, notes)
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

async function playScenes(stage: Stage, { note }: Notes) {
  const { settings } = stage
  const played: Played[] = []
  const absent = new Set<string>()
  for (const scene of scenes) {
    for (const channel of missing(scene, settings)) absent.add(channel)
    if (missing(scene, settings).length > 0) continue
    played.push(await play(scene, stage))
    note(told(played.length, played.at(-1) as Played))
  }
  if (absent.size > 0) note(`\nnot played, since no route begins with them: ${[...absent].join(', ')}`)
  const asExpected = played.filter(({ wrong }) => wrong.length === 0).length
  return {
    ok: asExpected === played.length,
    text: `\n${asExpected} of ${played.length} scenes as expected`,
    json: { played },
  }
}

/** Serves the page until this process is ended. */
async function showPage(stage: Stage, { note }: Notes) {
  const page = await openPage(stage, wantedPort(process.env.PORT))
  note(`\nthe page is at ${page.url} (Ctrl-C ends it; npm start -- --once plays the scenes here instead)`)
  await happens(process, 'SIGTERM')
  page.close()
  return { ok: true, text: '', json: {} }
}

function wantedPort(given = '4400'): number {
  if (/^\d{1,5}$/.test(given) && Number(given) < 65_536) return Number(given)
  throw new CommandError(`PORT is ${JSON.stringify(given)}`, 'it must be a port from 0 (any) to 65535', 2)
}
