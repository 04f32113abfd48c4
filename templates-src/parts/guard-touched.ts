// The pattern for the guard itself being touched: whoever means to act as root unseen begins here. It matches writes
// whose request names something of ours, of whatever service and call, so that a call of tomorrow is covered as well.
import type { Fn } from 'cloudform'
import { logBucketPrefix } from '../../handlers/contract/log-bucket-names.ts'
import type { Settings } from '../config/schema.ts'
import { notReadOnly, type Pattern } from './activity-rule.ts'

/** `restApiId` is given in us-east-1 alone: calls to API Gateway name an API by nothing but its id. */
export function guardTouched(settings: Settings, restApiId?: ReturnType<typeof Fn.Ref>): Pattern {
  return {
    account: [settings.account],
    source: [{ prefix: 'aws.' }],
    detail: {
      readOnly: notReadOnly,
      eventCategory: notData,
      userIdentity: { type: notRoot, sessionContext: { sessionIssuer: noneOfOurs(settings) } },
      eventName: [{ 'anything-but': { prefix: harmless } }],
      requestParameters: { $or: [...named(settings), ...(restApiId ? [{ restApiId: [restApiId] }] : [])] },
    },
  }
}

/** What root does is told by root-activity. */
const notRoot = [{ 'anything-but': 'Root' }, { exists: false }]

/**
 * Of a `sessionIssuer`: no deploy role of this account. A role's name is unique in its account alone, and a policy of ours could be
 * widened to let another account in. A session names the account of its role; one that does not is told, and who has no session is as well.
 */
function noneOfOurs(settings: Settings): Pattern {
  return {
    $or: [
      { userName: [{ 'anything-but': deployRoles(settings) }] },
      { accountId: [{ 'anything-but': settings.account }, { exists: false }] },
    ],
  }
}

/** Our own way writes data (a record, a message) for each alert: were that told, every alert would make the next. */
const notData = ['Management', { exists: false }]

/** Names of the roles whose changes are a deploy, where they are this account's. */
export function deployRoles({ name, trustedRoles }: Settings): readonly string[] {
  return [`${name}-deploy`, `${name}-stackset-execution`, ...trustedRoles]
}

/**
 * What Lambda does on every cold start, what clicking the link in a subscription's mail does, and the three calls that look for
 * drift, which CloudTrail may call writes. By what their names begin with, cut as far as no other call's does, for room's sake.
 */
const harmless = ['CreateLogSt', 'ConfirmSub', 'DetectStack']

/** How requests name what AWS Config has of ours. They are in the other rule of the guard, since this one's pattern has no room. */
function namedInConfig({ name }: Settings): readonly Pattern[] {
  const own = [{ prefix: `${name}-` }]
  return [
    { configRuleName: own },
    { configRule: { configRuleName: own } },
    { configurationRecorderName: own },
    { configurationRecorder: { name: own } },
    { deliveryChannelName: own },
    { deliveryChannel: { name: own } },
  ]
}

/** How requests name what is ours, by the fields of `requestParameters`. Some calls take a name or an ARN. */
function named({ name }: Settings): readonly Pattern[] {
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
    { topicArn: [inArn] },
    { subscriptionArn: [inArn] },
    { functionName: [own, inArn] },
    { tableName: [own, inPath] },
    { queueUrl: [inPath] },
    { roleName: [own] },
    { alarmName: [own] },
    { alarmNames: [own] },
    { logGroupName: [{ prefix: `/aws/lambda/${name}-` }] },
    { stackSetName: [own] },
    { stackName: [{ wildcard: `*StackSet-${name}-*` }] },
    { bucketName: [{ prefix: logBucketPrefix(name) }] },
  ]
}

/**
 * What guard-touched has no room for. By anyone, writes that reach what is ours from its side, and that no deploy makes: a
 * policy on a topic's data or on the table, a web ACL before the API, the boundary's versions, an alarm muted, a recorder's types
 * taken away; who may become a trusted role, and so do unheard what it may; a bucket that is lent to us. They need no list of
 * roles. By none of the deploy roles, changes to what AWS Config has of ours. `stage` is given in us-east-1 alone. A deploy that
 * tags does it by `resourceArn`, too.
 */
export function guardReached(settings: Settings, stage?: ReturnType<typeof Fn.Sub>): Pattern {
  const { account, name, trustedRoles, buckets } = settings
  const inPath = { wildcard: `*/${name}-*` }
  const lent = Object.values(buckets)
  const reached = [
    { resourceArn: [{ wildcard: `*:${name}-*` }, inPath, ...(stage ? [stage] : [])] },
    { policyArn: [inPath] },
    { configurationRecorderArn: [inPath] },
    { muteTargets: { alarmNames: [{ prefix: `${name}-` }] } },
    ...(trustedRoles.length > 0 ? [{ roleName: trustedRoles }] : []),
    ...(lent.length > 0 ? [{ bucketName: lent }] : []),
  ]
  return {
    account: [account],
    source: [{ prefix: 'aws.' }],
    detail: {
      readOnly: notReadOnly,
      eventCategory: notData,
      userIdentity: { type: notRoot },
      $or: [
        {
          eventName: [{ 'anything-but': ['TagResource', 'UntagResource'] }],
          requestParameters: { $or: reached },
        },
        {
          userIdentity: { sessionContext: { sessionIssuer: noneOfOurs(settings) } },
          requestParameters: { $or: namedInConfig(settings) },
        },
      ],
    },
  }
}

/**
 * The calls by service that would blind a trail or a recorder that is reused. It has no name of ours, so they are told on
 * whichever it is, and whoever makes them, since no deploy does.
 */
export function blinding({ trail, recorder }: Settings): Readonly<Record<string, readonly string[]>> {
  return {
    ...(trail === 'reuse' ? { cloudtrail: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'] } : {}),
    ...(recorder === 'reuse'
      ? {
          config: [
            ...['StopConfigurationRecorder', 'PutConfigurationRecorder', 'DeleteConfigurationRecorder'],
            ...['PutDeliveryChannel', 'DeleteDeliveryChannel', 'DisassociateResourceTypes'],
          ],
        }
      : {}),
  }
}
