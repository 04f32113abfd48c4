// EventBridge's input transformer: values picked out of the event by JSON path, put into a text template.
import type { InputTransformer } from '@aws-sdk/client-eventbridge'

/** The text a target gets; the event itself as JSON when it has no transformer. What a path does not find is left out. */
export function transformed(
  transformer: InputTransformer | undefined,
  event: Readonly<Record<string, unknown>>,
): string {
  if (transformer === undefined) return JSON.stringify(event)
  const paths = transformer.InputPathsMap ?? {}
  return (transformer.InputTemplate ?? '').replace(/<([\w.-]+)>/g, (_, name: string) =>
    paths[name] === undefined ? '' : valueAt(event, paths[name]),
  )
}

/** `$.detail.userIdentity.type`: the only form of path that our templates use. */
function valueAt(event: unknown, path: string): string {
  let value: unknown = event
  for (const key of path.split('.').slice(1)) value = (value as Record<string, unknown> | null | undefined)?.[key]
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
