// What root activity can be: each kind, how loud it is, and how a record is recognised as one.
import { driftSource } from './drift-news.ts'
import { type Fields, flag, objectAt, text } from './fields.ts'
import { changesGuard } from './guard-parts.ts'
import { isOfRoot } from './root.ts'
import { letsApplicationIn, renewsToken, restrictsRoot } from './sign-in.ts'

export type Severity = 'critical' | 'notable'

export type Kind =
  | 'console-login'
  | 'console-login-failed'
  | 'password-changed'
  | 'password-recovery'
  | 'email-changed'
  | 'access-key-created'
  | 'access-key-activated'
  | 'access-key-deactivated'
  | 'access-key-deleted'
  | 'mfa-added'
  | 'mfa-removed'
  | 'cli-login'
  | 'app-authorized'
  | 'token-renewed'
  | 'sign-in-restricted'
  | 'sign-in-policy-changed'
  | 'temporary-credentials'
  | 'assume-root'
  | 'assume-root-session'
  | 'account-closed'
  | 'region-enabled'
  | 'region-disabled'
  | 'contacts-changed'
  | 'guard-touched'
  | 'drift-found'
  | 'sign-in-anomaly'
  | 'noncompliant'
  | 'compliant'
  | 'call-read'
  | 'call-write'
  | 'other'

const critical = { severity: 'critical' } as const
const notable = { severity: 'notable' } as const

/** Critical is told at once; notable opens a window, whose rest is counted and told as one digest. */
export const kinds = {
  'console-login': critical,
  'console-login-failed': notable,
  'password-changed': critical,
  'password-recovery': critical,
  'email-changed': critical,
  'access-key-created': critical,
  'access-key-activated': critical,
  'access-key-deactivated': notable,
  'access-key-deleted': notable,
  'mfa-added': critical,
  'mfa-removed': critical,
  'cli-login': critical,
  'app-authorized': critical,
  'token-renewed': notable,
  'sign-in-restricted': critical,
  'sign-in-policy-changed': notable,
  'temporary-credentials': critical,
  'assume-root': critical,
  'assume-root-session': notable,
  'account-closed': critical,
  'region-enabled': critical,
  'region-disabled': notable,
  'contacts-changed': critical,
  'guard-touched': critical,
  'drift-found': notable,
  'sign-in-anomaly': critical,
  noncompliant: critical,
  compliant: notable,
  'call-read': notable,
  'call-write': notable,
  other: notable,
} satisfies Record<Kind, { readonly severity: Severity }>

/** What a record is recognised by. */
export interface Seen {
  /** CloudTrail's `eventName`, or the `detail-type` of an event that is none of CloudTrail's. */
  readonly name: string
  readonly detail: Fields
  /** The call or sign-in failed. */
  readonly failed: boolean
  readonly guardName: string
}

export function kindOf(seen: Seen): Kind {
  const name = seen.name.toLowerCase()
  if (changesGuard(seen.detail, seen.guardName)) return 'guard-touched'
  for (const [kind, names, when] of signs) {
    if (names.some((one) => one.toLowerCase() === name) && (when === undefined || when(seen))) return kind
  }
  if (!isCall(seen)) return 'other'
  return flag(seen.detail.readOnly) === true ? 'call-read' : 'call-write'
}

/** A service event is something AWS did, as organizations' CloseAccountResult; an unknown sign-in event is no call. */
function isCall({ detail }: Seen): boolean {
  return text(detail.eventName) !== '' && ['', 'AwsApiCall', 'AwsConsoleAction'].includes(text(detail.eventType))
}

type Sign = readonly [kind: Kind, names: readonly string[], when?: (seen: Seen) => boolean]

const signInPolicy = ['ConsoleAuthorizationConfiguration', 'ResourcePermissionStatement'].flatMap((of) => [
  `Put${of}`,
  `Delete${of}`,
])

/** In order: the first sign that fits decides. Where a condition cannot be read, the louder kind is the one that fits. */
const signs: readonly Sign[] = [
  ['console-login-failed', ['ConsoleLogin'], ({ failed }) => failed],
  ['console-login', ['ConsoleLogin']],
  // Signin's PasswordUpdated is the older shape of a change of root's password, IAM's ChangePassword today's.
  ['password-changed', ['PasswordUpdated']],
  ['password-changed', ['ChangePassword'], ofIam],
  ['password-changed', ['CreateLoginProfile', 'UpdateLoginProfile'], own],
  ['password-recovery', ['PasswordRecoveryRequested', 'PasswordRecoveryCompleted']],
  ['email-changed', ['EmailUpdated', 'StartPrimaryEmailUpdate', 'AcceptPrimaryEmailUpdate']],
  ['access-key-created', ['CreateAccessKey'], own],
  ['access-key-deactivated', ['UpdateAccessKey'], (seen) => own(seen) && says(seen, 'inactive')],
  ['access-key-activated', ['UpdateAccessKey'], own],
  ['access-key-deleted', ['DeleteAccessKey'], own],
  ['mfa-added', ['EnableMFADevice', 'CreateVirtualMFADevice'], own],
  ['mfa-removed', ['DeactivateMFADevice', 'DeleteVirtualMFADevice'], own],
  // `aws login` is no ConsoleLogin: its events are the two that an application makes as well, and of which one goes on for hours.
  ['token-renewed', ['CreateOAuth2Token'], ({ detail }) => renewsToken(detail)],
  ['app-authorized', ['AuthorizeOAuth2Access', 'CreateOAuth2Token'], ({ detail }) => letsApplicationIn(detail)],
  ['app-authorized', ['CreateOAuth2TokenWithIAM']],
  ['cli-login', ['AuthorizeOAuth2Access', 'CreateOAuth2Token']],
  ['sign-in-restricted', signInPolicy, ({ name, detail }) => restrictsRoot(name, detail)],
  ['sign-in-policy-changed', signInPolicy],
  ['temporary-credentials', ['GetSessionToken', 'GetFederationToken']],
  ['assume-root', ['AssumeRoot']],
  ['account-closed', ['CloseAccount']],
  ['region-disabled', ['DisableRegion']],
  ['region-disabled', ['Region Opt-In Status Change'], (seen) => says(seen, 'disabl')],
  ['region-enabled', ['EnableRegion', 'Region Opt-In Status Change']],
  ['contacts-changed', ['PutContactInformation', 'PutAlternateContact', 'DeleteAlternateContact', 'PutAccountName']],
  // Those of the billing console.
  ['contacts-changed', ['SetContactAddress', 'SetAdditionalContacts', 'SetAccountPreferences', 'SetSecurityQuestions']],
  ['drift-found', ['DriftFound'], ({ detail }) => text(detail.eventSource) === driftSource],
  ['sign-in-anomaly', ['Sign-in Anomaly Alert']],
  ['noncompliant', ['Config Rules Compliance Change'], (seen) => compliance(seen) === 'NON_COMPLIANT'],
  // NOT_APPLICABLE, too: root has no credentials. What cannot be read is told as an event without a verdict.
  ['compliant', ['Config Rules Compliance Change'], (seen) => !['', 'INSUFFICIENT_DATA'].includes(compliance(seen))],
]

/** Cognito has a ChangePassword, too. */
function ofIam({ detail }: Seen): boolean {
  return ['', 'iam.amazonaws.com'].includes(text(detail.eventSource))
}

function own({ detail }: Seen): boolean {
  return isOfRoot(objectAt(detail, 'requestParameters'))
}

function says({ detail }: Seen, status: string): boolean {
  const said = text(objectAt(detail, 'requestParameters').status) || text(detail.status)
  return said.toLowerCase().startsWith(status)
}

function compliance({ detail }: Seen): string {
  return text(objectAt(detail, 'newEvaluationResult').complianceType).toUpperCase()
}
