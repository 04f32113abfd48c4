// What it costs: a month, post by post, with what is assumed.
import { type Html, html } from '../html.ts'
import { month } from '../month.ts'
import type { Words } from '../words/words.ts'

export function cost({ cost: say, nav }: Words): Html {
  const posts = month()
  const total = posts.reduce((sum, { dollars }) => sum + dollars, 0)
  const rows = posts.map(
    ({ what, amount, price, dollars }) =>
      html`<tr><th scope="row">${what}</th><td>${amount}</td><td>${price}</td><td>${shown(dollars)}</td></tr>`,
  )
  return html`<p>${say.lead}</p><p>${say.assumptions}</p>
<div class="wide" tabindex="0" role="region" aria-label="${nav['/cost']}"><table>
<thead><tr>${say.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody>
<tfoot><tr><th scope="row" colspan="3">${say.total}</th><td>${shown(total)}</td></tr></tfoot></table></div>`
}

/** Cents where there are any. */
function shown(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? '< $0.01' : `$${dollars.toFixed(2)}`
}
