// Which management events do a trail's selectors leave out, taken together? Pure. Selectors add to each other, the fields
// of one narrow it: what is left out is what each of them refuses.
import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail'

export interface Selectors {
  readonly EventSelectors?: readonly EventSelector[] | undefined
  readonly AdvancedEventSelectors?: readonly AdvancedEventSelector[] | undefined
}

/** Sentences without a subject, as `leaves out events with eventSource kms.amazonaws.com`; none where all are taken. */
export function leftOut({ EventSelectors = [], AdvancedEventSelectors = [] }: Selectors): readonly string[] {
  const selectors = [...EventSelectors.flatMap(basicFields), ...AdvancedEventSelectors.flatMap(managementFields)]
  if (selectors.length === 0) return [takesNone]
  const sets = selectors.reduce<readonly EventSet[] | undefined>(without, [new Map()])
  if (sets === undefined) return ['has advanced selectors that are too many to be judged']
  const said = inWords(sets)
  const shown = said.slice(0, mostShown)
  return said.length > mostShown ? [...shown, `leaves out ${said.length - mostShown} more kinds of events`] : shown
}

export const takesNone = 'takes no management events'

type Operator = 'Equals' | 'StartsWith' | 'EndsWith'

interface Test {
  readonly operator: Operator
  readonly value: string
}

/** What one field of a selector lets through: one of `some`, where there are any, and none of `none`. */
interface FieldRule {
  readonly field: string
  readonly some: readonly Test[]
  readonly none: readonly Test[]
}

/** What a field may be in a set of events: of each list in `some` one holds, and nothing of `none`. */
interface Bounds {
  readonly some: readonly (readonly Test[])[]
  readonly none: readonly Test[]
}

/** Events by the bounds of their fields; a field that is not there may be anything. */
type EventSet = ReadonlyMap<string, Bounds>

const mostShown = 6
/** AWS takes 500 values a trail, and few of them overlap: beyond this nobody would read the answer. */
const mostSets = 500

/** CloudTrail lets through what one of the positive operators names, unless a negative one does. */
function ruleOf({ Field = '', ...operators }: AdvancedFieldSelector): FieldRule {
  const tests = (operator: Operator, values: readonly string[] = []) => values.map((value) => ({ operator, value }))
  return {
    field: Field,
    some: [
      ...tests('Equals', operators.Equals),
      ...tests('StartsWith', operators.StartsWith),
      ...tests('EndsWith', operators.EndsWith),
    ],
    none: [
      ...tests('Equals', operators.NotEquals),
      ...tests('StartsWith', operators.NotStartsWith),
      ...tests('EndsWith', operators.NotEndsWith),
    ],
  }
}

/** A selector of data, network or Insights events takes no management event, whatever else it says. */
function managementFields({ FieldSelectors = [] }: AdvancedEventSelector): readonly (readonly FieldRule[])[] {
  const category = FieldSelectors.find(({ Field }) => Field === 'eventCategory')
  if (category?.Equals?.includes('Management') !== true) return []
  const rules = FieldSelectors.filter(({ Field }) => Field !== 'eventCategory').map(ruleOf)
  const fields = [...new Set(rules.map(({ field }) => field))]
  // A field that is there twice counts as one with the operators of both.
  return [
    fields.map((field) => {
      const same = rules.filter((rule) => rule.field === field)
      return { field, some: same.flatMap(({ some }) => some), none: same.flatMap(({ none }) => none) }
    }),
  ]
}

/** What is not said is AWS's default: management events, reads and writes, of all services. */
function basicFields(selector: EventSelector): readonly (readonly FieldRule[])[] {
  const { IncludeManagementEvents = true, ReadWriteType = 'All', ExcludeManagementEventSources = [] } = selector
  if (!IncludeManagementEvents) return []
  const reads = { ReadOnly: ['true'], WriteOnly: ['false'], All: [] }[ReadWriteType] ?? []
  return [
    [
      ...(reads.length > 0 ? [ruleOf({ Field: 'readOnly', Equals: reads })] : []),
      ...(ExcludeManagementEventSources.length > 0
        ? [ruleOf({ Field: 'eventSource', NotEquals: ExcludeManagementEventSources })]
        : []),
    ],
  ]
}

/** The sets without what the selector takes; undefined when they become too many. */
function without(
  sets: readonly EventSet[] | undefined,
  selector: readonly FieldRule[],
): readonly EventSet[] | undefined {
  if (sets === undefined) return undefined
  const left = sets.flatMap((set) => {
    let taken: EventSet | undefined = set
    const refused: EventSet[] = []
    for (const { field, some, none } of selector) {
      if (taken === undefined) break
      if (some.length > 0) refused.push(...narrowed(taken, field, { some: [], none: some }))
      const named = { some: some.length > 0 ? [some] : [], none: [] }
      if (none.length > 0) refused.push(...narrowed(taken, field, { ...named, some: [...named.some, none] }))
      taken = narrowed(taken, field, { ...named, none })[0]
    }
    return refused
  })
  return left.length > mostSets ? undefined : left
}

/** The set with tighter bounds on a field; none where no event is within them. */
function narrowed(set: EventSet, field: string, { some, none }: Bounds): readonly EventSet[] {
  const before = set.get(field) ?? { some: [], none: [] }
  const bounds = { some: [...before.some, ...some], none: [...before.none, ...none] }
  return samples(field, bounds).length === 0 ? [] : [new Map(set).set(field, bounds)]
}

/** The values that a field of a management event has, where CloudTrail's documentation lists them. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  readOnly: ['true', 'false'],
  sessionCredentialFromConsole: ['true', 'false'],
  eventType: ['AwsApiCall', 'AwsServiceEvent', 'AwsConsoleAction', 'AwsConsoleSignIn'],
}

/**
 * How the values of a field begin and end, so that `ending in .amazonaws.com` is every service. An ARN may begin anyhow: records
 * of root come with an empty one, too.
 */
const SHAPES: Readonly<Record<string, { readonly begins: string; readonly ends: string }>> = {
  eventSource: { begins: '', ends: '.amazonaws.com' },
  'userIdentity.arn': { begins: '', ends: '' },
}

/**
 * Values of the field within the bounds, none where there are none: each that a test names, and one that nothing names,
 * between every beginning and every end that a test names.
 */
function samples(field: string, { some, none }: Bounds): readonly string[] {
  const within = (value: string) =>
    some.every((tests) => tests.some((test) => holds(test, value))) && !none.some((test) => holds(test, value))
  const known = KNOWN[field]
  if (known !== undefined) return known.filter(within)
  const { begins, ends } = SHAPES[field] ?? { begins: '', ends: '' }
  const tests = [...some.flat(), ...none]
  const named = (operator: Operator) => tests.filter((one) => one.operator === operator).map(({ value }) => value)
  const beginnings = new Set([begins, ...named('StartsWith')])
  const endings = new Set([ends, ...named('EndsWith')])
  const made = [...beginnings].flatMap((beginning) =>
    [...endings].flatMap((ending) => [`${beginning}${ending}`, `${beginning}${nothingNamed}${ending}`]),
  )
  const isOfShape = (value: string) => value.startsWith(begins) && value.endsWith(ends)
  return [...new Set([...named('Equals'), ...made.filter(isOfShape)])].filter(within)
}

const nothingNamed = '0-nothing-named-0'

function holds({ operator, value }: Test, of: string): boolean {
  if (operator === 'StartsWith') return of.startsWith(value)
  return operator === 'EndsWith' ? of.endsWith(value) : of === value
}

/** Reads and writes with the same bounds are said once. */
function inWords(sets: readonly EventSet[]): readonly string[] {
  const kinds = new Map<string, readonly string[]>()
  for (const set of sets) {
    const fields = [...set].filter(([field]) => field !== 'readOnly')
    const narrowing = fields.map(([field, bounds]) => fieldInWords(field, bounds)).filter((words) => words !== '')
    const key = narrowing.length === 0 ? '' : ` with ${narrowing.join(' and ')}`
    kinds.set(key, [...(kinds.get(key) ?? []), ...samples('readOnly', set.get('readOnly') ?? { some: [], none: [] })])
  }
  return [...kinds].map(([narrowing, reads]) => {
    const kind = new Set(reads).size === 2 ? 'events' : reads[0] === 'true' ? 'reads' : 'writes'
    return `leaves out ${kind}${narrowing}`
  })
}

function fieldInWords(field: string, bounds: Bounds): string {
  const known = KNOWN[field]
  if (known !== undefined) {
    const left = samples(field, bounds)
    return left.length === known.length ? '' : `${field} ${list(left)}`
  }
  const named = bounds.some.find((tests) => tests.every(({ operator }) => operator === 'Equals'))
  const words =
    named === undefined
      ? [
          ...bounds.some.map((tests) => list(tests.map(testInWords))),
          ...(bounds.none.length > 0 ? [`other than ${list(bounds.none.map(testInWords))}`] : []),
        ].join(', ')
      : list(samples(field, bounds))
  const ofRoot = { ...bounds, some: [...bounds.some, ...roots] }
  const isRoots = field === 'userIdentity.arn' && samples(field, ofRoot).length > 0
  return `${field} ${words}${isRoots ? ", root's own among them" : ''}`
}

/** Root's ARN is alike in every account but for the number. */
const roots: readonly (readonly Test[])[] = [
  [{ operator: 'StartsWith', value: 'arn:aws:iam::' }],
  [{ operator: 'EndsWith', value: ':root' }],
]

function testInWords({ operator, value }: Test): string {
  if (operator === 'Equals') return value
  return operator === 'StartsWith' ? `beginning with ${value}` : `ending in ${value}`
}

function list(values: readonly string[]): string {
  const shown = values.slice(0, mostShown)
  return values.length > mostShown ? `${shown.join(', ')} and ${values.length - mostShown} more` : shown.join(' or ')
}
