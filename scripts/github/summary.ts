// Writes the job's summary from what its commands reported.
import { readFileSync } from 'node:fs'
import { main } from '../lib/command.ts'
import { jobSummary, topSentence } from '../lib/github/job-summary.ts'
import { keptSteps } from '../lib/github/reports.ts'

await main({
  usage: 'npm run github:summary',
  purpose:
    "Writes the job's summary: one sentence, a table of the commands that npm run github:report ran, their reports.",
  details: `JOB_STATUS says how the job went so far: success, failure or cancelled; success when it is not set.
exit code: 0, whatever it tells of`,
  run: async () => {
    const status = process.env.JOB_STATUS || 'success'
    const steps = keptSteps().map((step) => ({ ...step, report: readFileSync(step.markdown, 'utf8') }))
    const markdown = jobSummary(steps, status)
    return { ok: true, text: markdown, json: { sentence: topSentence(steps, status), steps }, markdown }
  },
})
