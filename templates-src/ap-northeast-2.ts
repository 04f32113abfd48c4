// Seoul holds the posture: the trail and the recorder that alerts depend on, what they write, and this Region's relay.
import type { Template } from 'cloudform'
import type { Settings } from './config/schema.ts'
import { accessLogsBucket } from './parts/log-buckets.ts'
import { configBucket, recorder } from './parts/recorder.ts'
import { relay } from './parts/relay.ts'
import { rootRules } from './parts/root-rules.ts'
import { trail, trailBucket } from './parts/trail.ts'
import { merge } from './template.ts'

export function apNortheast2(settings: Settings): Template {
  const ownTrail = settings.trail === 'create'
  const ownRecorder = settings.recorder === 'create'
  const logged = [...(ownTrail ? [trailBucket] : []), ...(ownRecorder ? [configBucket] : [])]
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Root Guard, the posture: trail, AWS Config and their logs',
    Resources: merge(
      ownTrail ? trail(settings) : {},
      ownRecorder ? recorder(settings) : {},
      rootRules(settings),
      logged.length > 0 ? accessLogsBucket(settings, logged) : {},
      relay(settings),
    ),
  }
}
