// The left column: the corpus by kind with a search, one button a record; a burst; and a record pasted by hand.

import type { CorpusRecord } from '../../records.ts'
import { type Html, html, nothing, withCode } from '../html.ts'
import type { Language } from '../languages.ts'
import { aboutOf, type Words } from '../words/words.ts'

export function records(all: readonly CorpusRecord[], say: Words, language: Language, search: string): Html {
  const wanted = search.trim().toLowerCase()
  const found = all.filter((record) => textOf(record, say).includes(wanted))
  const groups = Object.keys(say.kinds).map((kind) => group(kind, found, wanted !== '', say))
  return html`
<form action="/" method="get" role="search" class="search">
<input type="hidden" name="lang" value="${language}">
<label for="q">${say.search}</label>
<input type="search" id="q" name="q" value="${search}">
<button class="plain">${say.searchButton}</button>
</form>
<form action="/burst" method="post" class="burst" data-fires>
<input type="hidden" name="lang" value="${language}">
<button id="burst">${say.burst}</button> <small>${say.burstHelp}</small>
</form>
<form action="/fire" method="post" class="list" data-fires>
<input type="hidden" name="lang" value="${language}">
<label class="check"><input type="checkbox" name="afresh" checked> ${say.afresh}</label>
<div id="records">${groups}</div>
${found.length === 0 ? html`<p>${say.noneFound}</p>` : nothing}
<small>${say.labelsMean}</small>
</form>
<form action="/paste" method="post" class="paste" data-fires>
<input type="hidden" name="lang" value="${language}">
<input type="hidden" name="afresh" value="on">
<label for="event">${say.paste}</label>
<small id="event-help">${say.pasteHelp}</small>
<textarea id="event" name="event" rows="2" spellcheck="false" aria-describedby="event-help"></textarea>
<button>${say.pasteButton}</button>
</form>`
}

function group(kind: string, found: readonly CorpusRecord[], open: boolean, say: Words): Html {
  const mine = found.filter((record) => record.kind === kind)
  if (mine.length === 0) return nothing
  const content = html`<summary>${say.kinds[kind] ?? kind} <small>${mine.length}</small></summary>
<ul>${mine.map((record) => row(record, say))}</ul>`
  const unfolded = open || kind === 'console-login'
  return unfolded ? html`<details open>${content}</details>` : html`<details>${content}</details>`
}

function row(record: CorpusRecord, say: Words): Html {
  const { name, label } = record
  return html`<li data-text="${textOf(record, say)}"><button name="record" value="${name}">${withCode(aboutOf(record, say))}</button>
<span class="label ${label}">${say.labels[label]}</span></li>`
}

/** What the search looks through; the client's script looks through the same. */
function textOf(record: CorpusRecord, say: Words): string {
  const { name, about, kind, event } = record
  const { eventName = '', eventSource = '' } = (event.detail ?? {}) as { eventName?: string; eventSource?: string }
  return `${name} ${about} ${aboutOf(record, say)} ${kind} ${say.kinds[kind] ?? ''} ${eventName} ${eventSource}`.toLowerCase()
}
