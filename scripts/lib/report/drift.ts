// What drift found: the words, the JSON and the Markdown. Pure.
import type { Outcome } from '../command.ts'
import type { Finding } from '../live/stack.ts'
import { differing, findingsMarkdown, findingText } from './findings.ts'

export function driftOutcome(findings: readonly Finding[]): Outcome {
  const different = differing(findings)
  const waiting = findings.filter(({ state }) => state === 'waiting')
  const headline = different.length === 0 ? 'no drift: everything is as it was deployed' : counted(different.length)
  const hints = [...new Set(findings.map(({ hint }) => hint))]
  return {
    ok: different.length === 0,
    text: [...different, ...waiting].map(findingText).concat(headline).join('\n'),
    json: { drift: different.length > 0, findings },
    markdown: [
      '### Drift',
      '',
      headline,
      '',
      ...findingsMarkdown([...different, ...waiting]),
      ...hints.map((hint) => `- ${hint}`),
      '',
    ].join('\n'),
  }
}

function counted(number: number): string {
  return number === 1 ? '1 thing is not as it was deployed' : `${number} things are not as they were deployed`
}
