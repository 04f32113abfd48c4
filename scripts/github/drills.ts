// Fires the drills of a workflow, one after the other, so that none is taken for a repeat of another; each keeps its report.
import { loadSettings } from '../../templates-src/config/load.ts'
import { alarmRegion } from '../../templates-src/config/schema.ts'
import { main } from '../lib/command.ts'
import { settingsFile } from '../lib/generated.ts'
import { drillRegions, relayedRegions } from '../lib/github/drill-regions.ts'
import { runReported } from '../lib/github/run-reported.ts'

const dayMs = 86_400_000

await main({
  usage: 'npm run github:drills',
  purpose:
    'Fires a check from us-east-1, from Seoul and through relays of root-guard.yaml, and keeps the report of each.',
  details: `Eight relays a run at most; where there are more, each day takes the next ones. A drill that fails keeps none of the others back.
exit code: 0 each came through, 1 one did not, 2 used or configured wrongly`,
  options: { 'through-cloudtrail': { type: 'boolean', help: 'and one that begins at the trail' } },
  run: async (options, { note }) => {
    const relays = await relayedRegions(loadSettings(settingsFile))
    const ways = [
      ...drillRegions(relays, Math.floor(Date.now() / dayMs)).map((region) => ['--from', region]),
      ...(options['through-cloudtrail'] ? [['--from', alarmRegion, '--through-cloudtrail']] : []),
    ]
    const drills: { readonly way: string; readonly exitCode: number }[] = []
    for (const way of ways) {
      note(`drill ${way.join(' ')}`)
      drills.push({ way: way.join(' '), exitCode: await runReported('drill', way) })
    }
    const failed = drills.filter(({ exitCode }) => exitCode !== 0)
    const text = `${drills.length - failed.length} of ${drills.length} drills came through`
    return { ok: failed.length === 0, text, json: { drills } }
  },
})
