// Changing one setting changes only what it should, and what CloudFormation then replaces is named here: a replacement is
// a new resource, and what it held is gone. Which property replaces is AWS's own schema's to say.
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Settings, settingsSchema } from '../../templates-src/config/schema.ts'
import { allTemplates, settings } from './references.ts'

/** By template: resources that come (+), go (-), stay in the account without their stack (~), are replaced (!), change. */
type Changes = Readonly<Record<string, string>>

const RULE = { 'us-east-1': 'RootActivityRule', relay: 'RelayRootActivityRule' }
const NAMED_RELAY = `DeadLettersPolicy !DeadLetters !DeadLettersAlarm !DeadLettersLieAlarm !FailedInvocationsAlarm
  !RelayAlarmsRule !RelayDrillRule !RelayGuardTouchedRule !RelayRole !RelayRootActivityRule`

const ROWS: readonly (readonly [change: Partial<Settings>, changes: Changes])[] = [
  [
    { name: 'sample' },
    {
      'us-east-1': `AlertTopicPolicy Api DeadLettersPolicy Stage +Deployment -Deployment !AlertTopic !ApiInvokesNotifier
        !DeadLetters !Deliveries !DrillRule !Email786906db !GuardTouchedRule !Notifier !NotifierLog !NotifierRole
        !RootActivityRule !RuleToApiRole !SweepInvokesNotifier !SweepRule`,
      operations: `OperationsTopicPolicy !Api5xxAlarm !ChannelNhnSmsAlarm !ChannelSolapiSmsAlarm !ChannelTelegramAlarm
        !DeadLettersAlarm !DeadLettersLieAlarm !DigestsLostAlarm !DrillMailRule !DrillsAlarm !DrillsRefusedAlarm !FailedInvocationsAlarm
        !NotifierErrorsAlarm
        !NotifierThrottlesAlarm !OperationsEmail786906db !OperationsTopic !RecordsAlarm !RelayedAlarmsRule
        !SecretsAlarm !SmsCapAlarm`,
      'ap-northeast-2': `${NAMED_RELAY} TrailBucketPolicy !ConfigEmail786906db !ConfigTopic !DeliveryChannel !Recorder
        !RootAccessKeyRule !RootMfaRule !Trail`,
      relay: NAMED_RELAY,
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
  [
    { routes: { telegram: ['telegram'] } },
    { 'us-east-1': 'Notifier NotifierRole', operations: '-ChannelNhnSmsAlarm -ChannelSolapiSmsAlarm' },
  ],
  [{ sms: { long: true, dailyCap: 5 } }, { 'us-east-1': 'Notifier' }],
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
    { 'us-east-1': 'GuardTouchedRule', 'ap-northeast-2': 'RelayGuardTouchedRule', relay: 'RelayGuardTouchedRule' },
  ],
  [{ readers: ['auditor'] }, { 'us-east-1': 'Api Stage +Deployment -Deployment' }],
  [{ relayRegions: ['us-west-2'] }, {}],
  [{ relayRegions: 'all-enabled' }, {}],
  [
    { operationsEmails: ['operations@example.com'] },
    { operations: '+OperationsEmail0a34c300 -OperationsEmail786906db' },
  ],
  [{ drillWithinHours: 50 }, { operations: 'DrillsAlarm' }],
  // A right of the role drift, which the bootstrap makes.
  [{ driftAlert: true }, {}],
  [{ dashboard: true }, { operations: '+Dashboard' }],
  [
    { userNotifications: { hub: 'create', devices: [] } },
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
    },
  ],
  [{ recording: 'all' }, { 'ap-northeast-2': 'Recorder' }],
  // What a deploy and the bootstrap go by; the templates of the StackSets know nothing of it.
  [{ stackSets: { roles: 'bootstrap', failureTolerance: 1 } }, {}],
  [
    {
      github: {
        owner: 'octo-org',
        repository: 'octo-repo',
        ownerId: '1',
        repositoryId: '2',
        branch: 'main',
        environment: 'production',
        oidcProvider: 'create',
      },
    },
    {},
  ],
  [{ retention: { logDays: 30 } }, { 'ap-northeast-2': 'AccessLogsBucket ConfigBucket TrailBucket' }],
]

const test = suite('a change of one setting')
const before = allTemplates(settings)

for (const [change, expected] of ROWS) {
  test(`${JSON.stringify(change)} changes ${Object.keys(expected).join(', ') || 'nothing'}`, () => {
    assert.equal(changesBetween(before, allTemplates({ ...settings, ...change })), sorted(expected))
  })
}

test('is tried of every setting there is', () => {
  const tried = new Set(ROWS.flatMap(([change]) => Object.keys(change)))
  assert.equal(
    Object.keys(settingsSchema.entries).filter((setting) => !tried.has(setting)),
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
