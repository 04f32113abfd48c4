// The strip on top: one sentence of what just happened and what reached whom.
import type { Notice } from '../actions.ts'
import { titleOf } from '../channels.ts'
import { type Html, html } from '../html.ts'
import type { Journey } from '../journey.ts'
import type { Theatre } from '../theatre.ts'
import { aboutOf, type Words } from '../words/words.ts'

export function strip({ journeys, records, stands: standing }: Theatre, notice: Notice | undefined, say: Words): Html {
  const [last] = journeys
  const stands = standing()
  if (notice !== undefined) return html`<strong class="bad">${noticeIn(notice, say)}</strong>`
  if (last === undefined) return html`${say.strip.idle}${stands ? '' : ` ${say.strip.setting}`}`
  const record = records.find(({ name }) => name === last.name)
  const title = record === undefined ? say.strip.what[last.what] : aboutOf(record, say)
  return html`<strong>${title}</strong> — ${stands || last.ms !== undefined ? became(last, say) : say.strip.waits}`
}

function noticeIn(notice: Notice, { wrong }: Words): string {
  if (notice.is === 'no JSON') return wrong['no JSON'](notice.line, notice.column, notice.found)
  if (notice.is === 'missing') return wrong.missing(notice.fields.join(', '))
  if (notice.is === 'unknown') return wrong.unknown[notice.what]
  return wrong[notice.is]
}

function became(last: Journey, words: Words): string {
  const { strip: say } = words
  const { failure, ms, rules, fired, times, what } = last
  if (failure !== '') return say.failed(failure)
  if (ms === undefined) return say.going(fired, times)
  const matched = rules.some(({ why }) => why === undefined)
  if (!matched && what !== 'window') return say.silent(whyOf(rules, words), Math.max(rules.length - 1, 0))
  return whoWasTold(last, ms, words).join(' ')
}

/** Of all rules, the reason of the one that watches for activity: it is what people ask about. The way tells of each. */
function whyOf(rules: Journey['rules'], { strip, silence }: Words): string {
  const asked = rules.find(({ rule }) => rule.endsWith('-root-activity')) ?? rules[0]
  return asked?.why === undefined ? strip.noRule : `${asked.rule}: ${asked.why(silence)}`
}

function whoWasTold(last: Journey, ms: number, { strip, way }: Words): string[] {
  const { messages, counted, mails, givenUp } = last
  const rang = countedNames(messages.map(({ provider }) => titleOf(provider)))
  const refused = [...new Set(refusals(last).map(titleOf))]
  return [
    rang === '' ? strip.nobody : strip.rang(rang, ms),
    ...(refused.length > 0 ? [strip.refused(refused.join(', '))] : []),
    ...(counted > 0 ? [strip.counted(counted)] : []),
    ...(mails.length > 0 ? [strip.mail(mails.length)] : []),
    ...(givenUp.length > 0
      ? [strip.buried(givenUp.map(({ target }) => way.targets[target] ?? target).join(', '))]
      : []),
  ]
}

/** Channels that were asked and rang nobody. */
function refusals({ calls, messages }: Journey): string[] {
  const rang = messages.map(({ provider }) => provider)
  return calls.map(({ channel }) => channel).filter((channel) => !rang.includes(channel))
}

/** `Telegram ×3, NHN SMS`. */
function countedNames(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ')
}
