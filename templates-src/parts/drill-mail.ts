// The mail of a drill and of word of drift. Whoever may put events can cause one, so nothing of what they wrote is in it, but
// which of the two sources they chose. It is with the watchers: it tells of nothing that root did, it shows that the topic of
// the alerts reaches its mailboxes.
import { Events } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import { driftSource, drillSource } from '../own-events.ts'
import type { Resources } from '../template.ts'
import type { Pattern } from './activity-rule.ts'
import { deadLettersByName } from './dead-letters.ts'
import { emailText } from './email-text.ts'
import { arn } from './iam.ts'

export function drillMail(settings: Settings): Resources {
  return {
    DrillMailRule: new Events.Rule({
      Name: drillMailName(settings),
      Description: 'Drills, but for checks, and word of drift',
      EventPattern: drillMailPattern(settings),
      State: 'ENABLED',
      Targets: [
        {
          Id: 'email',
          Arn: arn('sns', `${settings.name}-alerts`),
          DeadLetterConfig: deadLettersByName(settings),
          InputTransformer: emailText(settings, 'drill'),
        },
      ],
    }),
  }
}

/** The queue of dead letters takes from rules with the guard's name. */
export const drillMailName = ({ name }: Settings) => `${name}-drill-mail`

/** Whatever does not say of itself that it is a check. */
export function drillMailPattern({ account }: Settings): Pattern {
  return {
    account: [account],
    $or: [
      { source: [drillSource], detail: { drill: { mode: [{ 'anything-but': 'check' }, { exists: false }] } } },
      { source: [driftSource] },
    ],
  }
}
