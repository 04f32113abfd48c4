// What a rule of the contract is: a fact about AWS that a template can break, and a small function that finds where.
import type { Deployed, Resource, Statement } from '../templates-src/references.ts'

export interface Rule {
  /** The service and a name: `events/no-retry-policy-on-a-bus`. */
  readonly id: string
  readonly fact: string
  /** Where the fact is from; by name only. */
  readonly source: string
  /** H: an answer of AWS was recorded, or AWS documents it plainly. M: documented or reported once. L: reasoned. */
  readonly sure: 'H' | 'M' | 'L'
  /** Whether a recorded answer of AWS is known, or the fact rests on AWS's documentation or on reasoning alone. */
  readonly basis: 'answer' | 'documentation' | 'reasoning'
  /** The types of resource it looks at. */
  readonly of: readonly string[]
  /** Where the resource breaks it; nothing where it does not. */
  readonly check: (resource: Resource, template: Deployed, id: string) => readonly Broken[]
  /** Templates that this rule alone must find something in. */
  readonly wrong: readonly Deployed['Resources'][]
}

export interface Broken {
  /** The path of the property: `Targets.0.RetryPolicy`. */
  readonly property: string
  readonly found: unknown
  readonly allowed: string
}

export interface Finding extends Broken {
  readonly rule: string
  readonly resource: string
}

/** Everything in a template that breaks one of the rules. */
export function findings(rules: readonly Rule[], template: Deployed): Finding[] {
  return Object.entries(template.Resources).flatMap(([resource, value]) =>
    rules
      .filter(({ of }) => of.includes(value.Type))
      .flatMap(({ id, check }) => check(value, template, resource).map((one) => ({ rule: id, resource, ...one }))),
  )
}

/** A finding as a line: template, resource, property, what was found, and what is allowed. */
export function sentence(template: string, { rule, resource, property, found, allowed }: Finding): string {
  const text = found === undefined ? 'nothing' : JSON.stringify(found)
  const short = text.length > 120 ? `${text.slice(0, 120)}… (${text.length} characters)` : text
  return `${template}: ${resource}: ${property}: found ${short}; allowed: ${allowed} [${rule}]`
}

/** One resource for a wrong template. */
export function resource(Type: string, Properties: object, more: object = {}): Resource {
  return { Type, Properties, ...more } as Resource
}

/** A policy with one statement. */
export function policy(statement: object): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }
}

export function list<Item = unknown>(value: unknown): readonly Item[] {
  return value === undefined ? [] : ([value].flat() as Item[])
}

/** What may be an object, as one that can be asked for any key. */
export function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** Whether a statement allows a service; a policy's `*` is no service of its own. */
export function allowsService({ Effect, Principal }: Statement, service: string): boolean {
  return Effect === 'Allow' && list(object(Principal).Service).includes(service)
}

/** The condition keys of a statement in lower case: AWS does not look at their case. */
export function conditionKeys({ Condition }: Statement): readonly string[] {
  return Object.values(object(Condition)).flatMap((test) => Object.keys(object(test)).map((key) => key.toLowerCase()))
}

/** The logical id that a Ref, a GetAtt or a Sub of one name refers to. */
export function referred(value: unknown): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = object(value)
  if (typeof Ref === 'string') return Ref
  if (attribute !== undefined) return String(list(attribute)[0]).split('.')[0]
  return typeof sub === 'string' ? /\$\{(\w+)(\.\w+)?\}/.exec(sub)?.[1] : undefined
}

/** Whether CloudFormation makes one resource only after another that stands in the same template. */
export function waitsFor({ DependsOn, Properties }: Resource, id: string): boolean {
  return list(DependsOn).includes(id) || JSON.stringify(Properties).includes(`{"Ref":"${id}"}`)
}

/**
 * A text as AWS gets it, with sample values for what CloudFormation fills in; and a document (an event pattern, a policy)
 * as its compact JSON. `exact` says that no sample but the account, Region and partition went into it.
 */
export function rendered(value: unknown, { Resources }: Deployed): { readonly text: string; readonly exact: boolean } {
  let exact = true
  const ofName = (name: string): string => {
    const pseudo = pseudoParameters[name]
    if (pseudo !== undefined) return pseudo
    exact = false
    const [id = '', attribute] = name.split('.')
    const properties = Resources[id]?.Properties ?? {}
    const own = Object.entries(properties).find(([key, text]) => /Name$/.test(key) && typeof text === 'string')
    const text = own === undefined ? `sample-${id}-1a2b3c4d5e6f` : String(own[1])
    return attribute === 'Arn' ? `arn:aws:service:ap-northeast-2:111122223333:${text}` : text
  }
  const fill = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(fill)
    if (typeof inner !== 'object' || inner === null) return inner
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = object(inner)
    if (typeof Ref === 'string') return ofName(Ref)
    if (attribute !== undefined) return ofName(list<string>(attribute).join('.'))
    if (typeof sub === 'string') return sub.replaceAll(/\$\{([\w.:]+)\}/g, (_, name: string) => ofName(name))
    if (Object.keys(inner).some((key) => key.startsWith('Fn::'))) exact = false
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, fill(one)]))
  }
  const filled = fill(value)
  return { text: typeof filled === 'string' ? filled : JSON.stringify(filled), exact }
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'ap-northeast-2',
  'AWS::URLSuffix': 'amazonaws.com',
}
