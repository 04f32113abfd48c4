// How two templates differ: resource by resource, property by property, with what would be replaced. Pure.
// Which property replaces a resource is known to @aws-cdk/cloudformation-diff, which carries AWS's own specification.
import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff'
import type { Template } from '../live/resolve.ts'

export interface ResourceChange {
  readonly logicalId: string
  readonly type: string
  /** `orphan`: it leaves the stack and stays in the account, for its DeletionPolicy is Retain. */
  readonly action: 'create' | 'update' | 'replace' | 'may-replace' | 'delete' | 'orphan'
  readonly properties: readonly PropertyChange[]
}

export interface PropertyChange {
  /** As `Targets.0.Arn`. */
  readonly path: string
  /** JSON, shortened; '' where there was, or will be, nothing. */
  readonly from: string
  readonly to: string
  readonly replaces: 'yes' | 'perhaps' | 'no'
}

/** `deployed` may be '' where nothing is deployed: everything is created then. */
export function templateChanges(deployed: string, desired: string): readonly ResourceChange[] {
  const difference = fullDiff(parsed(deployed), parsed(desired))
  const { changes } = difference.resources
  return Object.entries(changes)
    .map(([logicalId, change]) => resourceChange(logicalId, change))
    .sort((a, b) => order(a) - order(b) || (a.logicalId < b.logicalId ? -1 : 1))
}

/** Outputs and descriptions: what differs beside the resources, by name. */
export function otherChanges(deployed: string, desired: string): readonly string[] {
  const { description, outputs } = fullDiff(parsed(deployed), parsed(desired))
  return [
    ...(description?.isDifferent ? ['the description'] : []),
    ...outputs.logicalIds.map((logicalId) => `the output ${logicalId}`),
  ]
}

function resourceChange(logicalId: string, change: ResourceDifference): ResourceChange {
  const type = change.newResourceType ?? change.oldResourceType ?? ''
  const action = actions[change.changeImpact] ?? 'update'
  // Of what appears or goes, every property does; that is not worth a line each.
  const isWhole = change.isAddition || change.isRemoval
  return { logicalId, type, action, properties: isWhole ? [] : propertyChanges(change) }
}

const actions: Readonly<Partial<Record<ResourceImpact, ResourceChange['action']>>> = {
  [ResourceImpact.WILL_CREATE]: 'create',
  [ResourceImpact.WILL_UPDATE]: 'update',
  [ResourceImpact.WILL_REPLACE]: 'replace',
  [ResourceImpact.MAY_REPLACE]: 'may-replace',
  [ResourceImpact.WILL_DESTROY]: 'delete',
  [ResourceImpact.WILL_ORPHAN]: 'orphan',
}

/** What cannot be undone comes first. */
function order({ action }: ResourceChange): number {
  return ['delete', 'replace', 'may-replace', 'orphan', 'create', 'update'].indexOf(action)
}

function propertyChanges(change: ResourceDifference): readonly PropertyChange[] {
  const properties = Object.entries(change.propertyUpdates).flatMap(([name, { oldValue, newValue, changeImpact }]) =>
    leaves(name, oldValue, newValue).map((leaf) => ({ ...leaf, replaces: replacing(changeImpact) })),
  )
  const attributes = Object.entries(change.otherChanges).flatMap(([name, { oldValue, newValue }]) =>
    leaves(name, oldValue, newValue).map((leaf) => ({ ...leaf, replaces: 'no' as const })),
  )
  return [...properties, ...attributes]
}

function replacing(impact: ResourceImpact | undefined): PropertyChange['replaces'] {
  if (impact === ResourceImpact.WILL_REPLACE) return 'yes'
  return impact === ResourceImpact.MAY_REPLACE ? 'perhaps' : 'no'
}

/** The smallest pieces that differ. Lists of different lengths are one piece: an index says little then. */
function leaves(path: string, from: unknown, to: unknown): readonly Omit<PropertyChange, 'replaces'>[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return []
  if (!descends(from, to)) return [{ path, ...shownPair(from, to) }]
  const [one, other] = [from, to] as [Record<string, unknown>, Record<string, unknown>]
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return keys.flatMap((key) => leaves(`${path}.${key}`, one[key], other[key]))
}

function descends(from: unknown, to: unknown): boolean {
  if (typeof from !== 'object' || typeof to !== 'object' || from === null || to === null) return false
  if (Array.isArray(from) !== Array.isArray(to)) return false
  if (Array.isArray(from) && Array.isArray(to)) return from.length === to.length
  return !isIntrinsic(from) && !isIntrinsic(to)
}

function isIntrinsic(value: object): boolean {
  const [name = ''] = Object.keys(value)
  return name === 'Ref' || name.startsWith('Fn::')
}

/** Of two long texts that begin alike, only the length says how they differ. */
function shownPair(from: unknown, to: unknown): { readonly from: string; readonly to: string } {
  const [one, other] = [shown(from), shown(to)]
  return { from: shortened(one), to: shortened(other) }
}

function shown(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value)
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length.toLocaleString('en-US')} characters)` : text
}

const longest = 120

function parsed(body: string): Template {
  return body === '' ? { Resources: {} } : (JSON.parse(body) as Template)
}
