// The right column: what rang, as each phone or chat shows it; and the e-mail.

import { type Message, mostBytes } from '../../providers/provider.ts'
import { channelTitles } from '../channels.ts'
import { type Html, html, when } from '../html.ts'
import type { Language } from '../languages.ts'
import type { Theatre } from '../theatre.ts'
import type { Words } from '../words/words.ts'

const mostShown = 4

export function phones({ rang, journeys, settings }: Theatre, say: Words, language: Language): Html {
  const routed = Object.values(settings.routes).flat() as readonly string[]
  const names = Object.keys(channelTitles)
  const [used, unused] = [names.filter((name) => routed.includes(name)), names.filter((name) => !routed.includes(name))]
  const of = (name: string) => rang().filter(({ provider }) => provider === name)
  const mails = journeys.flatMap((journey) => journey.mails.toReversed())
  const quiet = unused.map(titleOfPhone).join(', ')
  return html`${used.map((name) => phone(name, of(name), journeys[0]?.messages ?? [], say))}
${mail(mails, say)}
${when(quiet !== '', () => html`<p class="quiet">${say.phones.notRouted(quiet)}</p>`)}
<form action="/clear" method="post"><input type="hidden" name="lang" value="${language}"><button id="clear" class="plain">${say.clear}</button></form>`
}

function phone(name: string, messages: readonly Message[], fresh: readonly Message[], say: Words): Html {
  const { phones: words } = say
  // What just rang, or what rang last; the rest is there to unfold.
  const shown = messages.filter((message, index) => index === 0 || (index < mostShown && fresh.includes(message)))
  const older = messages.filter((message) => !shown.includes(message))
  return html`<article class="phone" data-phone="${name}"><h3>${titleOfPhone(name)} <small>${messages.length}</small></h3>
${messages.length === 0 ? html`<p class="quiet">${words.idle}</p>` : html`${shown.map((message, index) => bubble(message, fresh.includes(message), index, say))}`}
${when(older.length > 0, () => html`<details id="older-${name}"><summary>${words.more(older.length)}</summary>${older.map((message, index) => bubble(message, false, shown.length + index, say))}</details>`)}</article>`
}

function bubble(message: Message, fresh: boolean, index: number, say: Words): Html {
  const { provider, recipient, text, bytes, kind } = message
  const { phones: words } = say
  const count = bytes === undefined || kind === undefined ? [] : [words.bytes(kind, bytes, mostBytes[kind])]
  // It is Korean whatever `locale` says, since that is what was registered.
  const approved = provider.endsWith('alimtalk') ? [words.approved] : []
  const about = [recipient, ...count, ...approved].join(' · ')
  return html`<div class="bubble ${fresh ? 'fresh' : ''}"><small>${about}</small>${clamped(text, 5, `rest-${provider}-${index}`, say)}</div>`
}

function mail(mails: readonly string[], say: Words): Html {
  const { phones: words } = say
  const [last] = mails
  const text = (last ?? '').replace(/^"|"$/gm, '')
  return html`<article class="phone" data-phone="email"><h3>${words.mail} <small>${mails.length}</small></h3>
${last === undefined ? html`<p class="quiet">${words.idle}</p>` : html`<div class="bubble" lang="en">${clamped(text, 3, 'rest-email', say)}</div>`}
${when(mails.length > 1, () => html`<p class="quiet">${words.more(mails.length - 1)}</p>`)}</article>`
}

/** As many lines as leave room for the other phones, and the rest to unfold; for a line or two that is not worth it. */
function clamped(text: string, linesShown: number, id: string, { phones: say }: Words): Html {
  const lines = text.trimEnd().split('\n')
  if (lines.length <= linesShown + 2) return html`<p>${text}</p>`
  const [first, rest] = [lines.slice(0, linesShown), lines.slice(linesShown)]
  return html`<p>${first.join('\n').trimEnd()}</p><details id="${id}"><summary>${say.moreLines(rest.length)}</summary><p>${rest.join('\n')}</p></details>`
}

function titleOfPhone(name: string): string {
  return (channelTitles as Readonly<Record<string, string>>)[name] ?? name
}
