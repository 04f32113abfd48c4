import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stackProblems } from '../../../scripts/lib/preflight/bootstrap.ts'
import { hubProblems, hubRegions } from '../../../scripts/lib/preflight/notification-hub.ts'
import { quotaProblems } from '../../../scripts/lib/preflight/quotas.ts'
import { type ConfigState, recorderProblems } from '../../../scripts/lib/preflight/recorder.ts'
import { regionProblems } from '../../../scripts/lib/preflight/regions.ts'
import {
  fitness,
  judgedTrail,
  type Look,
  type TrailState,
  trailProblems,
  trailWarnings,
  type Unread,
  unknownTrails,
} from '../../../scripts/lib/preflight/trail.ts'
import type { Settings } from '../../../templates-src/config/schema.ts'
import { settings } from '../../templates-src/references.ts'

const trails = suite('what a trail lacks')

const management = { Field: 'eventCategory', Equals: ['Management'] }

// biome-ignore format: a row a line
const TRAILS: readonly (readonly [what: string, trail: object, isLogging: boolean, selectors: object, lacks: number])[] = [
  ['multi-Region, logging, everything: nothing', { IsMultiRegionTrail: true }, true, { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] }, 0],
  ['of one Region', { IsMultiRegionTrail: false }, true, { EventSelectors: [{}] }, 1],
  ['not logging', { IsMultiRegionTrail: true }, false, { EventSelectors: [{}] }, 1],
  ['without reads', { IsMultiRegionTrail: true }, true, { EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }, 1],
  ['data events alone', { IsMultiRegionTrail: true }, true, { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: false }] }, 1],
  ['an advanced selector of management events: nothing', { IsMultiRegionTrail: true }, true, { AdvancedEventSelectors: [{ FieldSelectors: [management] }] }, 0],
  ['an advanced selector of writes alone', { IsMultiRegionTrail: true }, true, { AdvancedEventSelectors: [{ FieldSelectors: [management, { Field: 'readOnly', Equals: ['false'] }] }] }, 1],
  ['an advanced selector of data events', { IsMultiRegionTrail: true }, true, { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] }, 1],
  ['no selector at all', { IsMultiRegionTrail: true }, true, {}, 1],
  ['two advanced selectors, of reads and of writes: nothing', { IsMultiRegionTrail: true }, true, { AdvancedEventSelectors: ['true', 'false'].map((value) => ({ FieldSelectors: [management, { Field: 'readOnly', Equals: [value] }] })) }, 0],
  ['without KMS', { IsMultiRegionTrail: true }, true, { EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] }, 1],
  ['without root', { IsMultiRegionTrail: true }, true, { AdvancedEventSelectors: [{ FieldSelectors: [management, { Field: 'userIdentity.arn', NotEndsWith: [':root'] }] }] }, 1],
  ['without ConsoleLogin', { IsMultiRegionTrail: true }, true, { AdvancedEventSelectors: [{ FieldSelectors: [management, { Field: 'eventName', NotEquals: ['ConsoleLogin'] }] }] }, 1],
  ['without global services', { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }, true, { EventSelectors: [{}] }, 1],
  ['nothing right', {}, false, {}, 3],
]

for (const [what, trail, isLogging, selectors, lacks] of TRAILS) {
  trails(what, () => {
    const judged = judgedTrail(trail, { answer: isLogging }, { answer: selectors })
    assert.is(judged.lacks.length, lacks)
  })
}

const trail = (name: string, lacks: readonly string[] = [], homeRegion = 'ap-northeast-2'): TrailState => ({
  name,
  homeRegion,
  lacks,
  account: '',
  isOrganizations: false,
  isFirstCopy: false,
})
const first = { deployed: false, secondTrail: false }

trails('one that does not do the work is in nobody’s way', () => {
  assert.equal(trailProblems(settings, [trail('theirs', ['is not logging'])], first), [])
})

trails('a sixth of a Region is refused, whatever the others are', () => {
  const five = Array.from({ length: 5 }, (_, index) => trail(`theirs-${index}`, ['is of one Region']))
  assert.match(trailProblems(settings, five, first)[0]?.what ?? '', 'ap-northeast-2 has 5 trails, and a Region takes 5')
  assert.equal(trailProblems(settings, five, { ...first, deployed: true }), [])
})

trails('one of our name that nobody made is named', () => {
  const [problem] = trailProblems(settings, [trail('root-guard-trail')], first)
  assert.match(problem?.what ?? '', 'already has the trail root-guard-trail, which no stack of this guard made')
})

const EVERYTHING = { answer: { EventSelectors: [{}] } }
const LOGGING: Look<boolean> = { answer: true }
const refused = (what: string, isRefused = true): { readonly unread: Unread } => ({
  unread: { what, why: `cloudtrail: ${what} refused`, hint: 'ask again', isRefused },
})
const organizations = {
  Name: 'organization-trail',
  TrailARN: 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization-trail',
  IsMultiRegionTrail: true,
  IsOrganizationTrail: true,
}
const reusing: Settings = { ...settings, trail: 'reuse' }
const unreadTrail = judgedTrail(organizations, LOGGING, refused('its event selectors'))

// biome-ignore format: a row a line
const STATES: readonly (readonly [what: string, state: TrailState, is: string])[] = [
  ['whose selectors take everything', judgedTrail(organizations, LOGGING, EVERYTHING), 'fit'],
  ['whose selectors cannot be read', unreadTrail, 'unknown'],
  ['of which it cannot be read whether it logs', judgedTrail(organizations, refused('whether it is logging'), EVERYTHING), 'unknown'],
  ['of which nothing can be read', judgedTrail(organizations, refused('whether it is logging'), refused('its event selectors')), 'unknown'],
  ['whose selectors cannot be read, and that does not log', judgedTrail(organizations, { answer: false }, refused('its event selectors')), 'unfit'],
  ['whose selectors cannot be read, and that is of one Region', judgedTrail({ ...organizations, IsMultiRegionTrail: false }, LOGGING, refused('its event selectors')), 'unfit'],
]

for (const [what, state, is] of STATES) {
  trails(`a trail ${what} is ${is}`, () => assert.is(fitness(state), is))
}

trails('the place and the account of a trail are those of its ARN where AWS says no home Region', () => {
  assert.is(unreadTrail.homeRegion, 'us-east-1')
  assert.is(unreadTrail.account, '444455556666')
})

trails('one that cannot be judged is no reason to stop, and is said with what to do', () => {
  assert.equal(trailProblems(reusing, [unreadTrail], first), [])
  const [warning, ...more] = trailWarnings(reusing, [unreadTrail], first)
  assert.equal(more, [])
  assert.match(
    warning?.what ?? '',
    "trail: reuse relies on organization-trail (an organization's, in us-east-1 of account 444455556666), and whether it is fit is not known: its event selectors cannot be read from this account (cloudtrail: its event selectors refused)",
  )
  assert.match(warning?.hint ?? '', 'npm run drill -- --through-cloudtrail')
  assert.match(warning?.hint ?? '', 'ask the administrator of account 444455556666')
})

trails('one of the account’s own that could not be read is said with what AWS asks for', () => {
  const own = judgedTrail({ Name: 'theirs', IsMultiRegionTrail: true }, LOGGING, refused('its event selectors', false))
  const [warning] = trailWarnings(reusing, [own], first)
  assert.is(warning?.hint, 'ask again')
})

trails('one that cannot be judged counts for nothing beside one that is fit', () => {
  assert.equal(trailWarnings(reusing, [unreadTrail, trail('theirs')], first), [])
  assert.equal(unknownTrails(reusing, [unreadTrail, trail('theirs')]), [])
  assert.equal(unknownTrails(reusing, [unreadTrail, trail('theirs', ['is not logging'])]), [unreadTrail])
})

trails('before the guard makes its own, one that cannot be judged may mean a bill, and is said once', () => {
  assert.equal(trailProblems(settings, [unreadTrail], first), [])
  assert.match(
    trailWarnings(settings, [unreadTrail], first)[0]?.what ?? '',
    "if it takes management events, the guard's own trail is a second copy of them, which is billed",
  )
  assert.equal(trailWarnings(settings, [unreadTrail], { ...first, secondTrail: true }), [])
  assert.equal(trailWarnings(settings, [unreadTrail], { ...first, deployed: true }), [])
})

trails('one that takes part of the management events cannot be reused, and makes a second one cost money', () => {
  const withoutKms = judgedTrail({ Name: 'theirs', HomeRegion: 'us-east-1', IsMultiRegionTrail: true }, LOGGING, {
    answer: { EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] },
  })
  const says = 'theirs (us-east-1) leaves out events with eventSource kms.amazonaws.com; a second one is billed'
  const [problem] = trailProblems(settings, [withoutKms], first)
  assert.ok(problem?.what.includes(says), problem?.what)
  assert.equal(trailProblems(settings, [withoutKms], { ...first, secondTrail: true }), [])
  const [unfit] = trailProblems(reusing, [withoutKms], first)
  assert.match(unfit?.what ?? '', 'theirs leaves out events with eventSource kms.amazonaws.com')
})

trails('one of the guard’s name in another account is not the guard’s own', () => {
  const namesake = judgedTrail(
    {
      ...organizations,
      Name: 'root-guard-trail',
      TrailARN: organizations.TrailARN.replace(/[^/]+$/, 'root-guard-trail'),
    },
    LOGGING,
    EVERYTHING,
  )
  assert.equal(trailProblems(reusing, [namesake], first), [])
  assert.match(trailProblems(settings, [namesake], first)[0]?.what ?? '', 'already has a multi-Region trail')
})

trails.run()

const recorders = suite('whose recorder it is')

const reuse: Settings = { ...settings, recorder: 'reuse' }
const own: ConfigState = {
  recorders: [{ name: 'root-guard-recorder', recordsUsers: true }],
  channels: ['root-guard-delivery'],
}

// biome-ignore format: a row a line
const RECORDERS: readonly (readonly [what: string, settings: Settings, found: ConfigState, deployed: boolean, problems: number])[] = [
  ['none, and one to make: nothing', settings, { recorders: [], channels: [] }, false, 0],
  ['our own, deployed: nothing', settings, own, true, 0],
  ['one of our name and a channel that nobody made', settings, own, false, 2],
  ['another’s, and one to make', settings, { recorders: [{ name: 'theirs', recordsUsers: true }], channels: ['theirs'] }, false, 1],
  ['another’s beside ours', settings, { ...own, recorders: [{ name: 'theirs', recordsUsers: true }] }, true, 1],
  ['another’s to reuse: nothing', reuse, { recorders: [{ name: 'theirs', recordsUsers: true }], channels: [] }, false, 0],
  ['our own alone cannot be reused', reuse, own, true, 1],
]

for (const [what, wished, found, deployed, problems] of RECORDERS) {
  recorders(what, () => assert.is(recorderProblems(wished, found, { deployed }).length, problems))
}

recorders('a delivery channel without a recorder is to be deleted: nothing of it can be reused', () => {
  const stray: ConfigState = { recorders: [], channels: ['default'] }
  const hints = (wished: Settings) => recorderProblems(wished, stray, { deployed: false }).map(({ hint }) => hint)
  assert.equal(hints(settings), [
    'delete the delivery channel: aws configservice delete-delivery-channel --delivery-channel-name default --region ap-northeast-2',
  ])
  assert.equal(hints(reuse), ['put recorder: create into root-guard.yaml'])
})

recorders.run()

const others = suite('Regions and quotas')

others('a Region must exist and be enabled', () => {
  const known = ['us-west-2 ENABLED_BY_DEFAULT', 'af-south-1 ENABLED', 'me-south-1 DISABLED', 'eu-south-1 ENABLING']
  const regions = known.map((one) => ({ name: one.split(' ')[0] ?? '', status: one.split(' ')[1] ?? '' }))
  const found = regionProblems(
    'relayRegions',
    ['us-west-2', 'af-south-1', 'me-south-1', 'eu-south-1', 'us-west-9'],
    regions,
  )
  assert.equal(
    found.map(({ what }) => what),
    [
      'relayRegions: the Region me-south-1 is DISABLED in this account',
      'relayRegions: the Region eu-south-1 is ENABLING in this account',
      'relayRegions: AWS has no Region us-west-9',
    ],
  )
})

others('roles are counted once a Region that has no stack yet, in a later deploy, too', () => {
  const body = JSON.stringify({ Resources: { A: { Type: 'AWS::IAM::Role' }, B: { Type: 'AWS::SQS::Queue' } } })
  const templates = [{ body, missing: ['us-west-2', 'eu-west-1'] }]
  assert.equal(quotaProblems(templates, { Roles: 998, RolesQuota: 1000 }), [])
  assert.match(
    quotaProblems(templates, { Roles: 999, RolesQuota: 1000 })[0]?.what ?? '',
    'a deploy makes 2 IAM roles, and the account has 999 of at most 1000',
  )
  assert.equal(quotaProblems([{ body, missing: [] }], { Roles: 1001, RolesQuota: 1000 }), [])
  assert.equal(quotaProblems(templates, {}), [], 'what AWS does not say is no limit')
})

others.run()

const hubs = suite('the notification hub')

const wanting = (hub: 'create' | 'reuse') => ({ userNotifications: { hub, devices: [] } })

// biome-ignore format: a row a line
const HUBS: readonly (readonly [what: string, wanted: Parameters<typeof hubProblems>[0], hubs: readonly string[], isOwn: boolean, said?: string])[] = [
  ['not asked for', {}, ['us-east-1'], false],
  ['to be made, and none is there', wanting('create'), [], false],
  ['to be made, and another Region has one', wanting('create'), ['eu-west-1'], false],
  ['to be made, and the guard made it', wanting('create'), ['us-east-1'], true],
  ['to be made, and an earlier guard left it', wanting('create'), ['us-east-1'], false, 'us-east-1 already has a notification hub, which no stack of this guard holds → write hub: reuse'],
  ['to be made, and three other Regions have one', wanting('create'), ['eu-west-1', 'eu-west-2', 'eu-west-3'], false, 'and an account takes 3 → write hub: reuse'],
  ['to be reused, and one is there', wanting('reuse'), ['us-east-1'], false],
  ['to be reused, and none is there', wanting('reuse'), [], false, 'but the account has no notification hub → write hub: create'],
]

for (const [what, wanted, found, isOwn, said] of HUBS) {
  hubs(`${what}: ${said ?? 'nothing'}`, () => {
    const problems = hubProblems(wanted, found, { isOwn }).map(({ what, hint }) => `${what} → ${hint}`)
    assert.is(problems.length, said === undefined ? 0 : 1)
    if (said !== undefined) assert.ok(problems[0]?.includes(said), problems[0])
  })
}

hubs('one that is being deregistered, or is no longer active, is none', () => {
  const hub = (notificationHubRegion: string, status: string) => ({ notificationHubRegion, statusSummary: { status } })
  const answer = [
    hub('us-east-1', 'ACTIVE'),
    hub('eu-west-1', 'DEREGISTERING'),
    hub('eu-west-2', 'INACTIVE'),
    hub('eu-west-3', 'REGISTERING'),
  ]
  assert.equal(hubRegions(JSON.stringify({ notificationHubs: answer })), ['us-east-1', 'eu-west-3'])
})

hubs('an answer that is no list of hubs is an error, and not an account without one', () => {
  for (const answer of ['', '<html>', '{}', '[]', 'null']) {
    assert.throws(() => hubRegions(answer), /the answer is not a list of hubs/)
  }
})

const active = { notificationHubRegion: 'us-east-1', statusSummary: { status: 'ACTIVE' } }

for (const [what, hub] of [
  ['without a status', { notificationHubRegion: 'us-east-1' }],
  ['with an empty status', { ...active, statusSummary: {} }],
  ['without a Region', { ...active, notificationHubRegion: undefined }],
] as const) {
  hubs(`a hub ${what} is an error, and not an account without one`, () => {
    const answer = JSON.stringify({ notificationHubs: [active, hub] })
    assert.throws(() => hubRegions(answer), /the answer is not a list of hubs/)
  })
}

hubs.run()

const bootstraps = suite("the bootstrap's stack, to a deploy that goes by its roles")

const body = (...roles: readonly string[]) =>
  JSON.stringify({ Resources: Object.fromEntries(roles.map((role) => [role, { Type: 'AWS::IAM::Role' }])) })

// biome-ignore format: a row a line
const BOOTSTRAPS: readonly (readonly [what: string, stack: { status: string; body: string } | undefined, said?: string])[] = [
  ['as it should be', { status: 'UPDATE_COMPLETE', body: body('A', 'B') }],
  ['not there', undefined, 'whose roles stackSets: {roles: bootstrap} means, is not there in ap-northeast-2'],
  ['that something works on', { status: 'UPDATE_IN_PROGRESS', body: body('A', 'B') }, 'is UPDATE_IN_PROGRESS'],
  ['that was rolled back', { status: 'ROLLBACK_COMPLETE', body: body('A', 'B') }, 'is ROLLBACK_COMPLETE'],
  ['that lacks a resource and has one too many', { status: 'CREATE_COMPLETE', body: body('A', 'C') }, 'comes to now: delete C, create B'],
]

for (const [what, stack, said] of BOOTSTRAPS) {
  bootstraps(`${what}: ${said ?? 'nothing'}`, () => {
    const problems = stackProblems(settings, stack, body('A', 'B')).map(({ what }) => what)
    assert.is(problems.length, said === undefined ? 0 : 1)
    if (said !== undefined) assert.ok(problems[0]?.includes(said), problems[0])
  })
}

bootstraps.run()
