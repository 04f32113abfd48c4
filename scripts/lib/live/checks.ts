// Every live check there is, by type of resource, and the types that have none. A new one is its row in a file of checks/.
import type { LiveCheck } from './check.ts'
import { apiChecks } from './checks/api.ts'
import { eventChecks } from './checks/events.ts'
import { identityChecks } from './checks/identity.ts'
import { keyChecks } from './checks/keys.ts'
import { logChecks } from './checks/logs.ts'
import { messageChecks } from './checks/messages.ts'
import { notifierChecks } from './checks/notifier.ts'
import { recorderChecks } from './checks/recorder.ts'

export const liveChecks: Readonly<Record<string, LiveCheck>> = {
  ...apiChecks,
  ...eventChecks,
  ...identityChecks,
  ...keyChecks,
  ...logChecks,
  ...messageChecks,
  ...notifierChecks,
  ...recorderChecks,
}

/** Types that are left to CloudFormation's own drift detection: nothing of an alert depends on more than their being there. */
export const leftToCloudFormation: readonly string[] = [
  // A snapshot that AWS never changes; the stage's check says which one is live.
  'AWS::ApiGateway::Deployment',
  // A third way beside phones and mail, by setting. AWS's own handlers read these, and so its drift detection does.
  'AWS::Notifications::ChannelAssociation',
  'AWS::Notifications::EventRule',
  'AWS::Notifications::NotificationConfiguration',
  'AWS::Notifications::NotificationHub',
  'AWS::NotificationsContacts::EmailContact',
]
