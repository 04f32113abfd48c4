// The pattern for the guard itself being touched: whoever means to act as root unseen begins here. It matches writes
// whose request names something of ours, of whatever service and call, so that a call of tomorrow is covered as well.
import type { Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import { notReadOnly, type Pattern } from './activity-rule.ts'

/** `restApiId` is given in us-east-1 alone: calls to API Gateway name an API by nothing but its id. */
export function guardTouched(settings: Settings, restApiId?: ReturnType<typeof Fn.Ref>): Pattern {
  return {
    account: [settings.account],
    source: [{ prefix: 'aws.' }],
    detail: {
      readOnly: notReadOnly,
      // Our own way writes data (a record, a message) for each alert: were that told, every alert would make the next.
      eventCategory: ['Management', { exists: false }],
      userIdentity: {
        // What root does is told by the other rule.
        type: [{ 'anything-but': 'Root' }, { exists: false }],
        sessionContext: { sessionIssuer: { userName: [{ 'anything-but': deployRoles(settings) }, { exists: false }] } },
      },
      eventName: [{ 'anything-but': harmless }],
      requestParameters: { $or: [...named(settings), ...(restApiId ? [{ restApiId: [restApiId] }] : [])] },
    },
  }
}

/** Roles whose changes are a deploy. A role's name is unique in its account, and no other account may touch ours. */
export function deployRoles({ name, trustedRoles }: Settings): readonly string[] {
  return [`${name}-deploy`, `${name}-stackset-execution`, ...trustedRoles]
}

/** What Lambda does on every cold start, and what clicking the link in a subscription's mail does. */
const harmless = ['CreateLogStream', 'ConfirmSubscription']

/** How requests name what is ours, by the fields of `requestParameters`. Some calls take a name or an ARN. */
function named({ name, trustedRoles }: Settings): readonly Pattern[] {
  const own = { prefix: `${name}-` }
  const inArn = { wildcard: `*:${name}-*` }
  const inPath = { wildcard: `*/${name}-*` }
  const secret = { prefix: `/${name}/` }
  return [
    // Rules, the trail, secrets.
    { name: [own, inPath, secret] },
    { names: [secret] },
    { rule: [own] },
    { trailName: [own, inPath] },
    { configRuleName: [own] },
    { configRule: { configRuleName: [own] } },
    { configurationRecorderName: [own] },
    { configurationRecorder: { name: [own] } },
    { deliveryChannelName: [own] },
    { deliveryChannel: { name: [own] } },
    { topicArn: [inArn] },
    { subscriptionArn: [inArn] },
    { functionName: [own, inArn] },
    { tableName: [own, inPath] },
    { queueUrl: [inPath] },
    // Whoever may become a trusted role may do unheard what it may.
    { roleName: [own, ...trustedRoles] },
    { alarmName: [own] },
    { alarmNames: [own] },
    { logGroupName: [{ prefix: `/aws/lambda/${name}-` }] },
    { stackSetName: [own] },
    { stackName: [{ wildcard: `*StackSet-${name}-*` }] },
    // CloudFormation names a bucket after its stack, in small letters and cut.
    { bucketName: [{ prefix: `stackset-${name}`.slice(0, 24) }] },
  ]
}

/**
 * Calls that reach what is ours from its side, and that no deploy makes: a policy on a topic's data or on the table, a web
 * ACL before the API, the boundary's versions, an alarm muted, a recorder's types taken away. Whoever makes them is told, so
 * that they need no list of roles; they are in the other rule, since this one's pattern has no room. `stage` is given in
 * us-east-1 alone. A deploy that tags does it by `resourceArn`, too.
 */
export function guardReached({ name }: Settings, stage?: ReturnType<typeof Fn.Sub>): Pattern {
  const inPath = { wildcard: `*/${name}-*` }
  return {
    readOnly: notReadOnly,
    eventName: [{ 'anything-but': ['TagResource', 'UntagResource'] }],
    requestParameters: {
      $or: [
        { resourceArn: [{ wildcard: `*:${name}-*` }, inPath, ...(stage ? [stage] : [])] },
        { policyArn: [inPath] },
        { configurationRecorderArn: [inPath] },
        { muteTargets: { alarmNames: [{ prefix: `${name}-` }] } },
      ],
    },
  }
}

/**
 * What is reused has no name of ours. No deploy changes it, so whoever does is told: writes to a reused bucket, and the
 * calls that would blind a trail or a recorder, on whichever it is.
 */
export function reusedTouched({ trail, recorder, buckets }: Settings): readonly Pattern[] {
  const bucketName = Object.values(buckets)
  return [
    ...(trail === 'reuse' ? [calls('cloudtrail', blindingTrail)] : []),
    ...(recorder === 'reuse' ? [calls('config', blindingRecorder)] : []),
    ...(bucketName.length > 0
      ? [{ readOnly: notReadOnly, eventCategory: ['Management', { exists: false }], requestParameters: { bucketName } }]
      : []),
  ]
}

const blindingTrail = ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors']
const blindingRecorder = [
  ...['StopConfigurationRecorder', 'PutConfigurationRecorder', 'DeleteConfigurationRecorder'],
  ...['PutDeliveryChannel', 'DeleteDeliveryChannel', 'DisassociateResourceTypes'],
]

function calls(service: string, eventName: readonly string[]): Pattern {
  return { eventSource: [`${service}.amazonaws.com`], eventName }
}
