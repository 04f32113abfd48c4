// The boundary on roles of the guard that were there before it. Left to a deploy, CloudFormation would put it on in an update
// whose rollback has to take it off again, which the execution role may not, and a stack would be stuck there.
import { GetRoleCommand, PutRolePermissionsBoundaryCommand } from '@aws-sdk/client-iam'
import { postureRegion, type Settings } from '../../templates-src/config/schema.ts'
import { roleBoundary, templateRoles } from '../../templates-src/parts/bootstrap-grants.ts'
import { aws, ifThere } from './aws.ts'
import { explaining } from './aws-failure.ts'
import type { Notes } from './command.ts'
import { withEnabledRegions } from './enabled-regions.ts'

/**
 * Names of the guard's roles that are in the account without any boundary: none where it is not deployed, and none where
 * deploys go by AWS's default roles, since their templates know no boundary. Needs iam:GetRole.
 */
export async function rolesWithoutBoundary(settings: Settings): Promise<readonly string[]> {
  if (settings.stackSets?.roles !== 'bootstrap') return []
  const lacking = await Promise.all(
    roleNames(await withEnabledRegions(settings)).map(async (RoleName) => {
      const answer = await explaining(
        'iam:GetRole',
        () => ifThere(aws.iam(settings.homeRegion).send(new GetRoleCommand({ RoleName })), 'NoSuchEntityException'),
        RoleName,
      )
      return answer?.Role !== undefined && answer.Role.PermissionsBoundary === undefined ? [RoleName] : []
    }),
  )
  return lacking.flat()
}

/** Puts NAME-role-boundary on the roles: the managed policy must be there. Running it again goes on where it stopped. */
export async function putRoleBoundary(
  { account, homeRegion, name }: Settings,
  roles: readonly string[],
  { note }: Notes,
): Promise<void> {
  const PermissionsBoundary = `arn:aws:iam::${account}:policy/${name}-${roleBoundary}`
  for (const RoleName of roles) {
    await explaining(
      'iam:PutRolePermissionsBoundary',
      () => aws.iam(homeRegion).send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
      RoleName,
    )
    note(`${RoleName}: is under the boundary ${name}-${roleBoundary} now`)
  }
}

/** A role of a Region's own (`relay-*`) is one in each Region that has a relay. */
function roleNames({ name, relayRegions }: Settings): readonly string[] {
  const regions = [postureRegion, ...(relayRegions === 'all-enabled' ? [] : relayRegions)]
  return templateRoles
    .flatMap((role) => (role.endsWith('*') ? regions.map((region) => role.replace('*', region)) : [role]))
    .map((role) => `${name}-${role}`)
}
