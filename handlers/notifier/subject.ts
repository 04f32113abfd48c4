// What an activity touched, as its record names it: an access key, an MFA device, a Region, a rule, a role, a user …
import { type Fields, objectAt, text, textsIn } from './fields.ts'
import { guardPart } from './guard-parts.ts'
import type { Kind } from './kinds.ts'
import { namesRoot } from './root.ts'
import { applicationOf } from './sign-in.ts'

/** Fields of a request that say it alone, the most telling first. The Account Management API writes them capitalised. */
const telling = ['serialNumber', 'regionName', 'alternateContactType', 'targetPrincipal', 'primaryEmail']

/** More is not news in a message, and a message is short. */
const most = 300

/** '' where the record names nothing. */
export function subjectOf(kind: Kind, detail: Fields, guardName: string): string {
  return subject(kind, detail, guardName).slice(0, most).trim()
}

function subject(kind: Kind, detail: Fields, guardName: string): string {
  if (kind === 'drift-found') return text(detail.found)
  if (kind === 'noncompliant' || kind === 'compliant') return rule(detail)
  if (kind === 'region-enabled' || kind === 'region-disabled') return region(detail)
  // Events that are none of CloudTrail's (the Sign-in Anomaly Alert): their fields are not documented, so all are shown.
  if (text(detail.eventName) === '') return everything(detail)
  if (kind === 'app-authorized') return applicationOf(detail)
  const request = objectAt(detail, 'requestParameters')
  if (kind === 'assume-root') return rootTask(request)
  const part = kind === 'guard-touched' ? guardPart(detail, guardName) : ''
  return part || key(request, detail) || user(request, named(request, telling)) || names(request)
}

function rule(detail: Fields): string {
  const verdict = text(objectAt(detail, 'newEvaluationResult').complianceType)
  const odd = ['COMPLIANT', 'NON_COMPLIANT'].includes(verdict) ? '' : verdict
  return [text(detail.configRuleName), odd].filter(Boolean).join(' · ')
}

function region(detail: Fields): string {
  return named(objectAt(detail, 'requestParameters'), ['regionName']) || named(detail, ['regionName', 'region'])
}

/** The answer to CreateAccessKey carries the key it made; whose it is goes before it when it is not the caller's own. */
function key(request: Fields, detail: Fields): string {
  const made = objectAt(objectAt(detail, 'responseElements'), 'accessKey')
  return user(request, text(request.accessKeyId) || text(made.accessKeyId))
}

function user(request: Fields, what: string): string {
  const name = text(request.userName)
  return what === '' ? '' : [namesRoot(name) ? '' : name, what].filter(Boolean).join(' · ')
}

/** Of whose root AssumeRoot makes a session, and what the session may do: the task policy, by its name. */
function rootTask(request: Fields): string {
  const policy = text(objectAt(request, 'taskPolicyArn').arn) || text(request.taskPolicyArn)
  return [text(request.targetPrincipal), policy.split('/').at(-1)].filter(Boolean).join(' · ')
}

function named(fields: Fields, wanted: readonly string[]): string {
  const entries = Object.entries(fields)
  for (const name of wanted) {
    const found = entries.find(([own, value]) => own.toLowerCase() === name.toLowerCase() && text(value) !== '')
    if (found !== undefined) return text(found[1])
  }
  return ''
}

/** The first names, ARNs and ids of the request. */
function names(request: Fields): string {
  const found = textsIn(request).filter(([name]) => /(name|arn|id|url|servicePrincipal)$/i.test(name))
  return [...new Set(found.map(([, value]) => value))].slice(0, 2).join(' · ')
}

function everything(detail: Fields): string {
  return textsIn(detail)
    .slice(0, 40)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
}
