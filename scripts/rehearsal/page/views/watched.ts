// What is watched: how each kind of activity fares with the rules of the templates, from each Region, and the rules themselves.
import { type Html, html, when } from '../html.ts'
import { type Row, type Rule, type Share, type Watched, type Watching, ways } from '../watching.ts'
import type { Words } from '../words/words.ts'

export function watched({ rules, rows, regions, relayRegions }: Watching, say: Words): Html {
  const { watched: words } = say
  const relays = relayRegions === 'all-enabled' ? words.allEnabled : relayRegions.join(', ')
  const titleOf = (region: Watched) => (region === 'relayRegions' ? relays : region)
  const above = regions.map((region) => html`<th scope="colgroup" colspan="2">${titleOf(region)}</th>`)
  const below = regions.map(() => html`${words.ways.map((way) => html`<th scope="col">${way}</th>`)}`)
  const body = Object.keys(say.kinds).flatMap((kind) => {
    const row = rows.find((one) => one.kind === kind)
    return row === undefined ? [] : [html`${line(row, regions, say)}`]
  })
  return html`<p>${words.lead} ${words.regions}</p>
${when(relayRegions.length === 0, () => html`<p>${words.noRelays(regions.join(', '))}</p>`)}${words.notes.map((note) => html`<p>${note}</p>`)}
<div class="wide" tabindex="0" role="region" aria-label="${say.nav['/watched']}"><table class="watched">
<thead><tr><th scope="col" rowspan="2">${words.kind}</th>
${words.columns.map((column) => html`<th scope="col" rowspan="2">${column}</th>`)}${above}</tr><tr>${below}</tr></thead>
<tbody>${body}</tbody></table></div>
<h2>${words.rules}</h2>${rules.map((rule) => described(rule, titleOf(rule.region), say))}`
}

function line({ kind, told: { alert, silent, decide }, reach }: Row, regions: readonly Watched[], say: Words): Html {
  const { watched: words } = say
  const quiet = { count: silent.all - silent.count, all: silent.all }
  const ticks = regions.map((region) => html`${ways.map((way) => tick(reach[region][way], words))}`)
  return html`<tr><th scope="row">${say.kinds[kind] ?? kind}</th>${counted(alert, words)}${counted(quiet, words)}
<td class="quiet">${decide.all === 0 ? words.none : words.of(decide.count, decide.all)}</td>${ticks}</tr>`
}

function counted({ count, all }: Share, say: Words['watched']): Html {
  if (all === 0) return html`<td class="quiet">${say.none}</td>`
  return html`<td class="${count === all ? 'good' : 'bad'}">${say.of(count, all)}</td>`
}

function tick({ count, all }: Share, say: Words['watched']): Html {
  if (all === 0 || count === 0) return html`<td class="quiet">${say.none}</td>`
  return html`<td class="good">${count === all ? say.yes : say.of(count, all)}</td>`
}

function described({ name, state, targets, pattern }: Rule, region: string, { watched: say, way }: Words): Html {
  const to = targets.map((target) => way.targets[target] ?? target).join(', ')
  const about = html`<code>${name}</code> <small>${region} → ${to}</small>`
  if (pattern === '') return html`<p class="rule">${about} <small>(${say.scheduled})</small></p>`
  const indented = JSON.stringify(JSON.parse(pattern), undefined, 1)
  return html`<details class="rule"><summary>${about}</summary><p><code>${state}</code></p><pre>${indented}</pre></details>`
}
