// botocore's models of the calls that we send (botocore.json, written by write-models.py): what a value may be, by the
// shape that AWS gives it. calls.json says which call each type of CloudFormation makes of its properties.
import { readFileSync } from 'node:fs'
import type { Deployed } from '../templates-src/references.ts'
import { type Broken, list, object, type Rule, rendered, resource } from './rule.ts'

interface Models {
  readonly botocore: string
  /** By AWS's own id of the service, which the SDK's clients have as well. */
  readonly services: Readonly<Record<string, Service>>
}

interface Service {
  /** The shape of each call's input. */
  readonly calls: Readonly<Record<string, string | null>>
  /** A shape that is not here takes every value. */
  readonly shapes: Readonly<Record<string, Shape>>
}

interface Shape {
  readonly required?: readonly string[]
  readonly members?: Readonly<Record<string, string>>
  readonly member?: string
  readonly key?: string
  readonly value?: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
}

interface Call {
  readonly service: string
  readonly call: string
  /** A property under another name. */
  readonly as?: Readonly<Record<string, string>>
  /** The member that holds the properties, where the call wraps them. */
  readonly into?: string
  /** The property that holds what the call takes, where CloudFormation wraps it; of a list each. */
  readonly within?: string
}

export const models: Models = read('botocore.json')
const calls: Readonly<Record<string, readonly Call[]>> = read('calls.json')

const known = Object.values(calls).flat().length
export const typesWithModels: readonly string[] = Object.keys(calls)

export const model: readonly Rule[] = [
  {
    id: 'model/value',
    fact: `What a property becomes in a call of the API has the length, range, pattern and enumeration of that call, and each structure in it has the members it requires: ${known} calls, by botocore ${models.botocore}. What a call itself requires is not asked for: CloudFormation makes up what is left out, as names.`,
    source: `botocore ${models.botocore}`,
    sure: 'H',
    basis: 'documentation',
    of: Object.keys(calls),
    check: ({ Type, Properties }, template) =>
      (calls[Type] ?? []).flatMap((call) => brokenProperties(call, Properties, template)),
    wrong: [
      {
        Rule: resource('AWS::Config::ConfigRule', {
          MaximumExecutionFrequency: 'Five_Hours',
          Source: { Owner: 'AWS', SourceIdentifier: 'ROOT_ACCOUNT_MFA_ENABLED' },
        }),
      },
      {
        Rule: resource('AWS::Config::ConfigRule', {
          ConfigRuleName: 'a'.repeat(129),
          Source: { Owner: 'AWS', SourceIdentifier: 'ROOT_ACCOUNT_MFA_ENABLED' },
        }),
      },
      { Channel: resource('AWS::Config::DeliveryChannel', { Name: 'a'.repeat(257), S3BucketName: 'sample-bucket' }) },
      {
        Rule: resource('AWS::Events::Rule', {
          EventPattern: { source: Array.from({ length: 500 }, (_, at) => `aws.service-${at}`) },
        }),
      },
    ],
  },
]

/** What a call of the SDK sends that its model does not allow; nothing where the model is not kept. */
export function brokenInput(service: string, call: string, input: object): readonly Broken[] {
  const of = models.services[service]
  const shape = of?.calls[call]
  return of === undefined || typeof shape !== 'string' ? [] : brokenValue(of, shape, input, '', input)
}

export function hasModel(service: string, call: string): boolean {
  return models.services[service]?.calls[call] !== undefined
}

function brokenProperties(call: Call, properties: object, template: Deployed): readonly Broken[] {
  const service = models.services[call.service]
  const input = service?.shapes[service.calls[call.call] ?? '']
  const shape = call.into === undefined ? input : service?.shapes[input?.members?.[call.into] ?? '']
  if (service === undefined || shape?.members === undefined) throw new Error(`botocore.json has no ${call.call}`)
  const inner = call.within === undefined ? properties : object(properties)[call.within]
  return list<object>(inner).flatMap((one, at) =>
    Object.entries(one).flatMap(([property, value]) => {
      const member = memberOf(shape, call.as?.[property] ?? property)
      const place = [call.within, Array.isArray(inner) ? at : undefined, property].filter((part) => part !== undefined)
      return member === undefined ? [] : brokenValue(service, member, value, place.join('.'), template)
    }),
  )
}

/** CloudFormation writes with a capital letter what some services do not. */
function memberOf({ members = {} }: Shape, name: string): string | undefined {
  const [, shape] = Object.entries(members).find(([member]) => member.toLowerCase() === name.toLowerCase()) ?? []
  return shape
}

/** `template` fills in what a value refers to. */
function brokenValue(
  service: Service,
  name: string,
  value: unknown,
  path: string,
  template: object,
): readonly Broken[] {
  const shape = service.shapes[name]
  if (shape === undefined || value === undefined || value === null) return []
  const inner = (key: string | number) => (path === '' ? `${key}` : `${path}.${key}`)
  const each = (of: string, key: string | number, one: unknown) => brokenValue(service, of, one, inner(key), template)
  if (shape.members !== undefined) {
    if (isFilledIn(value)) return []
    const has = Object.keys(object(value)).map((key) => key.toLowerCase())
    const missing = (shape.required ?? []).filter((member) => !has.includes(member.toLowerCase()))
    return [
      ...missing.map((member) => ({ property: inner(member), found: undefined, allowed: 'a value: it is required' })),
      ...Object.entries(object(value)).flatMap(([key, one]) => each(memberOf(shape, key) ?? '', key, one)),
    ]
  }
  if (shape.member !== undefined) {
    const items = list(value)
    return [
      ...outside(shape, items.length, path, 'items'),
      ...items.flatMap((one, at) => each(shape.member ?? '', at, one)),
    ]
  }
  if (shape.value !== undefined) {
    const entries = Object.entries(object(value))
    return [
      ...outside(shape, entries.length, path, 'entries'),
      ...entries.flatMap(([key, one]) => [...each(shape.key ?? '', key, key), ...each(shape.value ?? '', key, one)]),
    ]
  }
  if (typeof value === 'number') return outside(shape, value, path, '')
  if (typeof value === 'boolean' || ArrayBuffer.isView(value)) return []
  return brokenText(shape, rendered(value, template as Deployed), path)
}

function brokenText(shape: Shape, { text, exact }: { text: string; exact: boolean }, path: string): readonly Broken[] {
  const long = outside(shape, text.length, path, 'characters').map((one) => ({ ...one, found: text }))
  if (!exact || long.length > 0) return long
  if (shape.enum !== undefined && !shape.enum.includes(text)) {
    const [first, ...more] = shape.enum
    const allowed = more.length > 8 ? `one of ${more.length + 1}: ${first}, …` : shape.enum.join(', ')
    return [{ property: path, found: text, allowed }]
  }
  const matches = shape.pattern === undefined || patternOf(shape.pattern).test(text)
  return matches ? [] : [{ property: path, found: text, allowed: `a text of the pattern ${shape.pattern}` }]
}

function outside({ min, max }: Shape, size: number, property: string, what: string): readonly Broken[] {
  const fits = size >= (min ?? Number.NEGATIVE_INFINITY) && size <= (max ?? Number.POSITIVE_INFINITY)
  return fits ? [] : [{ property, found: size, allowed: `${min ?? ''} to ${max ?? '…'} ${what}`.trim() }]
}

const patterns = new Map<string, RegExp>()

/** The services hold the whole text to it, whether the pattern says so or not. */
export function patternOf(pattern: string): RegExp {
  const made = patterns.get(pattern) ?? expression(pattern)
  patterns.set(pattern, made)
  return made
}

/** Java's classes of characters need `u`, which in turn refuses some escapes that Java takes. */
function expression(pattern: string): RegExp {
  const whole = `^(?:${pattern})$`
  return /\\p\{/.test(pattern)
    ? new RegExp(whole.replaceAll(/\\([_#@=:!<>;,'"&~`%])/g, '$1'), 'us')
    : new RegExp(whole, 's')
}

/** CloudFormation puts something in its place: of that no member can be asked. */
function isFilledIn(value: unknown): boolean {
  return Object.keys(object(value)).some((key) => key === 'Ref' || key.startsWith('Fn::'))
}

function read<Of>(file: string): Of {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
}
