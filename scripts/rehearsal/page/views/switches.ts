// What is broken: a switch for each provider, and for each service of AWS on the way.

import { channelsOf } from '../../../../templates-src/config/schema.ts'
import { moods } from '../actions.ts'
import { faults, services } from '../aws-faults.ts'
import { channelTitles } from '../channels.ts'
import { type Html, html } from '../html.ts'
import type { Language } from '../languages.ts'
import type { Theatre } from '../theatre.ts'
import type { Words } from '../words/words.ts'

export function switches(
  { settings, providers: standIns, faults: aws }: Theatre,
  say: Words,
  language: Language,
): Html {
  const { switches: words } = say
  const routed = channelsOf(settings)
  const providers = routed.map((channel) =>
    control({
      action: '/provider',
      field: 'channel',
      name: channel,
      title: channelTitles[channel],
      now: standIns[channel].mood,
      states: moods.map((mood) => [mood, words.moods[mood]] as const),
      set: words.set,
      language,
    }),
  )
  const ofAws = services.map((service) =>
    control({
      action: '/service',
      field: 'service',
      name: service,
      title: words.services[service],
      now: aws.of[service],
      states: faults.map((fault) => [fault, words.faults[fault]] as const),
      set: words.set,
      language,
    }),
  )
  return html`<fieldset class="switches"><legend>${words.providers}</legend>${providers}</fieldset>
<fieldset class="switches"><legend>${words.aws}</legend>${ofAws}</fieldset>`
}

interface Control {
  readonly action: string
  readonly field: string
  readonly name: string
  readonly title: string
  readonly now: string
  readonly states: readonly (readonly [string, string])[]
  readonly set: string
  readonly language: Language
}

function control({ action, field, name, title, now, states, set, language }: Control): Html {
  const id = `switch-${name}`
  const options = states.map(([state, words]) =>
    state === now
      ? html`<option value="${state}" selected>${words}</option>`
      : html`<option value="${state}">${words}</option>`,
  )
  return html`<form action="${action}" method="post" class="${now === 'ok' ? '' : 'off'}">
<input type="hidden" name="lang" value="${language}"><input type="hidden" name="${field}" value="${name}">
<label for="${id}">${title}</label><select id="${id}" name="state" data-switch>${options}</select>
<button class="plain unscripted">${set}</button></form>`
}
