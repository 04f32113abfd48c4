// Every further Region hands root's calls to us-east-1, where the alarm is.
import type { Template } from 'cloudform'
import type { Settings } from './config/schema.ts'
import { relay } from './parts/relay.ts'
import { stackTemplate } from './stack-template.ts'

export function relayTemplate(settings: Settings): Template {
  return stackTemplate('relay', settings, {
    Description: 'Root Guard, a relay: hands what the root user does in this Region to us-east-1',
    parts: [relay(settings)],
  })
}
