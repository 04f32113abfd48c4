// The generated templates, as far as the page tells of them: their resources, and the rules of EventBridge.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface Resource {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
}

export interface GeneratedTemplate {
  readonly file: string
  readonly region: 'us-east-1' | 'ap-northeast-2' | 'relayRegions'
  readonly resources: readonly Resource[]
}

const files = [
  { file: 'notifier.yaml', region: 'us-east-1' },
  { file: 'us-east-1.yaml', region: 'us-east-1' },
  { file: 'operations.yaml', region: 'us-east-1' },
  { file: 'ap-northeast-2.yaml', region: 'ap-northeast-2' },
  { file: 'relay.yaml', region: 'relayRegions' },
] as const

export function generatedTemplates(): readonly GeneratedTemplate[] {
  return files.map(({ file, region }) => {
    const text = readFileSync(new URL(`../../../generated/${file}`, import.meta.url), 'utf8')
    const { Resources } = parse(text) as { Resources: Readonly<Record<string, Written>> }
    const resources = Object.entries(Resources).map(([id, { Type, Properties = {} }]) => ({
      id,
      type: Type,
      name: nameIn(Properties),
      properties: Properties,
    }))
    return { file: `generated/${file}`, region, resources }
  })
}

interface Written {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

/** What its owner will know it by, where the template names it. */
function nameIn(properties: Readonly<Record<string, unknown>>): string {
  const named = Object.entries(properties).find(
    ([field, value]) => /^(\w+)?Name$/.test(field) && field !== 'DisplayName' && typeof value === 'string',
  )
  return (named?.[1] as string | undefined) ?? ''
}
