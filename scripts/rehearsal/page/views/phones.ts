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
  const quiet = unused.map((name) => html`<li>${titleOfPhone(name)}: ${say.phones.notRouted}</li>`)
  return html`${used.map((name) => phone(name, of(name), journeys[0]?.messages ?? [], say))}
${mail(mails, say)}
${when(quiet.length > 0, () => html`<ul class="quiet">${quiet}</ul>`)}
<form action="/clear" method="post"><input type="hidden" name="lang" value="${language}"><button id="clear" class="plain">${say.clear}</button></form>`
}

function phone(name: string, messages: readonly Message[], fresh: readonly Message[], say: Words): Html {
  const { phones: words } = say
  // What just rang, or what rang last; the rest is there to unfold.
  const shown = messages.filter((message, index) => index === 0 || (index < mostShown && fresh.includes(message)))
  const older = messages.filter((message) => !shown.includes(message))
  return html`<article class="phone" data-phone="${name}"><h3>${titleOfPhone(name)} <small>${messages.length}</small></h3>
${messages.length === 0 ? html`<p class="quiet">${words.idle}</p>` : html`${shown.map((message) => bubble(message, fresh.includes(message), say))}`}
${when(older.length > 0, () => html`<details id="older-${name}"><summary>${words.more(older.length)}</summary>${older.map((message) => bubble(message, false, say))}</details>`)}</article>`
}

function bubble({ provider, recipient, text, bytes, kind }: Message, fresh: boolean, { phones: say }: Words): Html {
  const count = bytes === undefined || kind === undefined ? [] : [say.bytes(kind, bytes, mostBytes[kind])]
  // It is Korean whatever `locale` says, since that is what was registered.
  const approved = provider.endsWith('alimtalk') ? [say.approved] : []
  const about = [recipient, ...count, ...approved].join(' · ')
  return html`<div class="bubble ${fresh ? 'fresh' : ''}"><small>${about}</small><p>${text}</p></div>`
}

function mail(mails: readonly string[], { phones: say }: Words): Html {
  const [last] = mails
  const text = (last ?? '').replace(/^"|"$/gm, '')
  return html`<article class="phone" data-phone="email"><h3>${say.mail} <small>${mails.length}</small></h3>
${last === undefined ? html`<p class="quiet">${say.idle}</p>` : html`<div class="bubble" lang="en"><p>${text}</p></div>`}
${when(mails.length > 1, () => html`<p class="quiet">${say.more(mails.length - 1)}</p>`)}</article>`
}

function titleOfPhone(name: string): string {
  return (channelTitles as Readonly<Record<string, string>>)[name] ?? name
}
