// AWS User Notifications: what a hub does not let go of.
import { ofType } from '../templates-src/references.ts'
import { type Rule, resource, waitsFor } from './rule.ts'

const hub = 'AWS::Notifications::NotificationHub'
const configuration = 'AWS::Notifications::NotificationConfiguration'

export const notifications: readonly Rule[] = [
  {
    id: 'notifications/hub-retained',
    fact: "An account's last notification hub cannot be deregistered: a stack that would delete it can be neither deleted nor rolled back.",
    source:
      "botocore's model of Notifications, DeregisterNotificationHub; that CloudFormation hands the refusal on is not attested",
    sure: 'M',
    basis: 'documentation',
    of: [hub],
    check: (one) =>
      one.DeletionPolicy === 'Retain'
        ? []
        : [{ property: 'DeletionPolicy', found: one.DeletionPolicy, allowed: 'Retain' }],
    wrong: [undefined, 'Delete', 'RetainExceptOnCreate'].map((DeletionPolicy) => ({
      Hub: resource(hub, { Region: 'us-east-1' }, { DeletionPolicy }),
    })),
  },
  {
    id: 'notifications/configuration-after-the-hub',
    fact: 'An account without a notification hub takes no notification configuration.',
    source: 'AWS User Notifications User Guide, notification hubs',
    sure: 'M',
    basis: 'documentation',
    of: [configuration],
    check: (one, template) =>
      Object.keys(ofType(template, hub))
        .filter((id) => !waitsFor(one, id))
        .map((id) => ({ property: 'DependsOn', found: one.DependsOn, allowed: `also ${id}` })),
    wrong: [
      {
        Hub: resource(hub, { Region: 'us-east-1' }, { DeletionPolicy: 'Retain' }),
        Configuration: resource(configuration, { Name: 'sample', Description: 'sample' }),
      },
    ],
  },
]
