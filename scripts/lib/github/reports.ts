// What the commands of a job reported, kept in a folder until the job's summary is written from it: for each command its
// Markdown, with --json its JSON, and a line in steps.jsonl.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as v from 'valibot'

/** In the folder a command is run in; git ignores it. */
export const reportsFolder = 'reports'

export interface Step {
  /** The npm script. */
  readonly script: string
  /** As typed. */
  readonly options: readonly string[]
  readonly exitCode: number
  readonly seconds: number
  /** The file of its Markdown. */
  readonly markdown: string
}

export interface Place {
  readonly markdown: string
  readonly json: string
}

/** Makes room for the report of a script: `reports/plan.md`, and `reports/drill-2.md` when it runs a second time. */
export function placeFor(script: string): Place {
  mkdirSync(reportsFolder, { recursive: true })
  const base = `${reportsFolder}/${script.replaceAll(':', '-')}`
  const name = [base, ...Array.from({ length: 98 }, (_, index) => `${base}-${index + 2}`)].find(
    (candidate) => !existsSync(`${candidate}.md`),
  )
  if (name === undefined) throw new Error(`${base}-99.md is there: remove the folder ${reportsFolder}`)
  // The commands append to it, as to the summary of a step on GitHub, which is there before they start.
  writeFileSync(`${name}.md`, '')
  return { markdown: `${name}.md`, json: `${name}.json` }
}

export function keepStep(step: Step): void {
  appendFileSync(stepsFile, `${JSON.stringify(step)}\n`)
}

export function keptSteps(): readonly Step[] {
  if (!existsSync(stepsFile)) return []
  const lines = readFileSync(stepsFile, 'utf8').trimEnd().split('\n')
  return lines.map((line) => v.parse(stepSchema, JSON.parse(line)))
}

/** The steps with what each reported. */
export function keptReports(): readonly (Step & { readonly report: string })[] {
  return keptSteps().map((step) => ({ ...step, report: readFileSync(step.markdown, 'utf8') }))
}

const stepsFile = `${reportsFolder}/steps.jsonl`

const stepSchema = v.object({
  script: v.string(),
  options: v.array(v.string()),
  exitCode: v.number(),
  seconds: v.number(),
  markdown: v.string(),
}) satisfies v.GenericSchema<unknown, Step>
