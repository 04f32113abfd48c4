// Who watches the guard, in us-east-1 beside it: a template of its own, so that nothing that breaks or blocks the stack of
// the alarm takes the alarms about it along, and so that both fit into what StackSets take.
import type { Template } from 'cloudform'
import type { Settings } from './config/schema.ts'
import { alarms } from './parts/alarms.ts'
import { dashboard } from './parts/dashboard.ts'
import { drillMail } from './parts/drill-mail.ts'
import { operationsTopic } from './parts/operations-topic.ts'
import { userNotifications } from './parts/user-notifications.ts'
import { stackTemplate } from './stack-template.ts'

export function operations(settings: Settings): Template {
  return stackTemplate('operations', settings, {
    Description: 'Root Guard, the watchers: alarms on the guard itself, and further ways to be told',
    parts: [
      operationsTopic(settings),
      alarms(settings),
      drillMail(settings),
      dashboard(settings),
      userNotifications(settings),
    ],
  })
}
