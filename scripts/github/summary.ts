// Writes the job's summary from what its commands reported.
import { readFileSync } from 'node:fs'
import { main } from '../lib/command.ts'
import { addressOf } from '../lib/doctor/pages.ts'
import { jobSummary, topSentence } from '../lib/github/job-summary.ts'
import { keptSteps } from '../lib/github/reports.ts'

const signInPage = 'docs/trust.md#when-nobody-gets-in'

await main({
  usage: 'npm run github:summary',
  purpose:
    "Writes the job's summary: one sentence, a table of the commands that npm run github:report ran, their reports.",
  details: `JOB_STATUS says how the job went so far: success, failure or cancelled; success when it is not set. INSTALL and SIGN_IN
are the outcomes of the steps that are no command of ours.
exit code: 0, whatever it tells of`,
  run: async () => {
    const job = {
      status: process.env.JOB_STATUS || 'success',
      install: process.env.INSTALL,
      signIn: process.env.SIGN_IN,
      signInPage: addressOf(signInPage, process.env) || signInPage,
    }
    const steps = keptSteps().map((step) => ({ ...step, report: readFileSync(step.markdown, 'utf8') }))
    const markdown = jobSummary(steps, job)
    return { ok: true, text: markdown, json: { sentence: topSentence(steps, job), steps }, markdown }
  },
})
