// The middle column: the way of what was fired last, station by station.
import type { Settings } from '../../../../templates-src/config/schema.ts'
import type { Attempt } from '../../targets.ts'
import { askedAbout } from '../../why-silent.ts'
import { titleOf } from '../channels.ts'
import { type Html, html, nothing, when } from '../html.ts'
import { answerOf, type Delivered, type Journey } from '../journey.ts'
import type { Language } from '../languages.ts'
import type { Memory } from '../memory.ts'
import { onlyChecks } from '../outcome.ts'
import type { Theatre } from '../theatre.ts'
import type { Words } from '../words/words.ts'

export function way({ journeys, settings, memory }: Theatre, say: Words, language: Language): Html {
  const last = journeys[0]
  const stations = last === undefined ? nothing : html`${passed(last, settings, say)}${swept(last, say)}`
  return html`${when(last === undefined, () => html`<p class="quiet">${say.way.idle}</p>`)}
<dl class="way">${stations}${windows(memory(), settings, say, language)}
${station(say.way.deadLetters, deadLetters(journeys, say))}</dl>`
}

function station(name: string, content: Html): Html {
  return html`<dt>${name}</dt><dd>${content}</dd>`
}

function passed(last: Journey, settings: Settings, say: Words): Html {
  if (last.what === 'window') return nothing
  // As the words have them, whichever answered first.
  const order = Object.keys(say.way.targets)
  const targets = [...new Set(last.attempts.map(({ target }) => target))].sort(
    (one, other) => order.indexOf(one) - order.indexOf(other),
  )
  const matched = last.rules.filter(({ why }) => why === undefined)
  return html`${when(matched.length > 0, () => station(say.way.relay, relay(last.region, settings, say)))}
${when(last.rules.length > 0, () => station(say.way.rule, rules(matched, last.rules, say)))}
${targets.map((target) => station(say.way.targets[target] ?? target, attemptsAt(target, last, say)))}
${calls(last, say)}`
}

/** Where one rule took it, why the others did not is there to unfold; where none did, it is what people want to know. */
function rules(matched: Journey['rules'], all: Journey['rules'], { way: say, silence }: Words): Html {
  const asked = askedAbout(all)
  const others = [...all.filter((one) => one === asked), ...all.filter((one) => one !== asked)].flatMap(
    ({ rule, why }) =>
      why === undefined ? [] : [html`<p class="quiet"><code>${rule}</code> ${say.silent} ${why.all(silence)}</p>`],
  )
  if (matched.length === 0) return html`${others}`
  const taken = matched.map(({ rule }) => html`<p class="good"><code>${rule}</code> ${say.matched}</p>`)
  return html`${taken}${when(others.length > 0, () => html`<details id="other-rules"><summary>${say.others(others.length)}</summary>${others}</details>`)}`
}

/** What providers answered, one line a request; the function's own verdict of it is in the table above. */
function calls(last: Journey, { way: say }: Words): Html {
  const { calls: all, messages } = last
  const quiet = onlyChecks(last)
  if (all.length === 0) return nothing
  const rows = all.map(({ channel, request: { status, ms } }) => {
    const answer = typeof status === 'number' ? String(status) : say.unanswered[status]
    const rang = quiet || messages.some(({ provider }) => provider === channel)
    const yes = typeof status === 'number' && status < 300
    const no = yes && !rang ? ` (${say.saysNo})` : ''
    return html`<li class="${yes && rang ? '' : 'bad'}">${titleOf(channel)}: <b>${answer}</b>${no}${ms === undefined ? '' : `, ${ms} ms`}</li>`
  })
  return station(say.providers, html`<ul class="calls">${rows}</ul>`)
}

/** The emulator has one Region; what the way between Regions is in AWS stands in words. */
function relay(region: string, { relayRegions }: Settings, { way: say }: Words): Html {
  if (region === 'us-east-1' || region === '') return html`${say.relays.home}`
  const relays = ['ap-northeast-2', ...[relayRegions].flat()]
  return relays.includes(region) || relayRegions === 'all-enabled'
    ? html`${say.relays.relayed(region)}`
    : html`${say.relays.missing(region)}`
}

function attemptsAt(target: string, { attempts }: Journey, say: Words): Html {
  const mine = attempts.filter((one) => one.target === target).map(({ attempt }) => attempt)
  const rows = alike(mine).map(({ first, number, more }) => {
    const { status, ms, body } = first
    const arrived = typeof status === 'number' && status < 300
    const shown = typeof status === 'number' ? String(status) : say.way.statuses[status]
    return html`<p class="${arrived ? 'good' : 'bad'}">${say.way.attempt(number)}: <b>${shown}</b>, ${ms} ms</p>
${target === 'email' ? nothing : answered(body, say)}
${when(more.length > 0, () => html`<p class="bad">${say.way.more(more.length, more.map((one) => one.ms).join(', '))}</p>`)}`
  })
  return html`${rows}${when(mine.length > 1, () => html`<p class="quiet">${say.way.day}</p>`)}`
}

interface Alike {
  readonly first: Attempt
  /** Which try it was, from 1. */
  readonly number: number
  /** Those right after it that came to the same. */
  readonly more: Attempt[]
}

function alike(attempts: readonly Attempt[]): readonly Alike[] {
  const groups: Alike[] = []
  for (const [index, attempt] of attempts.entries()) {
    const group = groups.at(-1)
    if (group !== undefined && attempt.status !== 200 && came(group.first) === came(attempt)) group.more.push(attempt)
    else groups.push({ first: attempt, number: index + 1, more: [] })
  }
  return groups
}

/** What an attempt came to, but for how long it took and the ids that providers gave. */
function came({ status, body }: Attempt): string {
  const { deliveries, claimed, held, error } = answerOf(body)
  const outcomes = deliveries?.map(({ ms, code, reason, ...rest }) => [rest, reason.replace(/\d+ ms/g, '')])
  return JSON.stringify([status, outcomes, claimed, held, error])
}

function answered(body: string, say: Words): Html {
  const { deliveries, counted, claimed, held, error, records } = answerOf(body)
  if (counted !== undefined) return html`<p>${say.way.counted}</p>`
  const words = claimed ?? held ?? error
  if (words !== undefined) return html`<p lang="en">${words}</p>`
  if (deliveries === undefined) return nothing
  const headings = say.way.columns.map((column) => html`<th scope="col">${column}</th>`)
  const unkept = records !== undefined && records !== 'kept'
  return html`<div class="wide" tabindex="0" role="region" aria-label="${say.way.deliveries}"><table>
<thead><tr>${headings}</tr></thead><tbody>${deliveries.map((one) => row(one, say))}</tbody></table></div>
${when(unkept, () => html`<p class="bad">${say.way.records}: ${say.way.unkept(records ?? '')}</p>`)}`
}

function row({ route, channel, outcome, code, reason, ms, tries, earlier }: Delivered, { way: say }: Words): Html {
  const words = earlier ? say.earlier : [say.outcomes[outcome] ?? outcome, say.tries(tries)].filter(Boolean).join(', ')
  const why = when(reason !== '' && !earlier, () => html`<br><small lang="en">${reason}</small>`)
  return html`<tr class="${outcome === 'accepted' ? 'good' : 'bad'}"><td>${route}</td><td>${titleOf(channel)}</td>
<td>${words}${when(code !== '' && !earlier, () => html` <code>${code}</code>`)}${why}</td><td>${ms}</td></tr>`
}

function swept({ swept: answers }: Journey, { way: say }: Words): Html {
  const folded = html`<details id="swept"><summary>${say.sweptAnswer}</summary><pre lang="en">${answers}</pre></details>`
  return when(answers !== '', () => station(say.swept, html`<p>${say.sweptHelp}</p>${folded}`))
}

function windows({ deliveries, windows: open }: Memory, { timeZone }: Settings, say: Words, language: Language): Html {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23', timeZone })
  const rows = open.map(
    ({ name, counted, closes }) => html`<p>${say.way.window(named(name, say), counted, time.format(closes))}</p>`,
  )
  const button = html`<form action="/close-windows" method="post" data-fires><input type="hidden" name="lang" value="${language}">
<button id="close-windows">${say.closeWindows}</button></form>`
  return html`${station(say.way.records, html`${say.way.kept(deliveries)}`)}
${station(say.way.windows, open.length === 0 ? html`${say.way.noWindows}` : html`${rows}${button}`)}`
}

/** The names are those of handlers/notifier/loudness.ts: some of their own, or a kind and what of it. */
function named(name: string, { kinds, way: { gathered } }: Words): string {
  const [kind = '', ...rest] = name.split(' ')
  const of = rest.map((word) => gathered[word] ?? word)
  return gathered[name] ?? [kinds[kind] ?? kind, ...of].join(' ')
}

function deadLetters(journeys: readonly Journey[], { way: say }: Words): Html {
  const all = journeys.flatMap(({ givenUp }) => givenUp)
  if (all.length === 0) return html`${say.noDeadLetters}`
  return html`${all.map(({ target, deadLetters: queue }) => html`<p class="bad">${say.targets[target] ?? target} → <code>${queue}</code></p>`)}`
}
