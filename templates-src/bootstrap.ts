// The one-time stack: what StackSets and GitHub's workflows act as. Deployed by hand with npm run bootstrap.
import type { Template } from 'cloudform'
import type { Settings } from './config/schema.ts'
import { stackSetRoles } from './parts/bootstrap-execution.ts'
import { githubAccess } from './parts/bootstrap-github.ts'
import { merge } from './template.ts'

export function bootstrapTemplate(settings: Settings): Template {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Root Guard, the bootstrap: roles of StackSets and of GitHub workflows',
    Resources: merge(
      stackSetRoles(settings),
      settings.github === undefined ? {} : githubAccess(settings, settings.github),
    ),
  }
}
