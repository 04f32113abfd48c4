// Puts parts together into a template and writes it out: as the YAML people review, and as the JSON a deploy sends.
import cloudform, { type Template } from 'cloudform'
import { stringify } from 'yaml'

export type Resources = NonNullable<Template['Resources']>

/** All resources of the parts. Throws when two parts claim one logical id: the second would silently win otherwise. */
export function merge(...parts: readonly Resources[]): Resources {
  const merged: Resources = {}
  for (const part of parts) {
    for (const [logicalId, resource] of Object.entries(part)) {
      if (logicalId in merged) throw new Error(`two parts define a resource with the logical id ${logicalId}`)
      merged[logicalId] = resource
    }
  }
  return merged
}

/**
 * StackSets take at most 51,200 bytes as TemplateBody. Compact JSON is what a deploy sends: it is the same template in
 * fewer bytes than the YAML that people read.
 */
export const templateBodyLimit = 51_200

/** The template as a deploy sends it: compact JSON, UTF-8. */
export function templateBody(template: Template): string {
  return JSON.stringify(plain(template))
}

/** The template as people review it, with a first line that says where it comes from. */
export function templateYaml(template: Template, source: string): string {
  const heading = `# Generated from ${source} and root-guard.yaml by: npm run generate. Do not edit.\n`
  // YAML 1.1 is what CloudFormation and cfn-lint read: 2012-10-17 is a date there unless it is quoted.
  return heading + stringify(plain(template), { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
}

/**
 * The template of a stack that there is once, with its account and Region written out where it asked for them. Each ARN can
 * be read as it is, and is a third shorter, of use where a template has little room. The partition is
 * the Region's, and no Region has the name of another partition's.
 */
export function writtenOut<Of extends Template>(template: Of, place: { account: string; region: string }): Of {
  const known: Readonly<Record<string, string>> = {
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::Region': place.region,
  }
  return JSON.parse(JSON.stringify(plain(template)), (_, value) => {
    if (typeof value?.Ref === 'string') return known[value.Ref] ?? value
    if (typeof value?.['Fn::Sub'] !== 'string') return value
    const text = (value['Fn::Sub'] as string).replace(
      /\$\{(AWS::\w+)\}/g,
      (asked, name: string) => known[name] ?? asked,
    )
    return text.includes('${') ? { 'Fn::Sub': text } : text
  }) as Of
}

/** cloudform's objects as data: its intrinsic functions become what they stand for, a Sub without variables its string. */
function plain(template: Template): object {
  return JSON.parse(cloudform.default(template), (key, value) =>
    key === 'Fn::Sub' && Object.keys(value[1]).length === 0 ? value[0] : value,
  ) as object
}
