// The frame of every page: head, navigation, language; and the three columns of the stage.
import { type Html, html } from '../html.ts'
import { type Language, languages } from '../languages.ts'
import type { Words } from '../words/words.ts'

export const layout = { stage, page }

interface Parts {
  readonly left: Html
  readonly strip: Html
  readonly way: Html
  readonly phones: Html
  readonly switches: Html
}

function stage({ left, strip, way, phones, switches }: Parts, say: Words, language: Language): Html {
  const { headings } = say
  const columns = html`
<a class="skip" href="#strip">${say.skip}</a>
<p id="strip" role="status" tabindex="-1">${strip}</p>
<section class="faults" aria-labelledby="h-switches"><h2 id="h-switches">${headings.switches}</h2>
<small>${say.switches.help}</small><div id="switches" tabindex="-1">${switches}</div></section>
<div class="columns">
<section class="fire" aria-labelledby="h-fire"><h2 id="h-fire">${headings.fire}</h2>${left}</section>
<section class="went" aria-labelledby="h-way" tabindex="0"><h2 id="h-way">${headings.way}</h2><div id="way" tabindex="-1">${way}</div></section>
<section class="rang" aria-labelledby="h-phones" tabindex="0"><h2 id="h-phones">${headings.phones}</h2><div id="phones" tabindex="-1">${phones}</div></section>
</div>`
  return page('/', columns, say, language)
}

function page(path: string, content: Html, say: Words, language: Language): Html {
  const links = Object.entries(say.nav).map(([to, name]) =>
    to === path
      ? html`<a href="${to}?lang=${language}" aria-current="page">${name}</a>`
      : html`<a href="${to}?lang=${language}">${name}</a>`,
  )
  const choices = Object.entries(languages).map(([one, name]) =>
    one === language
      ? html`<a href="${path}?lang=${one}" lang="${one}" aria-current="true">${name}</a>`
      : html`<a href="${path}?lang=${one}" lang="${one}">${name}</a>`,
  )
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
<script src="/client.js" type="module"></script>
</head>
<body class="${path === '/' ? 'stage' : ''}" data-gone="${say.gone}">
<header>
<h1>${say.title}</h1>
<nav aria-label="${say.title}">${links}</nav>
<nav aria-label="${say.language}">${choices}</nav>
<p class="lead">${say.lead}</p>
</header>
<main>${content}</main>
</body>
</html>
`
}
