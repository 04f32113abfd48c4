// The roles that the workflows assume, as npm run bootstrap makes them. Pure.
import type { Settings } from '../../../templates-src/config/schema.ts'

export const roles = ['plan', 'deploy', 'drill', 'drift'] as const

export type Role = (typeof roles)[number]

export function roleArn({ account, name }: Pick<Settings, 'account' | 'name'>, role: Role): string {
  return `arn:aws:iam::${account}:role/${name}-${role}`
}
