// Each setting changed by itself, and what it changes in which template: settings.test.ts holds it, and combinations.ts
// puts the changes together.
import type { Settings } from '../../templates-src/config/schema.ts'

/** By template: resources that come (+), go (-), stay in the account without their stack (~), are replaced (!), change. */
export type Changes = Readonly<Record<string, string>>

const REACHED = { 'us-east-1': 'GuardReachedRule', relay: 'RelayGuardReachedRule' }
const RULE = { 'us-east-1': 'RootActivityRule', relay: 'RelayRootActivityRule' }
const NAMED_RELAY = `DeadLettersPolicy !DeadLetters !DeadLettersAlarm
  !RelayAlarmsRule !RelayDrillRule !RelayGuardReachedRule !RelayGuardTouchedRule !RelayRole !RelayRootActivityRule`

export type Row = readonly [change: Partial<Settings>, changes: Changes, from?: Partial<Settings>]

const STACK_SETS: Partial<Settings> = { stackSets: { roles: 'aws-default', failureTolerance: 0 } }
const NOTIFICATIONS = { userNotifications: { hub: 'create', devices: [] } } satisfies Partial<Settings>
const GITHUB = {
  github: {
    owner: 'octo-org',
    repository: 'octo-repo',
    ownerId: '1',
    repositoryId: '2',
    branch: 'main',
    environment: 'production',
    oidcProvider: 'create',
  },
} satisfies Partial<Settings>

const github = (change: Partial<NonNullable<Settings['github']>>) => ({ github: { ...GITHUB.github, ...change } })
const EVERY_ROLE = 'DeployRole DriftRole DrillRole PlanRole'

export const ROWS: readonly Row[] = [
  [
    { name: 'sample' },
    {
      notifier: '!Notifier !NotifierLog !NotifierRole',
      'us-east-1': `Api DeadLettersPolicy GetAlert PostAlert PostAlerts Stage +Deployment -Deployment !AlertTopic
        !ApiInvokesFunction !DeadLetters !Deliveries !DrillRule !Email786906db !GuardReachedRule !GuardTouchedRule !RootActivityRule !RuleToApiRole !SweepInvokesFunction !SweepRule`,
      operations: `OperationsTopicPolicy !Api5xxAlarm !DeadLettersAlarm !DeliveriesRefusedAlarm !DeliveriesUnsureAlarm
        !DrillMailRule !DrillsAlarm !LettersLostAlarm !LimitsAlarm !NotifierAlarm !OperationsEmail786906db !OperationsTopic
        !PartsAlarm !RelayedAlarmsRule`,
      'ap-northeast-2': `${NAMED_RELAY} TrailBucketPolicy !ConfigEmail786906db !ConfigTopic !DeliveryChannel !Recorder
        !RootAccessKeyRule !RootMfaRule !Trail`,
      relay: NAMED_RELAY,
      bootstrap: '!RoleBoundary !StackSetAdministrationRole !StackSetBoundary !StackSetExecutionRole',
    },
  ],
  // Of us-east-1 whatever names its account. It is another account's stack then, so that nothing of the old one is replaced.
  [
    { account: '444455556666' },
    {
      notifier: 'NotifierRole',
      'us-east-1': `Api DeadLettersPolicy DrillRule GetAlert GuardReachedRule GuardTouchedRule PostAlert PostAlerts RootActivityRule
        RuleToApiRole SweepRule !ApiInvokesFunction`,
      operations: 'DrillMailRule',
      'ap-northeast-2': 'RelayDrillRule RelayGuardReachedRule RelayGuardTouchedRule RelayRootActivityRule',
      relay: 'RelayDrillRule RelayGuardReachedRule RelayGuardTouchedRule RelayRootActivityRule',
      bootstrap: 'RoleBoundary StackSetAdministrationRole StackSetBoundary StackSetExecutionRole',
    },
  ],
  [{ homeRegion: 'us-west-2' }, {}],
  [
    { emails: ['security@example.com', 'owner@example.com'] },
    { 'us-east-1': '+Emailc8cd3c64', operations: '+OperationsEmailc8cd3c64', 'ap-northeast-2': '+ConfigEmailc8cd3c64' },
  ],
  // One before it in the list leaves the other's subscription alone: CloudFormation would delete it otherwise.
  [
    { emails: ['owner@example.com', 'security@example.com'] },
    { 'us-east-1': '+Emailc8cd3c64', operations: '+OperationsEmailc8cd3c64', 'ap-northeast-2': '+ConfigEmailc8cd3c64' },
  ],
  [{ locale: 'en' }, { notifier: 'Notifier' }],
  [{ timeZone: 'UTC' }, { notifier: 'Notifier' }],
  [{ routes: { telegram: ['telegram'] } }, { notifier: 'Notifier NotifierRole' }],
  [{ sms: { long: true, dailyCap: 100 } }, { notifier: 'Notifier' }],
  [{ sms: { long: false, dailyCap: 5 } }, { notifier: 'Notifier' }],
  [
    { trail: 'reuse' },
    {
      ...RULE,
      'ap-northeast-2': 'AccessLogsBucketPolicy RelayRootActivityRule -Trail -TrailBucketPolicy ~TrailBucket',
    },
  ],
  [
    { recorder: 'reuse' },
    {
      ...RULE,
      'ap-northeast-2': `AccessLogsBucketPolicy RelayRootActivityRule RootAccessKeyRule RootMfaRule -ConfigBucketPolicy
        -ConfigEmail786906db -ConfigTopic -ConfigTopicPolicy -DeliveryChannel -Recorder ~ConfigBucket`,
    },
  ],
  [
    { buckets: { trail: 'our-trail' } },
    {
      ...REACHED,
      'ap-northeast-2': 'AccessLogsBucketPolicy RelayGuardReachedRule Trail -TrailBucketPolicy ~TrailBucket',
    },
  ],
  [
    { buckets: { config: 'our-config' } },
    {
      ...REACHED,
      'ap-northeast-2':
        'AccessLogsBucketPolicy DeliveryChannel Recorder RelayGuardReachedRule -ConfigBucketPolicy ~ConfigBucket',
    },
  ],
  [
    { buckets: { accessLogs: 'our-logs' } },
    {
      ...REACHED,
      'ap-northeast-2': 'ConfigBucket RelayGuardReachedRule TrailBucket -AccessLogsBucketPolicy ~AccessLogsBucket',
    },
  ],
  [
    { trustedRoles: ['admin'] },
    {
      'us-east-1': 'GuardReachedRule GuardTouchedRule',
      'ap-northeast-2': 'RelayGuardReachedRule RelayGuardTouchedRule',
      relay: 'RelayGuardReachedRule RelayGuardTouchedRule',
    },
  ],
  [{ readers: ['auditor'] }, { 'us-east-1': 'Api Stage +Deployment -Deployment' }],
  [{ relayRegions: ['us-west-2'] }, {}],
  [{ relayRegions: 'all-enabled' }, { bootstrap: 'StackSetAdministrationRole' }],
  [
    { operationsEmails: ['operations@example.com'] },
    { operations: '+OperationsEmail0a34c300 -OperationsEmail786906db' },
  ],
  [{ drillWithinHours: 50 }, { operations: 'DrillsAlarm' }],
  // A right of the role drift, which the bootstrap makes.
  [{ driftAlert: true }, {}],
  [{ driftAlert: true }, { bootstrap: 'DriftRole' }, GITHUB],
  [{ dashboard: true }, { operations: '+Dashboard' }],
  [
    { userNotifications: { hub: 'reuse', devices: [] } },
    { operations: 'NotificationConfiguration ~NotificationHub' },
    NOTIFICATIONS,
  ],
  [
    {
      userNotifications: { hub: 'create', devices: ['arn:aws:consoleapp::111122223333:device/sample-1'] },
    },
    { operations: '+Device037bfda0Channel' },
    NOTIFICATIONS,
  ],
  [
    NOTIFICATIONS,
    {
      operations: `+EmailContact786906db +EmailContact786906dbChannel +NotificationAnomaly +NotificationConfiguration
        +NotificationCredentials +NotificationHub +NotificationSignIn`,
    },
  ],
  [
    { encryption: 'customer-key' },
    {
      'us-east-1': 'AlertTopic DeadLetters +EncryptionKey +KeyAlias',
      operations: 'OperationsTopic',
      'ap-northeast-2': 'ConfigBucket Trail TrailBucket +EncryptionKey +KeyAlias',
      // The right to make keys.
      bootstrap: 'StackSetExecutionRole',
    },
  ],
  [{ recording: 'all' }, { 'ap-northeast-2': 'Recorder' }],
  // The boundary goes onto every role.
  [
    { stackSets: { roles: 'bootstrap', failureTolerance: 0 } },
    { notifier: 'NotifierRole', 'us-east-1': 'RuleToApiRole', 'ap-northeast-2': 'RelayRole', relay: 'RelayRole' },
    STACK_SETS,
  ],
  // What a deploy goes by; the templates know nothing of it.
  [{ stackSets: { roles: 'aws-default', failureTolerance: 1 } }, {}, STACK_SETS],
  [GITHUB, { bootstrap: '+DeployRole +DriftRole +DrillRole +GitHubOidcProvider +PlanRole' }],
  [github({ owner: 'others' }), { bootstrap: EVERY_ROLE }, GITHUB],
  [github({ repository: 'others' }), { bootstrap: EVERY_ROLE }, GITHUB],
  [github({ ownerId: '3' }), { bootstrap: EVERY_ROLE }, GITHUB],
  [github({ repositoryId: '3' }), { bootstrap: EVERY_ROLE }, GITHUB],
  [github({ branch: 'release' }), { bootstrap: EVERY_ROLE }, GITHUB],
  [github({ environment: 'staging' }), { bootstrap: 'DeployRole' }, GITHUB],
  [github({ oidcProvider: 'reuse' }), { bootstrap: '-GitHubOidcProvider' }, GITHUB],
  [{ retention: { logDays: 30 } }, { 'ap-northeast-2': 'AccessLogsBucket ConfigBucket TrailBucket' }],
]
