// What a drill can look like: for each kind of activity, the fields of a record by which the notifier knows it. The Kind
// that a test alert names is the one that docs/messages.md shows a message of.

const signin = (eventName: string, more: object = {}) => ({ eventSource: 'signin.amazonaws.com', eventName, ...more })
const call = (service: string, eventName: string, more: object = {}) => ({
  eventSource: `${service}.amazonaws.com`,
  eventName,
  eventType: 'AwsApiCall',
  responseElements: null,
  additionalEventData: null,
  ...more,
})
const complies = (complianceType: string) => ({
  eventName: 'Config Rules Compliance Change',
  configRuleName: 'root-guard-drill',
  newEvaluationResult: { complianceType },
})
const rootOwn = { requestParameters: null }

export const drillKinds = {
  'console-login': signin('ConsoleLogin'),
  'console-login-failed': signin('ConsoleLogin', {
    errorMessage: 'Failed authentication',
    responseElements: { ConsoleLogin: 'Failure' },
    additionalEventData: { MFAUsed: 'No' },
  }),
  'password-changed': call('iam', 'ChangePassword', rootOwn),
  'password-recovery': signin('PasswordRecoveryRequested', { responseElements: null }),
  'email-changed': signin('EmailUpdated', { responseElements: null }),
  'access-key-created': call('iam', 'CreateAccessKey', rootOwn),
  'access-key-activated': call('iam', 'UpdateAccessKey', { requestParameters: { status: 'Active' } }),
  'access-key-deactivated': call('iam', 'UpdateAccessKey', { requestParameters: { status: 'Inactive' } }),
  'access-key-deleted': call('iam', 'DeleteAccessKey', rootOwn),
  'mfa-added': call('iam', 'EnableMFADevice', rootOwn),
  'mfa-removed': call('iam', 'DeactivateMFADevice', rootOwn),
  'cli-login': call('signin', 'CreateOAuth2Token', { readOnly: true }),
  'app-authorized': call('signin', 'AuthorizeOAuth2Access', {
    readOnly: true,
    requestParameters: { redirect_uri: 'https://agent.example.com/callback', resource: 'aws-mcp.amazonaws.com' },
  }),
  'token-renewed': call('signin', 'CreateOAuth2Token', {
    readOnly: true,
    requestParameters: { grant_type: 'refresh_token' },
  }),
  'sign-in-restricted': call('signin', 'PutConsoleAuthorizationConfiguration'),
  'sign-in-policy-changed': call('signin', 'DeleteConsoleAuthorizationConfiguration'),
  'temporary-credentials': call('sts', 'GetSessionToken', { readOnly: true }),
  'assume-root': call('sts', 'AssumeRoot', { requestParameters: { targetPrincipal: '444455556666' } }),
  'account-closed': call('account', 'CloseAccount'),
  'region-enabled': call('account', 'EnableRegion', { requestParameters: { RegionName: 'ap-east-1' } }),
  'region-disabled': call('account', 'DisableRegion', { requestParameters: { RegionName: 'ap-east-1' } }),
  'contacts-changed': call('account', 'PutAlternateContact', {
    requestParameters: { AlternateContactType: 'SECURITY' },
  }),
  'guard-touched': call('cloudtrail', 'StopLogging', { requestParameters: { name: 'root-guard-drill' } }),
  'sign-in-anomaly': { eventName: 'Sign-in Anomaly Alert' },
  noncompliant: complies('NON_COMPLIANT'),
  compliant: complies('COMPLIANT'),
  'call-read': call('s3', 'ListBuckets', { readOnly: true }),
  'call-write': call('ec2', 'RunInstances'),
} as const satisfies Readonly<Record<string, object>>

export type DrillKind = keyof typeof drillKinds

export function isDrillKind(kind: string): kind is DrillKind {
  return Object.hasOwn(drillKinds, kind)
}
