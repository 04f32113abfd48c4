// The settings that a walk over every template goes by: each change that setting-rows.ts knows, alone and with each other one,
// and everything on.
import { contradictions } from '../../templates-src/config/contradictions.ts'
import { loadSettings } from '../../templates-src/config/load.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { allTemplates, type Deployed, everything, settings } from './references.ts'
import { ROWS } from './setting-rows.ts'

/** What no template shows. A pair with one of these is the other one alone. */
const withoutTemplates = ['github', 'stackSets', 'homeRegion', 'relayRegions', 'driftAlert']

/** Those that `root-guard.yaml` allows, each once. */
export function combinations(): readonly Settings[] {
  const changes = ROWS.map(([change, , from = {}]) => ({ ...from, ...change }))
  const shown = changes.filter((change) => Object.keys(change).some((field) => !withoutTemplates.includes(field)))
  const pairs = shown.flatMap((one, index) => shown.slice(index + 1).map((other) => ({ ...one, ...other })))
  const all = [
    settings,
    ...[...changes, ...pairs].map((change) => ({ ...settings, ...change })),
    ...changes.map((change) => ({ ...everything, ...change })),
    everything,
    loadSettings('test/everything.yaml'),
  ].filter((of) => contradictions(of).length === 0)
  return [...new Map(all.map((of) => [JSON.stringify(of), of])).values()]
}

/** Each template that they come to, once, as `us-east-1` and what it is made of; without the function. */
export function everyTemplate(): readonly (readonly [name: string, template: Deployed])[] {
  const all = combinations().flatMap((of) => Object.entries(allTemplates(of)))
  return [
    ...new Map(all.map(([name, template]) => [name + JSON.stringify(template), [name, template] as const])).values(),
  ]
}
