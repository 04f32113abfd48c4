// What every template of a stack set is made of: its parts, under the bootstrap's boundary, with the controls they answer.
import type { Template } from 'cloudform'
import type { Settings } from './config/schema.ts'
import { type TemplateName, withControls } from './controls.ts'
import { bounded } from './parts/bootstrap-boundary.ts'
import { merge, type Resources } from './template.ts'

interface Contents {
  readonly Description: string
  readonly parts: readonly Resources[]
  readonly Outputs?: NonNullable<Template['Outputs']>
}

/** Throws when two parts define one logical id. */
export function stackTemplate(
  name: TemplateName,
  settings: Settings,
  { Description, parts, Outputs }: Contents,
): Template {
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description,
    Resources: bounded(settings, merge(...parts)),
    ...(Outputs ? { Outputs } : {}),
  }
  return withControls(template, name, settings)
}
