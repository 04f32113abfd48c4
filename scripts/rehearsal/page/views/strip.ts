// The strip on top: one sentence of what just happened and what reached whom, with a word and a colour for how it came out.
import { askedAbout } from '../../why-silent.ts'
import type { Notice } from '../actions.ts'
import { titleOf } from '../channels.ts'
import { type Html, html, withCode } from '../html.ts'
import type { Journey } from '../journey.ts'
import { notRung, type Outcome, outcomeOf, rangWithin, recordsKept } from '../outcome.ts'
import type { Theatre } from '../theatre.ts'
import { aboutOf, type Words } from '../words/words.ts'

export function strip({ journeys, records, stands: standing }: Theatre, notice: Notice | undefined, say: Words): Html {
  const [last] = journeys
  const stands = standing()
  if (notice !== undefined) return html`<strong class="outcome failed">✕ ${noticeIn(notice, say)}</strong>`
  if (last === undefined) return html`${say.strip.idle}${stands ? '' : ` ${say.strip.setting}`}`
  const record = records.find(({ name }) => name === last.name)
  const title = record === undefined ? say.strip.what[last.what] : aboutOf(record, say)
  const outcome = outcomeOf(last, record?.label)
  const sentence = stands || last.ms !== undefined ? became(last, outcome, say) : say.strip.waits
  return html`<b class="outcome ${outcome}">${say.strip.outcomes[outcome]}</b> <strong>${withCode(title)}</strong> — ${withCode(sentence)}`
}

function noticeIn(notice: Notice, { wrong }: Words): string {
  if (notice.is === 'no JSON') return wrong['no JSON'](notice.line, notice.column, notice.found)
  if (notice.is === 'missing') return wrong.missing(notice.fields.join(', '))
  if (notice.is === 'unknown') return wrong.unknown[notice.what]
  return wrong[notice.is]
}

function became(last: Journey, outcome: Outcome, words: Words): string {
  const { strip: say } = words
  const { failure, ms, rules, fired, times, what } = last
  if (outcome === 'failed') return say.failed(failure)
  if (ms === undefined) return say.going(fired, times)
  const matched = rules.some(({ why }) => why === undefined)
  if (!matched && what !== 'window') return say.silent(askedAbout(rules)?.why?.nearest(words.silence) ?? say.noRule)
  if (what === 'window' && last.digested === 0) return say.noDigest
  if (outcome === 'checked') return say.checked
  return whoWasTold(last, words).join(' ')
}

function whoWasTold(last: Journey, { strip, way }: Words): string[] {
  const { messages, counted, mails, givenUp, digested } = last
  const rang = countedNames(messages.map(({ provider }) => titleOf(provider)))
  const { refused, unanswered } = notRung(last)
  const names = (channels: readonly string[]) => channels.map(titleOf).join(', ')
  return [
    ...(digested > 0 ? [strip.digest(digested)] : []),
    rang === '' ? (counted > 0 ? '' : strip.nobody) : strip.rang(rang, rangWithin(last)),
    ...(refused.length > 0 ? [strip.refused(names(refused))] : []),
    ...(unanswered.length > 0 ? [strip.unanswered(names(unanswered))] : []),
    ...(counted > 0 ? [strip.counted(counted)] : []),
    ...(mails.length > 0 ? [strip.mail(mails.length)] : []),
    ...(recordsKept(last) ? [] : [strip.unkept]),
    ...(givenUp.length > 0
      ? [strip.buried(givenUp.map(({ target }) => way.targets[target] ?? target).join(', '))]
      : []),
  ].filter(Boolean)
}

/** `Telegram ×3, NHN SMS`. */
function countedNames(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ')
}
