// Who may call the API. Inside one account either an identity's policy or the API's suffices, so only a Deny keeps out:
// whoever has `execute-api:Invoke` could otherwise post a false alert, or one with a real alert's id that would settle it. It does
// not keep out who has `lambda:InvokeFunction`: the function itself cannot tell who called it (docs/threat-model.md). Drills are posted
// by the drill's role alone: each rings every phone. What the rules' role may call is narrower still by its own policy.
import { Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'

export function apiPolicy(settings: Settings) {
  return {
    Version: '2012-10-17',
    Statement: [
      denyAllBut([ruleToApiRoleName(settings)], 'execute-api:/*/POST/alerts'),
      denyAllBut([drillRole(settings)], 'execute-api:/*/POST/alerts/*'),
      denyAllBut([ruleToApiRoleName(settings), ...readerRoles(settings)], 'execute-api:/*'),
    ],
  }
}

export const ruleToApiRoleName = ({ name }: Settings) => `${name}-rule-to-api`

const drillRole = ({ name }: Pick<Settings, 'name'>) => `${name}-drill`

/** The role of the nightly drill, which asks what became of it, and whoever else root-guard.yaml names. */
export function readerRoles({ name, readers }: Settings): readonly string[] {
  return [drillRole({ name }), ...readers]
}

/** Who has no ARN, being unsigned, is denied as well. */
function denyAllBut(roles: readonly string[], resource: string) {
  const arnOf = (role: string) => Fn.Sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${role}`, {})
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: resource,
    Condition: { ArnNotLike: { 'aws:PrincipalArn': roles.map(arnOf) } },
  }
}
