// The doctor's words, JSON and Markdown. Pure.
import type { Outcome } from '../command.ts'
import type { Diagnosis } from '../doctor/diagnosis.ts'
import { row } from './findings.ts'

export function doctorOutcome(all: readonly Diagnosis[]): Outcome {
  const count = (state: Diagnosis['state']) => all.filter((one) => one.state === state).length
  const headline = `${count('well')} well, ${count('note')} to know, ${count('ill')} to mend`
  return {
    ok: count('ill') === 0,
    text: [...all.map(text), headline].join('\n'),
    json: { ill: count('ill'), diagnoses: all },
    markdown: [
      '### Doctor',
      '',
      headline,
      '',
      '| | | what | why it matters | how to mend it |',
      '|---|---|---|---|---|',
      ...all.map(({ state, area, what, why, mend }) => row([signs[state], area, what, why, mend])),
      '',
    ].join('\n'),
  }
}

const signs = { well: '✓', note: 'i', ill: '✗' } as const satisfies Record<Diagnosis['state'], string>

function text({ state, area, what, why, mend }: Diagnosis): string {
  const line = `${signs[state]} ${area.padEnd(8)} ${what}`
  return state === 'well' ? line : `${line}\n    ${why}\n    → ${mend}`
}
