// What a deploy creates: every resource of the generated templates, by Region; and which of it does not stand on the stage.
import type { Settings } from '../../../../templates-src/config/schema.ts'
import { checksOf, isStaged, type Reason, unplayed } from '../../played.ts'
import { type Html, html, when } from '../html.ts'
import { type GeneratedTemplate, generatedTemplates, type Resource } from '../templates.ts'
import type { Words } from '../words/words.ts'

export function resources({ recorder, relayRegions }: Settings, { resources: say }: Words): Html {
  const relays = relayRegions === 'all-enabled' ? say.allEnabled : relayRegions.join(', ')
  const sections = generatedTemplates().map((template) => {
    if (template.region !== 'relayRegions') return section(template, template.region, say)
    return relays === ''
      ? html`<h2>relayRegions: <code>${template.file}</code></h2><p>${say.none}</p>`
      : section(template, relays, say)
  })
  // A recorder that is not ours is not ours to set up, either (lib/retention.ts, lib/preflight/account.ts).
  const extras = say.extras.map((extra) => html`<li>${extra}</li>`)
  return html`<p>${say.lead}</p>
${when(recorder === 'create', () => html`<p>${say.besides}</p><ul>${extras}</ul>`)}${sections}`
}

function section({ file, resources: all }: GeneratedTemplate, regions: string, say: Words['resources']): Html {
  const rows = all.toSorted((one, other) => one.type.localeCompare(other.type)).map((one) => row(one, file, say))
  return html`<h2>${regions}: <code>${file}</code></h2><p>${say.count(all.length)}</p>${left(file, all, say)}
<div class="wide" tabindex="0" role="region" aria-label="${file}"><table>
<thead><tr>${say.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function row(resource: Resource, file: string, say: Words['resources']): Html {
  const { id, type, name } = resource
  const here = isStaged(file) && reasonOf(resource) === undefined
  return html`<tr><th scope="row">${name === '' ? id : name}</th><td><code>${type}</code></td>
<td class="${here ? 'good' : 'quiet'}">${here ? say.played : say.notPlayed}</td></tr>`
}

/** What is not played, why, and what checks it instead. */
function left(file: string, all: readonly Resource[], say: Words['resources']): readonly Html[] {
  if (!isStaged(file))
    return [html`<p>${say.left(say.all, say.because['another Region'], instead('another Region'))}</p>`]
  return (['metric math', 'unknown type'] as const).flatMap((because) => {
    const named = all.filter((one) => reasonOf(one) === because).map(({ id }) => id)
    return named.length === 0
      ? []
      : [html`<p>${say.left(named.join(', '), say.because[because], instead(because))}</p>`]
  })
}

function reasonOf({ type, properties }: Resource): Reason | undefined {
  return unplayed({ Type: type, Properties: properties })
}

function instead(because: Reason): string {
  return checksOf[because].join(', ')
}
