// What a deploy creates: every resource of the generated templates, by Region.
import { type Html, html } from '../html.ts'
import { type GeneratedTemplate, generatedTemplates, type Resource } from '../templates.ts'
import type { Words } from '../words/words.ts'

export function resources(say: Words): Html {
  return html`<p>${say.resources.lead}</p>${generatedTemplates().map((template) => section(template, say))}`
}

function section({ file, region, resources: all }: GeneratedTemplate, { resources: say }: Words): Html {
  const title = region === 'relayRegions' ? html`<code>relayRegions</code>` : html`${region}`
  const rows = all.toSorted((one, other) => one.type.localeCompare(other.type)).map(row)
  return html`<h2>${title}</h2><p>${say.template(file, all.length)}</p>
<div class="wide" tabindex="0" role="region" aria-label="${region}"><table>
<thead><tr>${say.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function row({ id, type, name }: Resource): Html {
  return html`<tr><th scope="row">${name === '' ? id : name}</th><td><code>${type}</code></td></tr>`
}
