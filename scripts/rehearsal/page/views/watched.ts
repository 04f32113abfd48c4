// What is watched: kinds of activity against the rules of the templates, and the rules themselves.
import { type Html, html } from '../html.ts'
import type { Watching } from '../watching.ts'
import type { Words } from '../words/words.ts'

export function watched({ rules, rows, relayRegions }: Watching, say: Words): Html {
  const { watched: words } = say
  const patterned = rules.filter(({ pattern }) => pattern !== '')
  const heads = patterned.map(
    ({ name, region }) => html`<th scope="col"><code>${name}</code><br><small>${region}</small></th>`,
  )
  const body = Object.keys(say.kinds).flatMap((kind) => {
    const row = rows.find((one) => one.kind === kind)
    if (row === undefined) return []
    const cells = row.taken.map(
      (count) => html`<td class="${count > 0 ? 'good' : 'quiet'}">${count > 0 ? count : '–'}</td>`,
    )
    return [html`<tr><th scope="row">${say.kinds[kind] ?? kind}</th><td>${row.records}</td>${cells}</tr>`]
  })
  const about = rules.map(
    ({ name, region, state, targets, pattern }) => html`<tr><th scope="row"><code>${name}</code></th><td>${region}</td>
<td><code>${state}</code></td><td>${targets.join(', ')}</td>
<td>${pattern === '' ? words.scheduled : html`<code>${pattern}</code>`}</td></tr>`,
  )
  return html`<p>${words.lead}</p>
<p>${words.relayed}: ${['ap-northeast-2', ...[relayRegions].flat()].join(', ')}</p>
<div class="wide" tabindex="0" role="region" aria-label="${say.nav['/watched']}"><table>
<thead><tr><th scope="col">${words.kind}</th><th scope="col">${words.records}</th>${heads}</tr></thead><tbody>${body}</tbody></table></div>
<h2>${words.rules}</h2>
<div class="wide" tabindex="0" role="region" aria-label="${words.rules}"><table>
<thead><tr>${words.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${about}</tbody></table></div>`
}
