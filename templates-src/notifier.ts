// The function that reaches phones: a template of its own, so that the code has most of the room that StackSets give a template.
import type { Template } from 'cloudform'
import { alarmRegion, type Settings } from './config/schema.ts'
import { notifier } from './parts/notifier.ts'
import { stackTemplate } from './stack-template.ts'
import { writtenOut } from './template.ts'

/** `code` is the built bundle of handlers/notifier. */
export function notifierTemplate(settings: Settings, code: string): Template {
  const template = stackTemplate('notifier', settings, {
    Description: 'Root Guard, the notifier: the function that reaches phones',
    parts: [notifier(settings, code)],
  })
  return writtenOut(template, { account: settings.account, region: alarmRegion })
}
