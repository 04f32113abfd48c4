// Runs an npm script as it would run by itself, and keeps what it reports for the summary of the job.
import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { error, setOutput, warning } from '@actions/core'
import { mask, secretValues } from './masks.ts'
import { redacted } from './redact.ts'
import { keepStep, type Place, placeFor } from './reports.ts'
import { changesNothing, isWarning, sentenceFor } from './sentences.ts'

/** Answers the script's exit code. With `--json` among the options its JSON is kept, too. */
export async function runReported(script: string, options: readonly string[]): Promise<number> {
  // Before the script can print any of them.
  mask(secretValues(process.env))
  const place = placeFor(script)
  const started = Date.now()
  const exitCode = await run(script, options, place)
  if (readFileSync(place.markdown, 'utf8') === '' && exitCode !== 0) {
    writeFileSync(place.markdown, `### ${script}\n\nIt ended with exit code ${exitCode}. The log has its words.\n`)
  }
  const seconds = Math.round((Date.now() - started) / 1000)
  keepStep({ script, options, exitCode, seconds, markdown: place.markdown })
  const report = readFileSync(place.markdown, 'utf8')
  annotate(script, exitCode, report)
  // Of the deploy's own plan: with no, nobody is asked to approve. Without the file of a runner, setOutput would print a command.
  if (script === 'plan' && process.env.GITHUB_OUTPUT)
    setOutput('changes', exitCode === 0 && changesNothing(report) ? 'no' : 'yes')
  return exitCode
}

/** GitHub shows it on the page of the run: what failed, and what is green and wants something of somebody all the same. */
function annotate(
  script: string,
  exitCode: number,
  report: string,
  { GITHUB_ACTIONS }: NodeJS.ProcessEnv = process.env,
): void {
  if (GITHUB_ACTIONS !== 'true') return
  const sentence = redacted(sentenceFor(script, exitCode, report))
  if (exitCode !== 0) error(sentence, { title: script })
  else if (isWarning(script, report)) warning(sentence, { title: script })
}

async function run(script: string, options: readonly string[], { markdown, json }: Place): Promise<number> {
  const keepsJson = options.includes('--json')
  const child = spawn('npm', ['run', '--silent', script, ...(options.length > 0 ? ['--', ...options] : [])], {
    stdio: ['ignore', keepsJson ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, GITHUB_STEP_SUMMARY: resolve(markdown) },
  })
  const kept = keepsJson ? child.stdout?.pipe(createWriteStream(json)) : undefined
  child.stdout?.on('data', (piece: Buffer) => process.stdout.write(piece))
  const code = await new Promise<number>((done, failed) => {
    child.once('error', failed)
    // A script ended by a signal has no code: 1, as for any other failure.
    child.once('close', (exitCode) => done(exitCode ?? 1))
  })
  if (kept !== undefined) await finished(kept)
  return code
}
