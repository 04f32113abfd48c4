// What a trail's selectors leave out, by name; and that the answer agrees with asking each selector about each event.
import type { AdvancedFieldSelector } from '@aws-sdk/client-cloudtrail'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { selectorDifferences } from '../../../../scripts/lib/live/checks/logs.ts'
import { leftOut, type Selectors } from '../../../../scripts/lib/preflight/trail-selectors.ts'

const test = suite("what a trail's selectors leave out")

const management: AdvancedFieldSelector = { Field: 'eventCategory', Equals: ['Management'] }
const basic = (...EventSelectors: NonNullable<Selectors['EventSelectors']>): Selectors => ({ EventSelectors })
const advanced = (...selectors: readonly (readonly AdvancedFieldSelector[])[]): Selectors => ({
  AdvancedEventSelectors: selectors.map((fields) => ({ FieldSelectors: [management, ...fields] })),
})
const reads: AdvancedFieldSelector = { Field: 'readOnly', Equals: ['true'] }
const writes: AdvancedFieldSelector = { Field: 'readOnly', Equals: ['false'] }
const notKms: AdvancedFieldSelector = { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }

// biome-ignore format: a row a line
const ROWS: readonly (readonly [what: string, selectors: Selectors, leavesOut: readonly string[]])[] = [
  ['a basic selector of everything', basic({}), []],
  ['a basic selector of reads and one of writes', basic({ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }), []],
  ['basic selectors without KMS and of KMS excluded from reads alone', basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }, { ReadWriteType: 'WriteOnly' }), ['leaves out reads with eventSource kms.amazonaws.com']],
  ['a basic selector without KMS and the Data API of RDS', basic({ ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }), ['leaves out events with eventSource kms.amazonaws.com or rdsdata.amazonaws.com']],
  ['a basic selector of data and one without an exclusion', basic({ IncludeManagementEvents: false }, { ExcludeManagementEventSources: [] }), []],
  ['a basic selector of reads and a data selector of writes', basic({ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly', IncludeManagementEvents: false }), ['leaves out writes']],
  ['an advanced selector of reads and one of writes', advanced([reads], [writes]), []],
  ['an advanced selector of reads twice', advanced([reads], [reads]), ['leaves out writes']],
  ['an advanced selector that names reads and writes in one list', advanced([{ Field: 'readOnly', Equals: ['true', 'false'] }]), []],
  ['an advanced selector of reads, and one of writes without KMS', advanced([reads], [writes, notKms]), ['leaves out writes with eventSource kms.amazonaws.com']],
  ['reads and writes, both without KMS', advanced([reads, notKms], [writes, notKms]), ['leaves out events with eventSource kms.amazonaws.com']],
  ['without KMS, and KMS alone', advanced([notKms], [{ Field: 'eventSource', Equals: ['kms.amazonaws.com'] }]), []],
  ['without KMS', advanced([notKms]), ['leaves out events with eventSource kms.amazonaws.com']],
  ['every service by how its name ends', advanced([{ Field: 'eventSource', EndsWith: ['.amazonaws.com'] }]), []],
  ['sign-ins alone', advanced([{ Field: 'eventSource', Equals: ['signin.amazonaws.com'] }]), ['leaves out events with eventSource other than signin.amazonaws.com']],
  ['without ConsoleLogin', advanced([{ Field: 'eventName', NotEquals: ['ConsoleLogin'] }]), ['leaves out events with eventName ConsoleLogin']],
  ['without Console…', advanced([{ Field: 'eventName', NotStartsWith: ['Console'] }]), ['leaves out events with eventName beginning with Console']],
  ['without root, by how its ARN ends', advanced([{ Field: 'userIdentity.arn', NotEndsWith: [':root'] }]), ["leaves out events with userIdentity.arn ending in :root, root's own among them"]],
  ['without root, by its ARN', advanced([{ Field: 'userIdentity.arn', NotEquals: ['arn:aws:iam::111122223333:root'] }]), ["leaves out events with userIdentity.arn arn:aws:iam::111122223333:root, root's own among them"]],
  ['without what begins as root and users do', advanced([{ Field: 'userIdentity.arn', NotStartsWith: ['arn:aws:iam::'] }]), ["leaves out events with userIdentity.arn beginning with arn:aws:iam::, root's own among them"]],
  ['roles alone', advanced([{ Field: 'userIdentity.arn', StartsWith: ['arn:aws:sts::'] }]), ["leaves out events with userIdentity.arn other than beginning with arn:aws:sts::, root's own among them"]],
  ['callers with an ARN, which a failed sign-in and a service have not', advanced([{ Field: 'userIdentity.arn', StartsWith: ['arn:aws:'] }]), ['leaves out events with userIdentity.arn other than beginning with arn:aws:']],
  ['without a role of a pipeline', advanced([{ Field: 'userIdentity.arn', NotStartsWith: ['arn:aws:sts::111122223333:assumed-role/pipeline/'] }]), ['leaves out events with userIdentity.arn beginning with arn:aws:sts::111122223333:assumed-role/pipeline/']],
  ['without sign-ins by their type', advanced([{ Field: 'eventType', Equals: ['AwsApiCall', 'AwsServiceEvent', 'AwsConsoleAction'] }]), ['leaves out events with eventType AwsConsoleSignIn']],
  ['every type by name', advanced([{ Field: 'eventType', Equals: ['AwsApiCall', 'AwsServiceEvent', 'AwsConsoleAction', 'AwsConsoleSignIn'] }]), []],
  ['without what the console calls', advanced([{ Field: 'sessionCredentialFromConsole', NotEquals: ['true'] }]), ['leaves out events with sessionCredentialFromConsole true']],
  ['a field of which nobody here knows', advanced([{ Field: 'userIdentity.type', NotEquals: ['Root'] }]), ['leaves out events with userIdentity.type Root']],
  ['a field twice', advanced([{ Field: 'eventName', StartsWith: ['Console'] }, { Field: 'eventName', EndsWith: ['Login'] }], [{ Field: 'eventName', NotStartsWith: ['Console'] }, { Field: 'eventName', NotEndsWith: ['Login'] }]), []],
  ['data events alone', { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, { Field: 'resources.type', Equals: ['AWS::S3::Object'] }] }] }, ['takes no management events']],
  ['network and Insights events alone', { AdvancedEventSelectors: ['NetworkActivity', 'Insight'].map((category) => ({ FieldSelectors: [{ Field: 'eventCategory', Equals: [category] }] })) }, ['takes no management events']],
  ['data events and management events', { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }, { FieldSelectors: [management] }] }, []],
  ['nothing', {}, ['takes no management events']],
]

for (const [what, selectors, leavesOut] of ROWS) {
  test(`${what}: ${leavesOut.join('; ') || 'nothing'}`, () => assert.equal(leftOut(selectors), leavesOut))
}

// A few words, so that selectors overlap, contain and complete each other.
const WORDS = ['a', 'ab', 'b', 'ba'] as const
const VALUES = [
  ...WORDS,
  'aba',
  'aab',
  'bab',
  'abb',
  'zz',
  'az',
  'za',
  'bz',
  'zb',
  'azb',
  'bza',
  'abz',
  'zba',
  'abzba',
  'abza',
  'azba',
  'baz',
  'zab',
  'bazab',
  'bazb',
]
const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 2 })
const OPERATORS = ['Equals', 'StartsWith', 'EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith'] as const
const field = (Field: string) =>
  fc
    .dictionary(fc.constantFrom(...OPERATORS), words, { minKeys: 1, maxKeys: 2 })
    .map((operators): AdvancedFieldSelector => ({ Field, ...operators }))
const selector = fc
  .record(
    {
      one: field('eventName'),
      other: field('other'),
      reads: fc.constantFrom<AdvancedFieldSelector>(reads, writes),
    },
    { requiredKeys: [] },
  )
  .map((fields) => Object.values(fields))

/** Selectors that take what a field of another one refuses. */
function complements(fields: readonly AdvancedFieldSelector[]): readonly (readonly AdvancedFieldSelector[])[] {
  return fields.flatMap(({ Field, Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, NotEndsWith }) => [
    ...(Equals || StartsWith || EndsWith
      ? [[{ Field, NotEquals: Equals, NotStartsWith: StartsWith, NotEndsWith: EndsWith }]]
      : []),
    ...(NotEquals || NotStartsWith || NotEndsWith
      ? [[{ Field, Equals: NotEquals, StartsWith: NotStartsWith, EndsWith: NotEndsWith }]]
      : []),
  ])
}

interface Sample {
  readonly eventName: string
  readonly other: string
  readonly readOnly: string
}
const SAMPLES: readonly Sample[] = VALUES.flatMap((eventName) =>
  VALUES.flatMap((other) => ['true', 'false'].map((readOnly) => ({ eventName, other, readOnly }))),
)

function isTaken(sample: Sample, fields: readonly AdvancedFieldSelector[]): boolean {
  return fields.every((one) => {
    const value = sample[one.Field as keyof Sample]
    const positive = [
      ...(one.Equals ?? []).map((word) => value === word),
      ...(one.StartsWith ?? []).map((word) => value.startsWith(word)),
      ...(one.EndsWith ?? []).map((word) => value.endsWith(word)),
    ]
    const negative = [
      ...(one.NotEquals ?? []).map((word) => value === word),
      ...(one.NotStartsWith ?? []).map((word) => value.startsWith(word)),
      ...(one.NotEndsWith ?? []).map((word) => value.endsWith(word)),
    ]
    return (positive.length === 0 || positive.includes(true)) && !negative.includes(true)
  })
}

test('says nothing exactly where every event is taken by one of the selectors', () => {
  let complete = 0
  fc.assert(
    fc.property(fc.array(selector, { minLength: 1, maxLength: 3 }), fc.boolean(), (some, isCompleted) => {
      const selectors = isCompleted ? [...some, ...complements(some[0] ?? [])] : some
      const isComplete = SAMPLES.every((sample) => selectors.some((fields) => isTaken(sample, fields)))
      if (isComplete) complete++
      assert.is(leftOut(advanced(...selectors)).length === 0, isComplete)
    }),
    { seed: 20_261_129, numRuns: 150 },
  )
  assert.ok(complete > 20, `selectors that take everything came up ${complete} times`)
})

test('selectors that nobody could read the answer of are called that, at once', () => {
  const wide = Array.from({ length: 20 }, (_, selector) =>
    Array.from({ length: 3 }, (_, index) => ({ Field: `field${selector}.${index}`, NotEquals: ['x'] })),
  )
  assert.equal(leftOut(advanced(...wide)), ['has advanced selectors that are too many to be judged'])
})

test('a long list is cut short', () => {
  const NotEquals = Array.from({ length: 30 }, (_, index) => `Event${index}`)
  const [said = ''] = leftOut(advanced([{ Field: 'eventName', NotEquals }]))
  assert.match(said, /^leaves out events with eventName Event0, .+, Event5 and 24 more$/)
})

test.run()

const own = suite("the guard's own trail, as it is deployed")

const deployed = [{ ReadWriteType: 'All', IncludeManagementEvents: true }]

own('differs in nothing where AWS adds empty lists', () => {
  const EventSelectors = [
    {
      ReadWriteType: 'All' as const,
      IncludeManagementEvents: true,
      DataResources: [],
      ExcludeManagementEventSources: [],
    },
  ]
  assert.equal(selectorDifferences(deployed, { EventSelectors }), [])
})

own('differs where somebody excluded KMS, which leaves what was deployed in its place', () => {
  const [found, ...more] = selectorDifferences(deployed, {
    EventSelectors: [
      { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: ['kms.amazonaws.com'] },
    ],
  })
  assert.equal(more, [])
  assert.equal(found, {
    what: 'EventSelectors',
    wished: JSON.stringify(deployed),
    found: 'leaves out events with eventSource kms.amazonaws.com',
  })
})

own.run()
