// Changing one setting changes only what it should, and what CloudFormation then replaces is named here: a replacement is
// a new resource, and what it held is gone. Which property replaces is AWS's own schema's to say.
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { type Settings, settingsSchema } from '../../templates-src/config/schema.ts'
import { allTemplates, deployed, settings } from './references.ts'

/** By template: resources that come (+), go (-), stay in the account without their stack (~), are replaced (!), change. */
type Changes = Readonly<Record<string, string>>

const RULE = { 'us-east-1': 'RootActivityRule', relay: 'RelayRootActivityRule' }
const NAMED_RELAY = `DeadLettersPolicy !DeadLetters !DeadLettersAlarm
  !RelayAlarmsRule !RelayDrillRule !RelayGuardTouchedRule !RelayRole !RelayRootActivityRule`

type Row = readonly [change: Partial<Settings>, changes: Changes, from?: Partial<Settings>]

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

const ROWS: readonly Row[] = [
  [
    { name: 'sample' },
    {
      'us-east-1': `AlertTopicPolicy Api DeadLettersPolicy Stage +Deployment -Deployment !AlertTopic !ApiInvokesNotifier
        !DeadLetters !Deliveries !DrillRule !Email786906db !GuardTouchedRule !Notifier !NotifierLog !NotifierRole
        !RootActivityRule !RuleToApiRole !SweepInvokesNotifier !SweepRule`,
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
      'us-east-1': `AlertTopicPolicy Api DeadLettersPolicy DrillRule GuardTouchedRule NotifierRole RootActivityRule
        RuleToApiRole !ApiInvokesNotifier`,
      operations: 'DrillMailRule',
      'ap-northeast-2': 'RelayDrillRule RelayGuardTouchedRule RelayRootActivityRule',
      relay: 'RelayDrillRule RelayGuardTouchedRule RelayRootActivityRule',
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
  [{ locale: 'en' }, { 'us-east-1': 'Notifier' }],
  [{ timeZone: 'UTC' }, { 'us-east-1': 'Notifier' }],
  [{ routes: { telegram: ['telegram'] } }, { 'us-east-1': 'Notifier NotifierRole' }],
  [{ sms: { long: true, dailyCap: 100 } }, { 'us-east-1': 'Notifier' }],
  [{ sms: { long: false, dailyCap: 5 } }, { 'us-east-1': 'Notifier' }],
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
    { ...RULE, 'ap-northeast-2': 'AccessLogsBucketPolicy RelayRootActivityRule Trail -TrailBucketPolicy ~TrailBucket' },
  ],
  [
    { buckets: { config: 'our-config' } },
    {
      ...RULE,
      'ap-northeast-2':
        'AccessLogsBucketPolicy DeliveryChannel Recorder RelayRootActivityRule -ConfigBucketPolicy ~ConfigBucket',
    },
  ],
  [
    { buckets: { accessLogs: 'our-logs' } },
    {
      ...RULE,
      'ap-northeast-2': 'ConfigBucket RelayRootActivityRule TrailBucket -AccessLogsBucketPolicy ~AccessLogsBucket',
    },
  ],
  [
    { trustedRoles: ['admin'] },
    {
      'us-east-1': 'GuardTouchedRule RootActivityRule',
      'ap-northeast-2': 'RelayGuardTouchedRule RelayRootActivityRule',
      relay: 'RelayGuardTouchedRule RelayRootActivityRule',
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
    { operations: '-NotificationHub NotificationConfiguration' },
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
    { 'us-east-1': 'NotifierRole RuleToApiRole', 'ap-northeast-2': 'RelayRole', relay: 'RelayRole' },
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

const test = suite('a change of one setting')
for (const [change, expected, from = {}] of ROWS) {
  const beside = Object.keys(from).length > 0 ? ` where there is ${Object.keys(from).join()}` : ''
  test(`${JSON.stringify(change)} changes ${Object.keys(expected).join(', ') || 'nothing'}${beside}`, () => {
    const before = everyTemplate({ ...settings, ...from })
    assert.equal(changesBetween(before, everyTemplate({ ...settings, ...from, ...change })), sorted(expected))
  })
}

test('is tried of every setting there is, each by itself', () => {
  const tried = ROWS.map(([change, , from = {}]) => {
    const [before, after] = [fieldsOf({ ...settings, ...from }), fieldsOf({ ...settings, ...from, ...change })]
    return Object.keys(before).filter((path) => before[path] !== after[path])
  })
  const byItself = tried.filter(({ length }) => length === 1).flat()
  const known = pathsOf(settingsSchema)
  for (const nested of ['sms.dailyCap', 'buckets.trail', 'userNotifications.hub', 'github.branch', 'stackSets.roles'])
    assert.ok(known.includes(nested), `the schema is read down to ${nested}`)
  assert.equal(
    known.filter((path) => !byItself.includes(path)),
    [],
    'add a row for it',
  )
})

test('only another name replaces anything in an account', () => {
  const replacing = ROWS.filter(([, changes]) => Object.values(changes).join().includes('!'))
  assert.equal(
    replacing.flatMap(([change]) => Object.keys(change)),
    ['name', 'account'],
  )
})

test.run()

interface Schema {
  readonly entries?: Readonly<Record<string, unknown>>
  readonly wrapped?: unknown
  readonly pipe?: readonly unknown[]
}

/** The paths of all fields that the schema knows, as `sms.dailyCap`. */
function pathsOf({ entries, wrapped, pipe }: Schema): readonly string[] {
  if (entries !== undefined) {
    return Object.entries(entries).flatMap(([field, inner]) =>
      pathsOf(inner as Schema).map((path) => (path === '' ? field : `${field}.${path}`)),
    )
  }
  const inner = wrapped ?? pipe?.[0]
  return inner === undefined || inner === null ? [''] : pathsOf(inner as Schema)
}

/** Each field that is a map of fields in the schema by its path; others, lists and routes too, as they are, in JSON. */
function fieldsOf(of: Settings): Readonly<Record<string, string>> {
  const valueAt = (path: string) =>
    path.split('.').reduce<unknown>((value, field) => (value as Record<string, unknown> | undefined)?.[field], of)
  return Object.fromEntries(pathsOf(settingsSchema).map((path) => [path, JSON.stringify(valueAt(path)) ?? 'nothing']))
}

/** With the bootstrap's, which knows the settings as well. */
function everyTemplate(of: Settings): ReturnType<typeof allTemplates> {
  return { ...allTemplates(of), bootstrap: deployed(bootstrapTemplate(of)) }
}

function changesBetween(from: ReturnType<typeof allTemplates>, to: ReturnType<typeof allTemplates>): Changes {
  const all: Record<string, string> = {}
  for (const template of Object.keys(from)) {
    const found: string[] = []
    fullDiff(from[template] ?? {}, to[template] ?? {}).resources.forEachDifference((id, { changeImpact }) => {
      found.push(`${SIGNS[changeImpact] ?? '?'}${id.replace(/^(Deployment)[\da-f]{8}$/, '$1')}`)
    })
    if (found.length > 0) all[template] = found.join(' ')
  }
  return sorted(all)
}

const SIGNS: Partial<Record<ResourceImpact, string>> = {
  [ResourceImpact.WILL_CREATE]: '+',
  [ResourceImpact.WILL_DESTROY]: '-',
  [ResourceImpact.WILL_ORPHAN]: '~',
  [ResourceImpact.WILL_REPLACE]: '!',
  [ResourceImpact.WILL_UPDATE]: '',
}

function sorted(changes: Changes): Changes {
  return Object.fromEntries(
    Object.entries(changes).map(([template, ids]) => [template, ids.split(/\s+/).sort().join(' ')]),
  )
}
