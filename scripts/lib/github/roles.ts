// The roles that the workflows assume, as npm run bootstrap makes them. Pure.
import type { Settings } from '../../../templates-src/config/schema.ts'
import type { WorkflowRole } from '../../../templates-src/parts/bootstrap-github.ts'

export function roleArn({ account, name }: Pick<Settings, 'account' | 'name'>, role: WorkflowRole): string {
  return `arn:aws:iam::${account}:role/${name}-${role}`
}
