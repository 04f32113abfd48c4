// The doctor's words, JSON and Markdown. Pure.
import type { Outcome } from '../command.ts'
import type { Diagnosis } from '../doctor/diagnosis.ts'
import { addressOf, pageOf } from '../doctor/pages.ts'
import { row } from './findings.ts'

/** `environment` is a workflow's, by which its summary links the pages. */
export function doctorOutcome(
  all: readonly Diagnosis[],
  environment: Readonly<Record<string, string | undefined>>,
): Outcome {
  const count = (state: Diagnosis['state']) => all.filter((one) => one.state === state).length
  const headline = `${count('well')} well, ${count('note')} to know, ${count('ill')} to mend`
  return {
    ok: count('ill') === 0,
    text: [...all.map(text), headline].join('\n'),
    json: {
      ill: count('ill'),
      diagnoses: all.map((one) => ({ ...one, ...(isFine(one) ? {} : { page: pageOf[one.area] }) })),
    },
    markdown: [
      '### Doctor',
      '',
      headline,
      '',
      '| | | what | why it matters | how to mend it |',
      '|---|---|---|---|---|',
      ...all.map((one) => row([signs[one.state], linked(one, environment), one.what, one.why, one.mend])),
      '',
    ].join('\n'),
  }
}

const signs = { well: '✓', note: 'i', ill: '✗' } as const satisfies Record<Diagnosis['state'], string>

function text(one: Diagnosis): string {
  const { state, area, what, why, mend } = one
  const line = `${signs[state]} ${area.padEnd(8)} ${what}`
  const page = pageOf[area] === undefined ? '' : ` (${pageOf[area]})`
  return isFine(one) ? line : `${line}\n    ${why}\n    → ${mend}${page}`
}

function linked(one: Diagnosis, environment: Readonly<Record<string, string | undefined>>): string {
  const address = isFine(one) ? '' : addressOf(pageOf[one.area], environment)
  return address === '' ? one.area : `[${one.area}](${address})`
}

function isFine({ state }: Diagnosis): boolean {
  return state === 'well'
}
