// What drift found: the words, the JSON and the Markdown. Pure.
import type { Outcome } from '../command.ts'
import type { Finding } from '../live/stack.ts'
import { differing, findingsMarkdown, findingText, lasting } from './findings.ts'

/** `told`: a sentence about whom an alert reached; '' where none was asked for. */
export function driftOutcome(findings: readonly Finding[], told = ''): Outcome {
  const different = differing(findings)
  const waiting = findings.filter(({ state }) => state === 'waiting')
  const hidden = lasting(findings)
  const unknown = findings.filter((one) => one.state === 'unknown' && !hidden.includes(one))
  const sorted = [...different, ...unknown, ...hidden]
  const headline = headlineOf(different.length, unknown.length, hidden.length)
  const hintsOf = (some: readonly Finding[]) => [...new Set(some.map(({ hint }) => hint))].map((hint) => `- ${hint}`)
  return {
    ok: different.length + unknown.length === 0,
    text: [
      ...[...different, ...unknown].map(findingText),
      headline,
      ...(told === '' ? [] : [told]),
      ...(hidden.length === 0
        ? []
        : ['AWS does not let this account look, so that it fails nothing here:', ...hidden.map(findingText)]),
      ...(waiting.length === 0 ? [] : ['to know, and no drift:', ...waiting.map(findingText)]),
    ].join('\n'),
    json: {
      drift: different.length > 0,
      unknown: unknown.length + hidden.length,
      findings,
      ...(told === '' ? {} : { told }),
    },
    markdown: [
      '### Drift',
      '',
      headline,
      '',
      ...(told === '' ? [] : [told.replaceAll('\n', ' '), '']),
      ...findingsMarkdown(sorted),
      ...hintsOf(sorted),
      '',
      ...(waiting.length === 0
        ? []
        : ['#### Waited for, and no drift', '', ...findingsMarkdown(waiting), ...hintsOf(waiting), '']),
    ].join('\n'),
  }
}

function headlineOf(different: number, unknown: number, hidden: number): string {
  if (hidden > 0) {
    const seen = different + unknown === 0 ? 'no drift was found' : headlineOf(different, unknown, 0)
    return `${seen}, but the state of ${hidden === 1 ? '1 thing' : `${hidden} things`} is not known`
  }
  if (unknown === 0) return different === 0 ? 'no drift: everything is as it was deployed' : counted(different)
  const unseen =
    unknown === 1 ? '1 check failed: its state is unknown' : `${unknown} checks failed: their state is unknown`
  return different === 0 ? `no drift found, but ${unseen}` : `${counted(different)}, and ${unseen}`
}

function counted(number: number): string {
  return number === 1 ? '1 thing is not as it was deployed' : `${number} things are not as they were deployed`
}
