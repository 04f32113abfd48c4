// How the tests look at a generated template: as the data CloudFormation gets, made from sample settings.
// What it refers to that is not there, and which resources differ between two.
import { isDeepStrictEqual } from 'node:util'
import type { Template } from 'cloudform'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import type { Settings } from '../../templates-src/config/schema.ts'
import { notifierTemplate } from '../../templates-src/notifier.ts'
import { operations } from '../../templates-src/operations.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { templateBody } from '../../templates-src/template.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'

export const settings: Settings = {
  name: 'root-guard',
  account: '111122223333',
  homeRegion: 'ap-northeast-2',
  emails: ['security@example.com'],
  locale: 'ko',
  timeZone: 'Asia/Seoul',
  routes: { telegram: ['telegram'], sms: ['nhn-sms', 'solapi-sms'] },
  sms: { long: false, dailyCap: 100 },
  trail: 'create',
  recorder: 'create',
  buckets: {},
  trustedRoles: [],
  readers: [],
  relayRegions: [],
  drillWithinHours: 48,
  driftAlert: false,
  dashboard: false,
  encryption: 'service',
  recording: 'iam-users',
  retention: { logDays: 2557 },
}

/** A repository whose workflows deploy, for settings that name one. */
export const github: NonNullable<Settings['github']> = {
  owner: 'example',
  repository: 'guard',
  ownerId: '1111',
  repositoryId: '2222',
  branch: 'main',
  environment: 'production',
  oidcProvider: 'create',
}

/** Every setting that adds something, on. */
export const everything: Settings = {
  ...settings,
  driftAlert: true,
  dashboard: true,
  encryption: 'customer-key',
  recording: 'all',
  userNotifications: { hub: 'create', devices: ['arn:aws:consoleapp::111122223333:device/sample-1'] },
  trustedRoles: ['platform-admin'],
  readers: ['auditor'],
  relayRegions: ['us-west-2'],
  operationsEmails: ['operations@example.com'],
}

/** All templates by name, with `code` for the notifier. */
export function allTemplates(of: Settings, code = ''): Readonly<Record<string, Deployed>> {
  return {
    notifier: deployed(notifierTemplate(of, code)),
    'us-east-1': deployed(usEast1(of)),
    operations: deployed(operations(of)),
    'ap-northeast-2': deployed(apNortheast2(of)),
    relay: deployed(relayTemplate(of)),
  }
}

export interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
  readonly DependsOn?: string | readonly string[]
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
}

export interface Deployed {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs?: Readonly<Record<string, unknown>>
}

export function deployed(template: Template): Deployed {
  return JSON.parse(templateBody(template)) as Deployed
}

/** Every reference to what is neither a resource of the template nor a pseudo parameter, as `Stage: Ref Api`. */
export function danglingReferences(template: Deployed): string[] {
  const known = (id: string) => id in template.Resources || pseudoParameters.includes(id)
  const places = Object.entries({ ...template.Resources, ...template.Outputs })
  return places.flatMap(([place, value]) =>
    references(value)
      .filter(([, id]) => !known(id))
      .map(([how, id]) => `${place}: ${how} ${id}`),
  )
}

const pseudoParameters = ['AccountId', 'NotificationARNs', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName']
  .concat('URLSuffix')
  .map((name) => `AWS::${name}`)

type Reference = readonly [how: string, id: string]

function references(value: unknown): Reference[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [[key, inner]]
    if (key === 'Fn::GetAtt') return [[key, Array.isArray(inner) ? inner[0] : inner.split('.')[0]]]
    if (key === 'DependsOn') return [inner].flat().map((id) => [key, id] as const)
    if (key === 'Fn::Sub') return substitutions(inner)
    return references(inner)
  })
}

/** `${!Literal}` is no reference, and what a Sub's own variables name is none either. */
function substitutions(sub: string | readonly [string, object]): Reference[] {
  const [text, variables] = typeof sub === 'string' ? [sub, {}] : sub
  const ids = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.split('.')[0] ?? '')
  return [...ids.filter((id) => !(id in variables)).map((id) => ['Fn::Sub', id] as const), ...references(variables)]
}

/** The logical ids of resources that only one of the two has, or that are not the same in both; sorted. */
export function changes(before: Deployed, after: Deployed): string[] {
  const ids = Object.keys({ ...before.Resources, ...after.Resources })
  return ids.filter((id) => !isDeepStrictEqual(before.Resources[id], after.Resources[id])).sort()
}

/** The resources of a type by logical id. */
export function ofType({ Resources }: Deployed, type: string): Readonly<Record<string, Resource>> {
  return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => Type === type))
}

/** The one resource of a type. Throws when there are none or several. */
export function only(template: Deployed, type: string): Resource {
  const [first, ...more] = Object.values(ofType(template, type))
  if (first === undefined || more.length > 0) throw new Error(`there is not exactly one ${type}`)
  return first
}

/** What stands at a path such as `Properties.Code.ZipFile`; undefined where nothing does. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner: unknown, key) => (inner as Record<string, unknown> | undefined)?.[key], value)
}

export interface Statement {
  readonly Sid?: string
  readonly Effect: string
  readonly Principal?: unknown
  readonly Action: string | readonly string[]
  readonly Resource?: unknown
  readonly Condition?: unknown
}

/** The statements of every policy in a resource: a role's trust and its inline policies, or a bucket's policy. */
export function statements(value: unknown): readonly Statement[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'Statement' ? inner : statements(inner)))
}

/** A metric that an alarm looks at, directly or in an expression: each is billed. */
export interface AlarmMetric {
  readonly namespace: unknown
  readonly name: unknown
  readonly dimensions: Readonly<Record<string, unknown>>
  readonly statistic: unknown
  readonly period: unknown
}

/** Of an alarm its metrics, of any other resource none. */
export function metricsOf({ Type, Properties }: Resource): readonly AlarmMetric[] {
  if (Type !== 'AWS::CloudWatch::Alarm') return []
  if (Properties.Metrics === undefined) return [metricOf(Properties, Properties.Statistic, Properties.Period)]
  return (Properties.Metrics as readonly object[]).flatMap((query) => {
    const stat = at(query, 'MetricStat')
    return stat === undefined ? [] : [metricOf(at(stat, 'Metric'), at(stat, 'Stat'), at(stat, 'Period'))]
  })
}

function metricOf(metric: unknown, statistic: unknown, period: unknown): AlarmMetric {
  const dimensions = at(metric, 'Dimensions') as readonly { readonly Name: string; readonly Value: unknown }[]
  return {
    namespace: at(metric, 'Namespace'),
    name: at(metric, 'MetricName'),
    dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
    statistic,
    period,
  }
}
