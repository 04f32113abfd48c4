// What it costs: the month of docs/cost.json, post by post, with what is assumed.
import { type Html, html } from '../html.ts'
import { type Post, posts } from '../posts.ts'
import type { Words } from '../words/words.ts'

export function cost({ cost: say, nav }: Words): Html {
  const all = posts()
  const total = all.reduce((sum, post) => sum + dollarsOf(post), 0)
  const rows = all.map(
    (post) => html`<tr><th scope="row">${say.posts[post.what] ?? post.what}</th>
<td class="number">${post.quantity.toLocaleString('en')}</td><td>${post.usd === 0 ? say.free : priceOf(post)}</td>
<td class="number">${shown(dollarsOf(post))}</td></tr>`,
  )
  return html`<p>${say.lead}</p><p>${say.assumptions}</p>
<div class="wide" tabindex="0" role="region" aria-label="${nav['/cost']}"><table>
<thead><tr>${say.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody>
<tfoot><tr><th scope="row" colspan="3">${say.total}</th><td class="number">${shown(total)}</td></tr></tfoot></table></div>`
}

function dollarsOf({ quantity, usd, per }: Post): number {
  return (quantity * usd) / per
}

function priceOf({ usd, per }: Post): string {
  const price = usd < 0.001 ? usd.toFixed(10) : usd.toFixed(4).replace(/0{1,2}$/, '')
  return per === 1 ? `$${price}` : `$${price} / ${per.toLocaleString('en')}`
}

/** Cents where there are any. */
function shown(dollars: number): string {
  return dollars > 0 && dollars < 0.005 ? '< $0.01' : `$${dollars.toFixed(2)}`
}
