// Who watches a relay. An alarm can only ring a topic of its own Region, and a topic in each would want each address
// confirmed in each. So the alarm's change of state is an event that is relayed as well, and rings the operations topic of
// us-east-1. When relaying itself is what fails, that fails too: then the absence of drills from Seoul rings, through whose
// relay one comes every night; of a further relay nothing does, and only `npm run drift` and a drill from there tell
// (docs/decisions/0011-alarms-of-a-relay.md).
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import type { ActivityRule } from './activity-rule.ts'
import { deadLettersAlarm } from './alarm.ts'

/** The alarm of a relay, without a topic: every target of its rules has dead letters. */
export const relayAlarms = (settings: Settings): Resources => deadLettersAlarm(settings)

/** The rule that hands on that an alarm of a relay rang; `region` decides on which side it is read. */
export function relayedAlarms({ name }: Settings): ActivityRule {
  return {
    id: 'AlarmsRule',
    name: 'alarms',
    description: 'Alarms of the relay itself',
    pattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [{ prefix: `${name}-` }], state: { value: ['ALARM'] } },
    },
  }
}
