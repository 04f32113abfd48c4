// Tells whether a call changes the guard itself: the attack that matters most, since after it nobody hears of the next.
import { logBucketPrefix } from '../contract/log-bucket-names.ts'
import { type Fields, flag, objectAt, text, textsIn } from './fields.ts'
import { isRoot } from './root.ts'

/** Whatever they name: with `trail: reuse` or `recorder: reuse` the guard sees by what bears another's name. */
const blinding: ReadonlySet<string> = new Set([
  'StopLogging',
  'DeleteTrail',
  'UpdateTrail',
  'PutEventSelectors',
  'StopConfigurationRecorder',
  'PutConfigurationRecorder',
  'DeleteConfigurationRecorder',
  'DisassociateResourceTypes',
  'PutDeliveryChannel',
  'DeleteDeliveryChannel',
])

/** What Lambda does on every cold start, what the link in a subscription's mail does, and looking for drift. */
const harmless = /^(CreateLogStream|ConfirmSubscription|DetectStack\w*Drift)$/

/** Any write, of whatever service: a call of tomorrow is covered as well. Data events are the guard's own work. */
export function changesGuard(detail: Fields, guardName: string): boolean {
  const name = text(detail.eventName)
  if (name === '' || harmless.test(name) || flag(detail.readOnly) === true) return false
  if (text(detail.eventCategory) === 'Data') return false
  return blinding.has(name) || namesStranger(detail) || guardPart(detail, guardName) !== ''
}

/** The first text of the request that bears the guard's name: its rule, queue, function, bucket, secret, stack … or ''. */
export function guardPart(detail: Fields, guardName: string): string {
  const texts = textsIn(objectAt(detail, 'requestParameters'))
  return texts.find(([, value]) => bears(value, guardName))?.[1] ?? ''
}

/**
 * Calls that name what is ours by a name that the function does not know; the rules let no others pass. API Gateway and
 * AWS WAF name an API by its id, and a role in `trustedRoles` has a name of its own. Root may call them about others' as well.
 */
function namesStranger(detail: Fields): boolean {
  const request = objectAt(detail, 'requestParameters')
  switch (text(detail.eventSource)) {
    case 'apigateway.amazonaws.com':
      return text(request.restApiId) !== ''
    case 'wafv2.amazonaws.com':
      return text(request.resourceArn).includes('/restapis/')
    case 'iam.amazonaws.com':
      return text(request.roleName) !== '' && !isRoot(objectAt(detail, 'userIdentity'))
    default:
      return false
  }
}

/** A name, or a part of an ARN, URL or path. */
function bears(value: string, guardName: string): boolean {
  const logBuckets = logBucketPrefix(guardName)
  const parts = value.toLowerCase().split(/[/:]/)
  return parts.some((part) => part === guardName || part.startsWith(`${guardName}-`) || part.startsWith(logBuckets))
}
