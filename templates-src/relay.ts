// Every further Region hands root's calls to us-east-1, where the alarm is.
import type { Template } from 'cloudform'
import type { Settings } from './config/schema.ts'
import { withControls } from './controls.ts'
import { bounded } from './parts/bootstrap-boundary.ts'
import { relay } from './parts/relay.ts'

export function relayTemplate(settings: Settings): Template {
  return withControls(
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'Root Guard, a relay: hands what the root user does in this Region to us-east-1',
      Resources: bounded(settings, relay(settings)),
    },
    'relay',
    settings,
  )
}
