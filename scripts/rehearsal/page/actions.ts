// The buttons: what each form of the page does on the stage. Answers what is wrong with what was asked, if anything is.
import { setTimeout as pause } from 'node:timers/promises'
import type { ChannelName } from '../../../templates-src/config/schema.ts'
import { happeningNow } from '../records.ts'
import { type AwsFault, faults, type Service, services } from './aws-faults.ts'
import { readPasted, type Wrong } from './pasted.ts'
import type { Theatre } from './theatre.ts'

export type Notice = Wrong | { readonly is: 'unknown'; readonly what: 'record' | 'switch' }

type Action = (theatre: Theatre, form: URLSearchParams) => Notice | undefined

/** By the path that the form posts to. */
export const actions: Readonly<Record<string, Action>> = {
  '/fire': (theatre, form) => {
    const name = form.get('record') ?? ''
    const record = theatre.records.find((one) => one.name === name)
    if (record === undefined) return { is: 'unknown', what: 'record' }
    const event = happeningNow(record.event, theatre.settings.account)
    void theatre.fire(event, { what: 'record', name }, form.has('afresh'))
    return undefined
  },
  '/paste': (theatre, form) => {
    const pasted = readPasted(form.get('event') ?? '')
    if ('wrong' in pasted) return pasted.wrong
    void theatre.fire(pasted.event, { what: 'pasted', name: '' }, form.has('afresh'))
    return undefined
  },
  '/burst': (theatre) => void theatre.burst(),
  '/close-windows': (theatre) => void theatre.closeWindows(),
  '/clear': (theatre) => theatre.clearPhones() as undefined,
  '/provider': (theatre, form) => {
    const channel = form.get('channel') as ChannelName
    const mood = moods.find((one) => one === form.get('state'))
    if (mood === undefined || !(channel in theatre.providers)) return { is: 'unknown', what: 'switch' }
    theatre.setMood(channel, mood)
    return undefined
  },
  '/service': (theatre, form) => {
    const service = services.find((one): one is Service => one === form.get('service'))
    const fault = faults.find((one): one is AwsFault => one === form.get('state'))
    if (service === undefined || fault === undefined) return { is: 'unknown', what: 'switch' }
    theatre.setFault(service, fault)
    return undefined
  },
}

/** Of all that providers can do, what people want to see. */
export const moods = ['ok', 'slow', 'hangs', 'busy', 'broken', 'refuses', 'accepts-but-fails'] as const

/** Long enough for a page without JavaScript to come back with what it asked for. */
export function settle(): Promise<void> {
  return pause(1200)
}
