// By setting: AWS User Notifications as a third way, to mail and to the AWS Console mobile app. It shares neither rule nor
// topic with the other two, but sees less: one source and event type a rule, and what each Region's own rule is shown.
import { DeletionPolicy, Fn, type Value } from 'cloudform'
import { newResource, withAttributes } from '../beyond-cloudform.ts'
import { alarmRegion, type Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { shortDigest } from './alert-topic.ts'

/** The account's hub is made too, unless it has one already: then `hub: reuse`. */
export function userNotifications({ name, emails, userNotifications: wanted }: Settings): Resources {
  if (wanted === undefined) return {}
  const configuration = Fn.GetAtt(configurationId, 'Arn')
  const hub: Resources = wanted.hub === 'create' ? { NotificationHub: notificationHub() } : {}
  const rules = Object.entries(watched).map(([id, { source, type, pattern }]) => [
    `Notification${id}`,
    newResource('AWS::Notifications::EventRule', {
      NotificationConfigurationArn: configuration,
      Source: source,
      EventType: type,
      Regions: [alarmRegion],
      ...(pattern === undefined ? {} : { EventPattern: JSON.stringify(pattern) }),
    }),
  ])
  const contacts = emails.flatMap((email) => {
    const id = `EmailContact${shortDigest(email)}`
    return [
      [
        id,
        newResource('AWS::NotificationsContacts::EmailContact', {
          Name: `${name}-${shortDigest(email)}`,
          EmailAddress: email,
        }),
      ],
      [`${id}Channel`, channel(Fn.GetAtt(id, 'Arn'))],
    ] as const
  })
  const devices = wanted.devices.map((device) => [`Device${shortDigest(device)}Channel`, channel(device)] as const)
  return {
    ...hub,
    [configurationId]: newResource('AWS::Notifications::NotificationConfiguration', {
      Name: name,
      Description: 'The root user was used',
      AggregationDuration: 'NONE',
    }).dependsOn(Object.keys(hub)),
    ...Object.fromEntries([...rules, ...contacts, ...devices]),
  }
}

/**
 * AWS does not deregister an account's last hub, and the stack could neither be deleted nor its first creation rolled back.
 * Not RetainExceptOnCreate: that deletes it when the creation is rolled back.
 */
const notificationHub = () =>
  withAttributes(newResource('AWS::Notifications::NotificationHub', { Region: alarmRegion }), {
    UpdateReplacePolicy: 'Retain',
  }).deletionPolicy(DeletionPolicy.Retain)

const configurationId = 'NotificationConfiguration'

const byRoot = { detail: { userIdentity: { type: ['Root'] } } }

const watched: Readonly<Record<string, { source: string; type: string; pattern?: object }>> = {
  SignIn: { source: 'aws.signin', type: 'AWS Console Sign In via CloudTrail', pattern: byRoot },
  Credentials: { source: 'aws.iam', type: 'AWS API Call via CloudTrail', pattern: byRoot },
  Anomaly: { source: 'aws.signin', type: 'Sign-in Anomaly Alert' },
}

function channel(arn: Value<string>) {
  return newResource('AWS::Notifications::ChannelAssociation', {
    Arn: arn,
    NotificationConfigurationArn: Fn.GetAtt(configurationId, 'Arn'),
  })
}
