// Seoul holds the posture: the trail and the recorder that alerts depend on, what they write, and this Region's relay.
import type { Template } from 'cloudform'
import type { Settings } from './config/schema.ts'
import { key } from './parts/encryption-key.ts'
import { accessLogsBucket } from './parts/log-buckets.ts'
import { ownConfigBucket, recorder, recorderUsesKey } from './parts/recorder.ts'
import { relay } from './parts/relay.ts'
import { rootRules } from './parts/root-rules.ts'
import { ownTrailBucket, trail, trailUsesKey } from './parts/trail.ts'
import { stackTemplate } from './stack-template.ts'

export function apNortheast2(settings: Settings): Template {
  const keyUsers = [...trailUsesKey(settings), ...recorderUsesKey(settings)]
  return stackTemplate('ap-northeast-2', settings, {
    Description: 'Root Guard, the posture: trail, AWS Config and their logs',
    parts: [
      trail(settings),
      recorder(settings),
      rootRules(settings),
      accessLogsBucket(settings, [...ownTrailBucket(settings), ...ownConfigBucket(settings)]),
      keyUsers.length > 0 ? key(settings, keyUsers) : {},
      relay(settings),
    ],
  })
}
