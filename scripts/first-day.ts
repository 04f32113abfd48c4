// Walks the first day on a live account: runs what looks and drills, in order, and keeps what came of it as a file that can be
// attached to a report.
import { mkdirSync, writeFileSync } from 'node:fs'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { loadSettings } from '../templates-src/config/load.ts'
import { firstDay } from '../templates-src/parts/bootstrap-permissions.ts'
import { aws } from './lib/aws.ts'
import { explaining } from './lib/aws-failure.ts'
import { main } from './lib/command.ts'
import { liveFacts } from './lib/first-day/facts.ts'
import { shareable } from './lib/first-day/redact.ts'
import { firstDayMarkdown, firstDayOutcome } from './lib/first-day/report.ts'
import { runSteps } from './lib/first-day/steps.ts'
import { settingsFile } from './lib/generated.ts'
import { reportsFolder } from './lib/github/reports.ts'
import { rightAccount } from './lib/preflight/account.ts'

await main({
  usage: 'npm run first-day',
  purpose: 'Runs what looks and drills on a first day with AWS, in order, and writes a report that can be attached.',
  details: `In order: plan, doctor, drift, drill, drill --send --mail-wait 300 (phones ring; it can wait five minutes for the counts of the
mail), drill --from ap-northeast-2. It stops at the first that fails, reads what only AWS can say (stack events, the API's
policy, CloudTrail's flags, CloudWatch's counts), and writes reports/first-day-TIME.md, without account ids, phone numbers,
tokens, e-mail names and names of role sessions. It deploys nothing: docs/first-live-day.md has the
whole day, and the way back. An administrator runs it, whose role is in readers of root-guard.yaml. Its only write is the
event of each drill.
exit code: 0 no step failed, though what one looked at may be unknown (with --facts-only: the report is written), 1 one failed,
           2 used or configured wrongly`,
  permissions: firstDay,
  options: {
    'keep-going': { type: 'boolean', help: 'go on after a step that failed' },
    'facts-only': { type: 'boolean', help: 'run no step, and read again what AWS says late' },
  },
  run: async (options, { note }) => {
    const settings = loadSettings(settingsFile)
    await rightAccount(settings)
    const { Arn: caller = 'nobody' } = await explaining('sts:GetCallerIdentity', () =>
      aws.sts(settings.homeRegion).send(new GetCallerIdentityCommand({})),
    )
    const output = options.json === true ? 'stderr' : 'stdout'
    const ran = options['facts-only'] ? [] : await runSteps({ output, keepGoing: options['keep-going'] === true, note })
    note('\nreading what only AWS can say')
    const at = new Date()
    const day = { at, caller, ran, facts: await liveFacts(settings, at) }
    const shared = (text: string) => shareable(text, settings.account, process.env)
    const markdown = shared(firstDayMarkdown(day))
    const file = `${reportsFolder}/first-day-${at.toISOString().slice(0, 19).replaceAll(':', '')}.md`
    mkdirSync(reportsFolder, { recursive: true })
    writeFileSync(file, markdown)
    const { ok, text, json } = firstDayOutcome(day, markdown, file)
    // By value, as a mark of redaction would break the text of JSON.
    const values = (_: string, value: unknown) => (typeof value === 'string' ? shared(value) : value)
    return { ok, text: shared(text), json: JSON.parse(JSON.stringify(json), values), markdown }
  },
})
