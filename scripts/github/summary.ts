// Writes the job's summary from what its commands reported.
import { main } from '../lib/command.ts'
import { jobSummary, topSentence } from '../lib/github/job-summary.ts'
import { keptReports } from '../lib/github/reports.ts'
import { jobOf } from '../lib/github/workflow-run.ts'

await main({
  usage: 'npm run github:summary',
  purpose:
    "Writes the job's summary: one sentence, a table of the commands that npm run github:report ran, their reports.",
  details: `JOB_STATUS says how the job went so far: success, failure or cancelled; success when it is not set. INSTALL and SIGN_IN
are the outcomes of the steps that are no command of ours.
exit code: 0, whatever it tells of`,
  run: async () => {
    const job = jobOf(process.env)
    const steps = keptReports()
    const markdown = jobSummary(steps, job)
    return { ok: true, text: markdown, json: { sentence: topSentence(steps, job), steps }, markdown }
  },
})
