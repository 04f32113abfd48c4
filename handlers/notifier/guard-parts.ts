// Tells whether a call changes the guard itself: the attack that matters most, since after it nobody hears of the next.
import { type Fields, flag, objectAt, text, textsIn } from './fields.ts'

/** Whatever they name: with `trail: reuse` or `recorder: reuse` the guard sees by what bears another's name. */
const blinding: ReadonlySet<string> = new Set([
  'StopLogging',
  'DeleteTrail',
  'UpdateTrail',
  'PutEventSelectors',
  'StopConfigurationRecorder',
  'PutConfigurationRecorder',
  'DeleteConfigurationRecorder',
  'DeleteDeliveryChannel',
])

/** What Lambda does on every cold start, and what clicking the link in a subscription's mail does. */
const harmless: ReadonlySet<string> = new Set(['CreateLogStream', 'ConfirmSubscription'])

/** Any write, of whatever service: a call of tomorrow is covered as well. Data events are the guard's own work. */
export function changesGuard(detail: Fields, guardName: string): boolean {
  const name = text(detail.eventName)
  if (name === '' || harmless.has(name) || flag(detail.readOnly) === true) return false
  if (text(detail.eventCategory) === 'Data') return false
  return blinding.has(name) || changesApi(detail) || guardPart(detail, guardName) !== ''
}

/** The first text of the request that bears the guard's name: its rule, queue, function, bucket, secret, stack … or ''. */
export function guardPart(detail: Fields, guardName: string): string {
  const texts = textsIn(objectAt(detail, 'requestParameters'))
  return texts.find(([, value]) => bears(value, guardName))?.[1] ?? ''
}

/** Calls to API Gateway name an API by an id that the function does not know. */
function changesApi(detail: Fields): boolean {
  const service = text(detail.eventSource)
  return service === 'apigateway.amazonaws.com' && text(objectAt(detail, 'requestParameters').restApiId) !== ''
}

/** A name, or a part of an ARN, URL or path; CloudFormation names a bucket after its stack, in small letters and cut. */
function bears(value: string, guardName: string): boolean {
  const stack = `stackset-${guardName}`.slice(0, 24)
  const parts = value.toLowerCase().split(/[/:]/)
  return parts.some((part) => part === guardName || part.startsWith(`${guardName}-`) || part.startsWith(stack))
}
