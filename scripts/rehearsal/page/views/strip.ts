// The strip on top: one sentence of what just happened and what reached whom.
import type { Notice } from '../actions.ts'
import { titleOf } from '../channels.ts'
import { type Html, html } from '../html.ts'
import type { Journey } from '../journey.ts'
import type { Words } from '../words/words.ts'

export function strip(last: Journey | undefined, notice: Notice | undefined, say: Words): Html {
  if (notice !== undefined) return html`<strong class="bad">${noticeIn(notice, say)}</strong>`
  if (last === undefined) return html`${say.strip.idle}`
  const title = last.about || say.strip.what[last.what]
  return html`<strong>${title}</strong> — ${became(last, say)}`
}

function noticeIn(notice: Notice, { wrong }: Words): string {
  if (notice.is === 'no JSON') return wrong['no JSON'](notice.says)
  if (notice.is === 'missing') return wrong.missing(notice.fields.join(', '))
  if (notice.is === 'unknown') return wrong.unknown(notice.what)
  return wrong[notice.is]
}

function became(last: Journey, { strip: say }: Words): string {
  const { failure, ms, rules, fired, times, what } = last
  if (failure !== '') return say.failed(failure)
  if (ms === undefined) return say.going(fired, times)
  const matched = rules.some(({ why }) => why === '')
  if (!matched && what !== 'window') return say.silent(rules.map(({ rule, why }) => `${rule}: ${why}`).join('; '))
  return whoWasTold(last, ms, say).join(' ')
}

function whoWasTold(last: Journey, ms: number, say: Words['strip']): string[] {
  const { messages, counted, mails, givenUp } = last
  const rang = countedNames(messages.map(({ provider }) => titleOf(provider)))
  const refused = [...new Set(refusals(last).map(titleOf))]
  return [
    rang === '' ? say.nobody : say.rang(rang, ms),
    ...(refused.length > 0 ? [say.refused(refused.join(', '))] : []),
    ...(counted > 0 ? [say.counted(counted)] : []),
    ...(mails.length > 0 ? [say.mail(mails.length)] : []),
    ...(givenUp.length > 0 ? [say.buried(givenUp.map(({ target }) => target).join(', '))] : []),
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
