// Every way to change one value of what was deployed, below the properties that a type's live check says it compares.
import { liveChecks } from '../../../../scripts/lib/live/checks.ts'

type Properties = Readonly<Record<string, unknown>>

/** Each with the path of the value that is another one. */
export function otherwise(type: string, properties: Properties): readonly (readonly [string, Properties])[] {
  return Object.entries(properties)
    .filter(([property]) => liveChecks[type]?.covers.includes(property))
    .flatMap(([property, value]) =>
      changes(value).map(([path, other]) => [`${property}${path}`, { ...properties, [property]: other }] as const),
    )
}

function changes(value: unknown): readonly (readonly [path: string, value: unknown])[] {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) =>
      changes(one).map(([path, other]) => [`.${index}${path}`, value.with(index, other)] as const),
    )
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, one]) =>
      changes(one).map(([path, other]) => [`.${key}${path}`, { ...value, [key]: other }] as const),
    )
  }
  if (typeof value === 'number') return [['', value + 1]]
  return [['', typeof value === 'boolean' ? !value : 'another']]
}
