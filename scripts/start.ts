// Rehearses the whole way of an alert on this machine: no AWS account, and nothing leaves it.
import { once as happens } from 'node:events'
import { loadSettings } from '../templates-src/config/load.ts'
import type { Settings } from '../templates-src/config/schema.ts'
import { CommandError, main, type Notes } from './lib/command.ts'
import { givenMiniStack } from './rehearsal/given.ts'
import { type Emulator, startMiniStack } from './rehearsal/ministack.ts'
import { openPage, type Setting } from './rehearsal/page/page.ts'
import { notPlayed } from './rehearsal/played.ts'
import type { Stage } from './rehearsal/stage.ts'
import { startProviders } from './rehearsal/stand-ins.ts'
import type { Played } from './rehearsal/story.ts'
import { type Generated, upToDate } from './rehearsal/up-to-date.ts'

// What is imported above is what a page needs. AWS's SDK and the generator take longer to load than the page takes to be drawn, so
// they come while it is looked at.

await main({
  usage: 'npm start',
  purpose:
    'Rehearses Root Guard on this machine: real records, the generated template, local providers. No AWS account.',
  details: `Writes generated/ when root-guard.yaml changed, as npm run generate does. Needs Python 3.10 or later beside Node:
MiniStack, an AWS emulator, is installed into .venv the first time. With AWS_ENDPOINT_URL set, the emulator that answers
there, a MiniStack, is used instead. The page is at http://127.0.0.1:4400, or at PORT, or where there is room; Ctrl-C ends it.
exit code: 0 all as expected, 1 not, 2 used or configured wrongly`,
  options: { once: { type: 'boolean', help: 'play the scenes here and end; without it, open the page to play on' } },
  run: async ({ once }, notes) => {
    const settings = loadSettings('root-guard.yaml')
    // Whoever ends the page by Ctrl-C has not failed at anything.
    if (!once) process.once('SIGINT', () => process.exit(0))
    const timed = stopwatch(notes)
    const given = process.env.AWS_ENDPOINT_URL
    const emulator = given ? await givenMiniStack(given) : await startMiniStack(settings.account, notes)
    const providers = await startProviders()
    try {
      const generated = timed('generate', () => bringUpToDate(settings, notes))
      // Awaited when the stage is set; until then a failure waits, too.
      generated.catch(() => {})
      const setting = { settings, providers, endpoint: emulator.endpoint, generated }
      const stage = () => setStage(setting, emulator, timed)
      return once
        ? await playScenes(await stage(), await generated, notes)
        : await showPage({ ...setting, stage }, notes)
    } finally {
      for (const provider of Object.values(providers)) await provider.close()
      emulator.stop()
    }
  },
})

/** Writes what generated/ lacks. */
async function bringUpToDate(settings: Settings, { note }: Notes): Promise<Generated> {
  const { wrote, ...generated } = await upToDate(settings)
  if (wrote.length > 0) note(`wrote ${wrote.join(', ')}`)
  return generated
}

/** Deploys to the emulator what a deploy would send to us-east-1, as far as the emulator makes it. */
async function setStage(
  { settings, providers, generated }: Omit<Setting, 'stage' | 'generated'> & { readonly generated: Promise<Generated> },
  { endpoint, up }: Emulator,
  timed: ReturnType<typeof stopwatch>,
): Promise<Stage> {
  const [{ emulatedAws }, { deployTemplates, putSecrets }] = await Promise.all([
    import('./rehearsal/aws.ts'),
    import('./rehearsal/stage.ts'),
    timed('start the emulator', () => up),
  ])
  const aws = emulatedAws(endpoint)
  const { templates } = await generated
  await Promise.all([
    timed(
      'deploy generated/notifier.yaml, us-east-1.yaml and operations.yaml',
      async () => `${await deployTemplates(aws, templates)} resources`,
    ),
    timed('put secrets into SSM', async () => (await putSecrets(aws, settings)).join(', ')),
  ])
  return { aws, providers, settings }
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

async function playScenes(stage: Stage, { templates }: Generated, { note }: Notes) {
  const [{ missing, scenes, scenesLeft }, { play }, { told, notPlayedText }] = await Promise.all([
    import('./rehearsal/scenes.ts'),
    import('./rehearsal/story.ts'),
    import('./rehearsal/programme.ts'),
  ])
  const { settings } = stage
  const played: Played[] = []
  for (const scene of scenes.filter((one) => missing(one, settings).length === 0)) {
    played.push(await play(scene, stage))
    note(told(played.length, played.at(-1) as Played))
  }
  const left = { scenes: scenesLeft(settings), resources: notPlayed(templates) }
  note(notPlayedText(left))
  const asExpected = played.filter(({ wrong }) => wrong.length === 0).length
  return {
    ok: asExpected === played.length,
    text: `\n${asExpected} of ${played.length} scenes as expected`,
    json: { played, notPlayed: left },
  }
}

/** Serves the page until this process is ended. */
async function showPage(setting: Setting, { note }: Notes) {
  const page = await openPage(setting, wantedPort(process.env.PORT))
  try {
    note(`the page is at ${page.url} (Ctrl-C ends it; npm start -- --once plays the scenes here instead)`)
    await page.stands
    note('the stage stands: what is fired on the page is played')
    await happens(process, 'SIGTERM')
  } finally {
    page.close()
  }
  return { ok: true, text: '', json: {} }
}

function wantedPort(given = '4400'): number {
  if (/^\d{1,5}$/.test(given) && Number(given) < 65_536) return Number(given)
  throw new CommandError(`PORT is ${JSON.stringify(given)}`, 'it must be a port from 0 (any) to 65535', 2)
}
